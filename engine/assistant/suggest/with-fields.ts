import { mainUse } from '../../commands/main-use';
import type { AdaptTools } from './adapt-example';
import { type ReadRequest, termOf } from './request';

/** A list of fields is worth choosing from when its documentation names this many. */
const LEAST_FIELDS = 8;
/** Words of one field stand at most this far apart: 'power draw', 'memory that is used'. */
const WINDOW = 3;
/** Parts of a field's name that people leave out. */
const LEFT_OUT = /^(?:gpu|current|id)$/;

interface Found {
  readonly field: string;
  /** Places of its words in the request. */
  readonly at: readonly number[];
  readonly exact: number;
  /** How many of its words were found, 0..1. */
  readonly share: number;
}

/**
 * The command with the fields that the request names instead of the example's: `--query-gpu=temperature.gpu,power.draw`.
 * Fields are those that the option's documentation lists; null where none is named, or the command has no such list.
 */
export function withFields(
  command: string,
  request: ReadRequest,
  { parser, knowledge }: AdaptTools,
): string | null {
  const main = mainUse(parser.parse(command), knowledge);
  for (const { arg, role, option } of main?.parts ?? []) {
    const documented = option?.values ?? [];
    const at = role === 'option' ? arg.text.indexOf('=') + 1 : 0;
    if (documented.length < LEAST_FIELDS || (role === 'option' && at === 0)) continue;
    const list = arg.text.slice(at);
    const now = list.split(',');
    if (list === '' || !now.every((field) => documented.includes(field))) continue;
    const fields = namedFields(documented, now, request);
    const written = command.indexOf(list, arg.start);
    if (fields.length === 0 || written < 0) return null;
    const changed = `${command.slice(0, written)}${fields.join(',')}${command.slice(written + list.length)}`;
    return withFormat(changed, request.text);
  }
  return null;
}

/**
 * Fields whose words stand together in the request, in its order; each word speaks for one field. Of those that the
 * example has, it is enough that half of the words are somewhere in the request.
 */
function namedFields(
  documented: readonly string[],
  example: readonly string[],
  request: ReadRequest,
): string[] {
  const found = documented.flatMap((field) => locate(field, request, example.includes(field)) ?? []);
  found.sort((a, b) => b.share - a.share || b.exact - a.exact || b.at.length - a.at.length);
  const taken = new Set<number>();
  const chosen = found.filter(({ at }) => {
    if (
      at.every((place) => taken.has(place)) ||
      (at.length > 1 && at.filter((one) => taken.has(one)).length > 1)
    )
      return false;
    for (const place of at) taken.add(place);
    return true;
  });
  return chosen.sort((a, b) => Math.min(...a.at) - Math.min(...b.at)).map(({ field }) => field);
}

function locate(field: string, { words }: ReadRequest, isExamples: boolean): Found | null {
  const parts = field.split(/[._]/).filter((part) => !LEFT_OUT.test(part));
  const at: number[] = [];
  let exact = 0;
  for (const part of parts) {
    const term = termOf(part);
    const same = words.findIndex(({ text }) => text.toLowerCase() === part);
    const place = same >= 0 ? same : words.findIndex((word) => term !== '' && word.term === term);
    if (place >= 0) at.push(place);
    if (same >= 0) exact++;
  }
  const share = at.length / parts.length;
  if (at.length === 0) return null;
  if (isExamples) return share >= 0.5 ? { field, at, exact, share } : null;
  const isNear = Math.max(...at) - Math.min(...at) < WINDOW;
  // One word alone must be the field's own: 'index', not a word that means the same.
  return share === 1 && isNear && (parts.length > 1 || exact === 1) ? { field, at, exact, share } : null;
}

/** `--format=csv` with what the request says of header and units. */
function withFormat(command: string, request: string): string {
  const plain = /\b(?:without|no) (?:a |the |any )?(?:csv )?(?:header|units)\b/i.test(request);
  const header = plain && /\bheader\b/i.test(request) ? ',noheader' : '';
  const units = /\b(?:without|no|or|and) units\b|\bplain numbers\b/i.test(request) ? ',nounits' : '';
  return command.replace(/--format=csv[\w,]*/, `--format=csv${header}${units}`);
}
