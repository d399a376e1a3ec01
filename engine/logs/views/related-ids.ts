/** One form of id that links lines. The first group, or the whole match, is the id. */
interface IdRule {
  readonly name: string;
  readonly pattern: RegExp;
  /** A line and the id in it; a test checks every rule by these. */
  readonly sample: readonly [line: string, id: string];
}

/** Most ids of one line that are looked for. */
export const IDS_OF_LINE = 8;

/** What an id is called where its field is named. */
const ID_NAME =
  '(?:request|req|trace|span|session|sess|correlation|corr|transaction|txn?|call|conn(?:ection)?|job|task|thread|order|message|msg|event|user|client|instance|container|pod|build|run|flow|operation|op|x-request|x-b3-trace|x-b3-span)';

/**
 * Tried in this order; ids that an earlier rule found are not found again as parts of others. None names a
 * product. A timestamp, an address or a version is no id.
 */
export const idRules: readonly IdRule[] = [
  {
    name: 'uuid with prefix',
    pattern:
      /\b[A-Za-z]{2,12}-[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\b/g,
    sample: [
      'GET [req-38101a0b-2096-447d-96ea-a692162415ae 113d3a] ok',
      'req-38101a0b-2096-447d-96ea-a692162415ae',
    ],
  },
  {
    name: 'uuid',
    pattern: /\b[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\b/g,
    sample: ['instance: 54fadb41-4f65-4a08-8b1a-3a2f4e8c7b11 up', '54fadb41-4f65-4a08-8b1a-3a2f4e8c7b11'],
  },
  {
    name: 'traceparent',
    pattern: /\b00-([0-9a-f]{32})-[0-9a-f]{16}-0[01]\b/g,
    sample: [
      'traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
      '4bf92f3577b34da6a3ce929d0e0e4736',
    ],
  },
  {
    name: 'named id',
    pattern: new RegExp(
      `(?<![A-Za-z0-9])${ID_NAME}[ _-]?id["']?\\s*[:=]\\s*["'[(]?([A-Za-z0-9][\\w.:/+=-]{2,127})(?<![.:/-])`,
      'gi',
    ),
    sample: ['"trace_id":"a1b2c3", ok', 'a1b2c3'],
  },
  {
    name: 'parts with underscores',
    pattern: /\b[A-Za-z]{2,}(?:_[A-Za-z0-9]+)*_-?\d[\d_]{4,}(?:_[A-Za-z0-9]+)*\b/g,
    sample: ['Receiving block blk_-1608999687919862906 src', 'blk_-1608999687919862906'],
  },
  {
    name: 'long hex',
    pattern: /(?<![\w.])(?:0x)?(?=[0-9a-fA-F]*\d)(?=[0-9a-fA-F]*[a-fA-F])[0-9a-fA-F]{8,64}(?![\w.])/g,
    sample: ['session 0x24f0557806a0010 closed', '0x24f0557806a0010'],
  },
  {
    name: 'letters and digits in brackets',
    pattern: /[[(<]([A-Za-z]+[-_:]?(?=[\w-]*\d{3})[\w-]{5,40})[\])>]/g,
    sample: ['[tx-88412] begin', 'tx-88412'],
  },
  {
    // Six digits are as often a date or a time of day: 081109 203615.
    name: 'long number',
    pattern: /(?<![\w.:,/+-])\d{7,20}(?![\w.:/]|,\d)/g,
    sample: ['order 80012345 paid', '80012345'],
  },
];

/** Ids in a line that other lines may share, the surest forms first; without its times and dates. */
export function idsOfLine(line: string): string[] {
  let rest = line.slice(0, 4000);
  const ids: string[] = [];
  for (const { pattern } of idRules) {
    rest = rest.replace(pattern, (whole: string, ...groups: unknown[]) => {
      const id = typeof groups[0] === 'string' ? groups[0] : whole;
      if (!ids.includes(id) && !looksLikeTime(id)) ids.push(id);
      // A character of no id, so that what was beside it does not come together.
      return '\u0001';
    });
  }
  return ids.slice(0, IDS_OF_LINE);
}

/** Seconds or milliseconds since 1970 in this century, or a date written as 8 or 14 digits. */
function looksLikeTime(id: string): boolean {
  if (/^1[0-9]{9}(?:\d{3})?$/.test(id)) return true;
  return /^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:\d{6})?$/.test(id);
}
