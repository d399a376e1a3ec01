import { type LogDocument, Severity } from '../contract/logs';
import { PLAIN_TEXT } from './formats/detect';
import { fileFingerprint } from './ingest/file-bytes';
import type { LogSource } from './ingest/log-source';

/** A document of which nothing has been read yet. */
export function begunDocument(id: string, { name, path, sources, decodedFrom }: LogSource): LogDocument {
  return {
    id,
    name,
    path,
    sources: [...sources],
    state: 'reading',
    format: decodedFrom ?? PLAIN_TEXT,
    bytes: 0,
    lineCount: 0,
    time: null,
    severities: Object.fromEntries(
      Severity.options.map((severity) => [severity, 0]),
    ) as LogDocument['severities'],
    patternCount: 0,
    warnings: [],
  };
}

/** A source of which everything has been read. */
export function endedSource({ name, path, sources, bytes, warnings }: LogDocument): LogSource {
  async function* none() {}
  return {
    name,
    path,
    sources,
    bytesTotal: bytes,
    bytesDone: bytes,
    pieces: none(),
    warnings,
    decodedFrom: null,
  };
}

/** Names the state of all files of a source; null where it has none. */
export async function fingerprintOf({ sources }: LogSource): Promise<string | null> {
  const paths = sources.flatMap(({ path }) => path ?? []);
  if (paths.length === 0) return null;
  return (await Promise.all(paths.map((path) => fileFingerprint(path)))).join(' ');
}

/** Whether a document is of these very files. */
export function sameSources(document: LogDocument, { sources }: LogSource): boolean {
  return (
    document.sources.length === sources.length &&
    document.sources.every(({ path }, place) => path === sources[place]?.path)
  );
}
