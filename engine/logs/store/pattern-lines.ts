import type { DocumentReader } from './document-reader';
import { copyColumn } from './line-columns';
import { linesOfPatterns } from './queries/pattern-lines';

export interface PatternLines {
  readonly numbers: Uint32Array;
  readonly patterns: Uint32Array;
  readonly texts: readonly string[];
}

/** Lines from .. to of some patterns with their text, some thousand a step, in no special order. */
export async function* patternLines(
  reader: DocumentReader,
  patterns: readonly number[],
  { from, to, signal }: { from: number; to: number; signal?: AbortSignal | undefined },
): AsyncGenerator<PatternLines> {
  for await (const chunk of reader.stream(linesOfPatterns(reader.name, patterns, from, to), signal)) {
    const numbers = new Uint32Array(chunk.rowCount);
    const of = new Uint32Array(chunk.rowCount);
    copyColumn(chunk, 0, numbers);
    copyColumn(chunk, 1, of);
    yield { numbers, patterns: of, texts: chunk.getColumnValues(2).map(String) };
  }
}
