import { FORMS, NUMBER_WORDS, PLAIN, SPOKEN_TIMES, TOOL_LIKE, UNITS, type ValueKind } from './value-forms';

/** A stretch of a request that stands for something, not for what is to be done. */
export interface RequestValue {
  readonly kind: ValueKind;
  /** As it would stand in a command, without quotes: `100k` for '100 kilobytes', `5` for 'five'. */
  readonly text: string;
  /** Of a number, size or duration: 'k', 'minute'; '' for the others. */
  readonly unit: string;
  /** Its place in the request, [start, end), quotes included. */
  readonly start: number;
  readonly end: number;
}

/** Everything in a request that looks like a value, in its order. */
export function requestValues(request: string): RequestValue[] {
  const values: RequestValue[] = [];
  for (let at = 0; at < request.length; ) {
    const found = valueAt(request, at);
    if (found) values.push(found);
    at = found ? found.end : nextWord(request, at);
  }
  return joinLists(request, values);
}

/** 'GPUs 0 and 1', 'fields 100, 101 and 102': small numbers of things of one kind are one value, '0,1'. */
function joinLists(request: string, values: readonly RequestValue[]): RequestValue[] {
  const joined: RequestValue[] = [];
  for (const value of values) {
    const last = joined.at(-1);
    const listed =
      last &&
      isIndex(value) &&
      isIndex(last) &&
      /^(?:,| and|, and| &)\s*$/.test(request.slice(last.end, value.start)) &&
      LISTED.test(request.slice(0, last.start).replace(/\s+$/, ''));
    if (listed) joined[joined.length - 1] = { ...last, text: `${last.text},${value.text}`, end: value.end };
    else joined.push(value);
  }
  return joined;
}

const isIndex = ({ kind, unit, text }: RequestValue) =>
  kind === 'number' && unit === '' && /^\d{1,4}(?:,\d{1,4})*$/.test(text);
const LISTED =
  /\b(?:gpus?|cards?|devices?|groups?|fields?|jobs?|columns?|cpus?|cores?|devices?|ids?|instances?)$/i;

function nextWord(text: string, at: number): number {
  const word = /[\w@.-]/.test(text[at] ?? '') ? /[\w@.-]+/y : /[^\w@.~/'"`\u201c*+-]+|./suy;
  word.lastIndex = at;
  return at + (word.exec(text)?.[0].length ?? 1);
}

function valueAt(request: string, start: number): RequestValue | null {
  for (const [form, text, unit] of SPOKEN_TIMES) {
    form.lastIndex = start;
    const spoken = form.exec(request);
    if (spoken) return { kind: 'duration', text, unit, start, end: start + spoken[0].length };
  }
  for (const [kind, form] of FORMS) {
    form.lastIndex = start;
    const match = form.exec(request);
    if (!match) continue;
    const [whole, ...quoted] = match;
    const inner = quoted.find((text) => text !== undefined) ?? whole.replace(/[.,:]+$/, '');
    if (kind === 'name' && (PLAIN.test(inner) || TOOL_LIKE.test(inner))) {
      const withUnit = numberWithUnit(inner, '', start, start + inner.length);
      if (!withUnit) return null;
    }
    const end = start + (quoted.some(Boolean) ? whole.length : inner.length);
    if (kind === 'number') return numberValue(request, inner, start, end);
    if (kind === 'name')
      return numberWithUnit(inner, '', start, end) ?? { kind, text: inner, unit: '', start, end };
    return { kind, text: inner, unit: '', start, end };
  }
  return null;
}

/** '100 kilobytes', 'five minutes', '42': the unit behind belongs to it. */
function numberValue(request: string, word: string, start: number, end: number): RequestValue {
  const digits = NUMBER_WORDS[word.toLowerCase()] ?? word;
  const unit = /^[ -]?([a-zA-Z]+)\b/.exec(request.slice(end));
  const withUnit = unit ? numberWithUnit(digits, unit[1] ?? '', start, end + unit[0].length) : null;
  return withUnit ?? { kind: 'number', text: digits.replace(/%$/, ''), unit: '', start, end };
}

/** '30m' and '2 hours'; a lone letter counts as a unit only when it is attached. */
function numberWithUnit(word: string, behind: string, start: number, end: number): RequestValue | null {
  const [, digits = '', attached = ''] = /^(\d+(?:\.\d+)?)([a-zA-Z]*)$/.exec(word) ?? [];
  const name = attached || (behind.length > 1 ? behind : '');
  if (digits === '' || name === '') return null;
  const [, unit = '', kind = 'size'] = UNITS.find(([form]) => form.test(name)) ?? [];
  if (unit === '') return null;
  return { kind, text: kind === 'size' ? `${digits}${unit}` : digits, unit, start, end };
}

/** The request with its values taken out: what is to be done. */
export function withoutValues(request: string, values: readonly RequestValue[]): string {
  let text = '';
  let at = 0;
  for (const { start, end } of values) {
    text += `${request.slice(at, start)} `;
    at = end;
  }
  return text + request.slice(at);
}
