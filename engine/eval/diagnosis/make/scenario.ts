import { FORMATS, type Level } from './formats';

/** What a line is to the failure. */
export type Role = 'cause' | 'effect' | 'herring' | 'ordinary';

export interface Written {
  /** A line with the form's header, or (continuation) as it stands. */
  readonly kind: 'line' | 'raw';
  readonly role: Role;
  /** How often, and how many background lines stand between. */
  readonly times: number;
  readonly between: number;
  readonly level: Level;
  readonly from: string;
  readonly text: string;
  /** Continuation lines that come with each of its times. */
  readonly tail: readonly Written[];
}
export type Step = { readonly kind: 'background'; readonly lines: number } | Written;

export interface Scenario {
  readonly id: string;
  readonly format: string;
  readonly background: string;
  /** Mean time between two lines in milliseconds. */
  readonly pace: number;
  readonly truth: string;
  readonly signatures: readonly string[];
  readonly keywords: readonly (readonly string[])[];
  readonly steps: readonly Step[];
}

/** Lines of normal operation, without time: picked by chance. */
export type Backgrounds = ReadonlyMap<string, readonly Written[]>;

const ROLES: Readonly<Record<string, Role>> = {
  '!': 'cause',
  '>': 'effect',
  '?': 'herring',
  '.': 'ordinary',
};

/**
 * Reads scenarios. A block begins with `== ID`; `key: value` lines follow, then `--`, then steps:
 *   `~40`            40 lines of the background
 *   `! E from: text` a line that shows the cause; `>` one that follows from it; `?` one that only looks like trouble;
 *                    `.` an ordinary one
 *   `!*5~2 …`        five times, with two lines of background after each
 *   `!| text`        as it stands, without the form's header (stack traces); below a repeated line it repeats too
 */
export function parseScenarios(text: string): Scenario[] {
  return blocks(text).map(({ id, body }) => {
    const split = body.indexOf('--');
    if (split < 0) throw new Error(`${id}: no '--'`);
    const head = new Map(
      body.slice(0, split).map((line): [string, string] => {
        const at = line.indexOf(':');
        return [line.slice(0, at).trim(), line.slice(at + 1).trim()];
      }),
    );
    const of = (key: string, otherwise?: string) => {
      const value = head.get(key) ?? otherwise;
      if (value === undefined) throw new Error(`${id}: no '${key}'`);
      return value;
    };
    const format = of('format');
    if (!Object.hasOwn(FORMATS, format)) throw new Error(`${id}: there is no format '${format}'`);
    const words = of('cause', '');
    return {
      id,
      format,
      background: of('background'),
      pace: Number(of('pace', '1500')),
      truth: of('truth'),
      signatures: of('ids', '').split(/\s+/).filter(Boolean),
      keywords: keywordGroups(words),
      steps: withTails(body.slice(split + 1).map((line) => parseStep(line, id))),
    };
  });
}

/** `a|b; c|d`: groups of words. */
export function keywordGroups(text: string): string[][] {
  if (text === '') return [];
  return text.split(';').map((group) => group.split('|').map((word) => word.trim()));
}

export function parseBackgrounds(text: string): Backgrounds {
  return new Map(
    blocks(text).map(({ id, body }): [string, Written[]] => [
      id,
      body.map((line) => parseLine(`. ${line}`, id)),
    ]),
  );
}

function blocks(text: string): { id: string; body: string[] }[] {
  const found: { id: string; body: string[] }[] = [];
  for (const line of text.split('\n')) {
    if (line.startsWith('== ')) found.push({ id: line.slice(3).trim(), body: [] });
    else if (line.trim() !== '' && !line.startsWith('#')) found.at(-1)?.body.push(line);
  }
  return found;
}

/** Continuation lines go with the repeated line that they stand below. */
function withTails(steps: readonly Step[]): Step[] {
  const found: Step[] = [];
  for (const step of steps) {
    const last = found.at(-1);
    if (step.kind === 'raw' && last?.kind === 'line' && last.times > 1)
      found.splice(-1, 1, { ...last, tail: [...last.tail, step] });
    else found.push(step);
  }
  return found;
}

function parseStep(line: string, id: string): Step {
  const background = /^~(\d+)$/.exec(line.trim());
  return background ? { kind: 'background', lines: Number(background[1]) } : parseLine(line, id);
}

function parseLine(line: string, id: string): Written {
  const found = /^([!>?.])(?:\*(\d+)(?:~(\d+))?)?(\|| )(.*)$/.exec(line);
  const role = ROLES[found?.[1] ?? ''];
  if (!found || role === undefined) throw new Error(`${id}: not understood: ${line}`);
  const [, , times, between, kind, rest = ''] = found;
  const counts = { role, times: Number(times ?? 1), between: Number(between ?? 0), tail: [] };
  if (kind === '|') return { kind: 'raw', ...counts, level: 'I', from: '', text: rest.replace(/^ /, '') };
  const parts = /^([FEWID]) ((?:\$\{[^}]*\}|\S)+?|"[^"]+"): (.*)$/.exec(rest);
  if (!parts) throw new Error(`${id}: no 'LEVEL from: text': ${line}`);
  const [, level, from = '', text = ''] = parts;
  return { kind: 'line', ...counts, level: level as Level, from: from.replaceAll('"', ''), text };
}
