import { AppError } from '../contract/errors';
import type { LogSource } from './ingest/log-source';
import { openSources, openStream } from './ingest/open-sources';
import { type Counts, LogDigest, type ReadLines, type ReadOptions } from './log-digest';
import { newestMoment } from './newest-moment';
import type { GroupedShapes } from './templates/patterns';

export type DigestSource =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'stream'; readonly name: string; readonly stream: AsyncIterable<Uint8Array> };

/** What all lines of a log say, without a store. */
export interface Digested extends Counts, GroupedShapes {
  readonly source: LogSource;
  readonly warnings: readonly string[];
}

/**
 * From a file or stream to templates, counts and severities. `onLines` is given each line's shape, in order; `patternOfShape`
 * of the result says the pattern of each shape.
 */
export async function digestLog(
  from: DigestSource,
  options: ReadOptions = {},
  onLines: (read: ReadLines) => void = () => undefined,
): Promise<Digested> {
  const source = from.kind === 'file' ? await openSources([from.path]) : openStream(from.name, from.stream);
  const digest = new LogDigest(await newestMoment(source.sources), options);
  try {
    for await (const read of digest.read(source.pieces)) onLines(read);
    const counts = digest.counts();
    if (counts.lines === 0) {
      throw new AppError('invalid-input', `${source.name} is empty. There is nothing to read.`);
    }
    const grouped = await digest.group();
    return { ...counts, ...grouped, source, warnings: [...source.warnings, ...digest.warnings()] };
  } finally {
    await digest.close();
  }
}
