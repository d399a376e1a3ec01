import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Diagnosis } from '../contract/diagnosis';
import type { EvidencePack, IngestProgress } from '../contract/logs';
import { openSources, openStream } from './ingest/open-sources';
import type { ReadOptions } from './log-digest';
import { createLogService } from './log-service';
import { type SourceLine, sourceLines } from './store/source-lines';

export type OnceSource =
  | { readonly kind: 'files'; readonly paths: readonly string[] }
  | { readonly kind: 'stream'; readonly name: string; readonly stream: AsyncIterable<Uint8Array> };

export interface OnceOptions extends ReadOptions {
  readonly onProgress?: (progress: IngestProgress) => void;
}

/** A log that was read for one question. */
export interface OnceLog {
  readonly evidence: EvidencePack;
  /** Reads every cited line of a diagnosis again and marks what does not read as it was shown. */
  check(diagnosis: Diagnosis): Promise<Diagnosis>;
  /** Where lines stand in the files that the log was read from. */
  places(numbers: readonly number[]): Promise<ReadonlyMap<number, SourceLine>>;
}

/** Reads a log without a lasting cache, for the command line: a temporary folder is used and removed. */
export async function readOnce<T>(
  from: OnceSource,
  { signal, onProgress, ...options }: OnceOptions,
  use: (log: OnceLog) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'sigma-ops-'));
  const service = createLogService({ cacheDir: folder, ...options });
  const call = { signal: signal ?? new AbortController().signal, emit: () => undefined as never };
  try {
    const source = from.kind === 'files' ? await openSources(from.paths) : openStream(from.name, from.stream);
    const { id } = await service.openSource(source, { signal, onProgress });
    return await use({
      evidence: await service.handlers.evidence({ id }, call),
      check: async (diagnosis) => service.handlers.checkDiagnosis({ id, diagnosis }, call),
      places: (numbers) => service.read(id, (reader) => sourceLines(reader, numbers)),
    });
  } finally {
    await service.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Evidence of a log, read once. */
export const evidenceOnce = (from: OnceSource, options: OnceOptions = {}): Promise<EvidencePack> =>
  readOnce(from, options, async ({ evidence }) => evidence);
