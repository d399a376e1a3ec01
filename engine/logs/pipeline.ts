import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../contract/errors';
import type { EvidencePack, IngestProgress } from '../contract/logs';
import type { LogSource } from './ingest/log-source';
import { openSources, openStream } from './ingest/open-sources';
import { type Counts, LogDigest, type ReadLines, type ReadOptions } from './log-digest';
import { createLogService } from './log-service';
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

export interface DigestOptions extends ReadOptions {
  readonly onProgress?: (progress: IngestProgress) => void;
}

/** Evidence of a log without a lasting cache, for the command line: a temporary folder is used and removed. */
export async function digestOnce(
  from: DigestSource,
  { signal, onProgress, ...options }: DigestOptions = {},
): Promise<EvidencePack> {
  const folder = await mkdtemp(join(tmpdir(), 'sigma-ops-'));
  const service = createLogService({ cacheDir: folder, ...options });
  try {
    const source = from.kind === 'file' ? await openSources([from.path]) : openStream(from.name, from.stream);
    const document = await service.openSource(source, { signal, onProgress });
    const never = new AbortController().signal;
    return await service.handlers.evidence(
      { id: document.id },
      { signal: never, emit: () => undefined as never },
    );
  } finally {
    await service.close();
    await rm(folder, { recursive: true, force: true });
  }
}
