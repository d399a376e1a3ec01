import { type Signature, signaturesOf } from '../../knowledge/signatures';
import { aftermath, grumble, type Level, type LineForm, lineForms, ordinary } from './log-lines';
import type { Seeded } from './seeded';

/** A made-up log and what is true of it. Line numbers count from 1. */
export interface Incident {
  readonly name: string;
  readonly text: string;
  /** null: nothing is wrong. */
  readonly root: { readonly signature: Signature; readonly lines: readonly number[] } | null;
  /** Other known failures, which are not the cause. */
  readonly others: readonly { readonly signature: Signature; readonly lines: readonly number[] }[];
}

interface Line {
  readonly time: number;
  readonly text: string;
  readonly mark?: 'root' | Signature;
}

const NAMES = [
  'syslog',
  'app.log',
  'service.log',
  'journal.txt',
  'messages',
  'stdout.log',
  'kern.log',
  'incident.log',
];

/** Header of a sample line: it is replaced by one of the log's own moments. */
const HEADS: readonly RegExp[] = [
  /^[A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \S+ /,
  /^\[\s*\d+\.\d+\] /,
  /^\[?\d{4}[-/]\d{2}[-/]\d{2}[T ]\d{2}:\d{2}:\d{2}(?:[.,]\d+)?(?:Z|[+-]\d{2}:?\d{2}| UTC)?\]?:? ?/,
  /^[IWEF]\d{4} \d{2}:\d{2}:\d{2}\.\d+ /,
];

/** The sample with the time `time` in its own spelling; a line without a time gets the log's header. */
function retimed(sample: string, time: number, form: LineForm, level: Level, random: Seeded): string {
  const at = new Date(time).toISOString();
  const head = HEADS.find((each) => each.test(sample))?.exec(sample)?.[0];
  if (head === undefined) return form.head(time, random.pick(form.programs), level, random) + sample;
  const rest = sample.slice(head.length);
  if (/^[A-Z][a-z]{2} /.test(head)) {
    const form2 = lineForms(random)[0] as LineForm;
    const own = form2.head(time, 'x', level, random);
    return `${own.slice(0, 15)} ${head.split(' ').at(-2)} ${rest}`;
  }
  if (head.startsWith('[') && head.includes('.') && !head.includes('-') && !head.includes('/')) {
    return `${(lineForms(random)[4] as LineForm).head(time, 'kernel', level, random)}${rest}`;
  }
  if (/^[IWEF]\d{4}/.test(head)) {
    return `${head[0]}${at.slice(5, 7)}${at.slice(8, 10)} ${at.slice(11, 19)}.${random.below(900000) + 100000} ${rest}`;
  }
  return head
    .replace(/\d{4}([-/])\d{2}[-/]\d{2}/, (_, dash: string) => at.slice(0, 10).replaceAll('-', dash))
    .replace(/\d{2}:\d{2}:\d{2}/, at.slice(11, 19))
    .concat(rest);
}

/** The sample with other numbers, addresses and names where it still shows the same failures and no other. */
function varied(sample: string, random: Seeded): string {
  const shown = signaturesOf(sample)
    .map(({ id }) => id)
    .join();
  let text = sample;
  for (const [value] of random.shuffled([...sample.matchAll(/(?<![\w.])\d{3,9}(?![\w.])/g)]).slice(0, 6)) {
    const other = String(10 ** (value.length - 1) + random.below(9 * 10 ** (value.length - 1)));
    const next = text.replace(value, other);
    if (
      signaturesOf(next)
        .map(({ id }) => id)
        .join() === shown
    )
      text = next;
  }
  for (const [value] of sample.matchAll(/\b10\.\d+\.\d+\.\d+\b/g)) {
    text = text.replaceAll(value, `10.${random.below(250)}.${random.below(250)}.${1 + random.below(250)}`);
  }
  for (const [from, to] of [
    ['example.com', random.pick(['example.net', 'corp.example', 'shop.example'])],
    ['example.org', random.pick(['mail.example', 'example.edu'])],
    ['web01', random.pick(['web02', 'app-3', 'node7'])],
  ] as const) {
    const next = text.replaceAll(from, to);
    if (
      signaturesOf(next)
        .map(({ id }) => id)
        .join() === shown
    )
      text = next;
  }
  return signaturesOf(text)
    .map(({ id }) => id)
    .join() === shown
    ? text
    : sample;
}

const levelOf = ({ severity }: Signature): Level => (severity === 'warning' ? 'warning' : 'error');

/**
 * A log in which `root` happens, with the ordinary lines of its surroundings, consequences after it, at times another
 * known failure that has nothing to do with it or follows it; or a healthy one where `root` is null.
 */
export function incident(root: Signature | null, other: Signature | null, random: Seeded): Incident {
  const form = random.pick(lineForms(random));
  const size = 25 + random.below(random.chance(0.2) ? 400 : 120);
  const start = Date.UTC(2026, random.below(12), 1 + random.below(28), random.below(24), random.below(60));
  const lines: Line[] = [];
  let time = start + random.below(1000);
  const put = (text: string, level: Level, mark?: Line['mark']) =>
    lines.push({
      time,
      text: form.head(time, random.pick(form.programs), level, random) + text,
      ...(mark ? { mark } : {}),
    });
  const putFailure = (signature: Signature, mark: Line['mark']) => {
    const said = varied(signature.matching, random);
    const headed = retimed(said, time, form, levelOf(signature), random);
    // A few programs write the failure at the start of a line only.
    const text = signaturesOf(headed).some(({ id }) => id === signature.id) ? headed : said;
    lines.push({ time, text, ...(mark ? { mark } : {}) });
  };
  const rootAt = root ? Math.floor(size * (0.3 + 0.5 * random.next())) : -1;
  // Another failure may stand before the cause, as an old and unrelated one, or after it, as a consequence.
  const otherAt = other ? Math.floor(size * (random.chance(0.4) ? 0.15 : 0.9)) : -1;
  for (let at = 0; at < size; at++) {
    time += 200 + random.below(20_000);
    if (root && at === rootAt) {
      const times = random.pick([1, 1, 1, 2, 3, 5]);
      for (let nth = 0; nth < times; nth++) {
        putFailure(root, 'root');
        time += 50 + random.below(3000);
      }
    } else if (other && at === otherAt) putFailure(other, other);
    else if (root && at > rootAt && random.chance(0.25)) put(aftermath(random), 'error');
    else if (random.chance(0.04)) put(grumble(random), 'warning');
    else put(ordinary(random), 'info');
  }
  const numbers = (mark: Line['mark']) => lines.flatMap((line, at) => (line.mark === mark ? [at + 1] : []));
  return {
    name: random.pick(NAMES),
    text: `${lines.map(({ text }) => text).join('\n')}\n`,
    root: root ? { signature: root, lines: numbers('root') } : null,
    others: other ? [{ signature: other, lines: numbers(other) }] : [],
  };
}
