import { AppError } from '../../contract/errors';
import type { LogQuery } from '../../contract/log-views';
import type { DocumentReader } from './document-reader';
import { copyColumn } from './line-columns';
import { matchingLines } from './queries/matching-lines';
import { sqlText } from './sql-text';
import { re2Pattern, type TextPredicate } from './text-predicate';

/** Numbers of the lines from .. to that a predicate lets through, in order, as they are found. */
export async function* lineMatches(
  reader: DocumentReader,
  predicate: TextPredicate,
  { from, to, signal }: { from: number; to: number; signal?: AbortSignal | undefined },
): AsyncGenerator<Uint32Array> {
  for await (const chunk of reader.stream(matchingLines(reader.name, predicate, from, to), signal)) {
    const numbers = new Uint32Array(chunk.rowCount);
    copyColumn(chunk, 0, numbers);
    yield numbers;
  }
}

/** Throws `invalid-input` that says what is wrong with a regular expression, and where. */
export async function checkQueries(reader: DocumentReader, queries: readonly LogQuery[]): Promise<void> {
  for (const query of queries) {
    if (!query.regex) continue;
    try {
      await reader.rows(`SELECT regexp_matches('', ${sqlText(re2Pattern(query))})`);
    } catch (thrown) {
      throw patternError(query.text, thrown);
    }
  }
}

function patternError(pattern: string, thrown: unknown): AppError {
  const detail = thrown instanceof AppError ? (thrown.detail ?? thrown.message) : String(thrown);
  const said = /Invalid Input Error: (.*)/s.exec(detail)?.[1]?.trim();
  // Anything else is no fault of the pattern.
  if (!said) throw thrown;
  const [, problem = said, part = ''] = /^(.*?)(?:: (.*))?$/s.exec(said) ?? [];
  const at = part === '' ? -1 : pattern.indexOf(part);
  const place = at >= 0 ? `, at character ${at + 1}: ${part}` : '';
  return new AppError(
    'invalid-input',
    `The regular expression cannot be read: ${problem}${place}. Nothing was searched; it is written as RE2 has it (no look-around, no back references).`,
    detail,
  );
}
