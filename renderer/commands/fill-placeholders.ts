import type { Placeholder } from '../../engine/contract/commands';
import { quoteValue } from './quote-value';
import { placeAt } from './shell-place';

export type Values = Readonly<Record<string, string>>;

export interface FilledSpan {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly filled: boolean;
}

export interface FilledCommand {
  readonly command: string;
  /** Where the placeholders, or the values in their places, stand in `command`. */
  readonly spans: readonly FilledSpan[];
  /** Names without a value, each once. */
  readonly left: readonly string[];
  /** Why a value can't be used, by placeholder. Such a placeholder is left as it is. */
  readonly problems: Readonly<Record<string, string>>;
}

/** Puts values into a command, quoted as their places need it; an empty value leaves the placeholder. */
export function fillPlaceholders(
  command: string,
  placeholders: readonly Placeholder[],
  values: Values,
): FilledCommand {
  const sorted = [...placeholders].sort((a, b) => a.start - b.start);
  const problems = findProblems(command, sorted, values);
  const spans: FilledSpan[] = [];
  let text = '';
  let from = 0;
  for (const { name, start, end } of sorted) {
    text += command.slice(from, start);
    const put = Object.hasOwn(problems, name) ? null : quoted(command, { name, start, end }, values);
    const written = put && 'text' in put ? put.text : command.slice(start, end);
    spans.push({ name, start: text.length, end: text.length + written.length, filled: put !== null });
    text += written;
    from = end;
  }
  const left = new Set(spans.filter(({ filled }) => !filled).map(({ name }) => name));
  return { command: text + command.slice(from), spans, left: [...left], problems };
}

function findProblems(command: string, placeholders: readonly Placeholder[], values: Values) {
  const problems: Record<string, string> = {};
  for (const placeholder of placeholders) {
    const put = quoted(command, placeholder, values);
    if (put && 'problem' in put) problems[placeholder.name] = put.problem;
  }
  return problems;
}

/** Null without a value. */
function quoted(command: string, { name, start, end }: Placeholder, values: Values) {
  const value = Object.hasOwn(values, name) ? values[name] : '';
  if (!value) return null;
  return quoteValue(value, placeAt(command, start), {
    before: command.charAt(start - 1),
    after: command.charAt(end),
  });
}
