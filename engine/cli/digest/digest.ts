import { AppError } from '../../contract/errors';
import type { Severity } from '../../contract/logs';
import { detectFormat, PLAIN_TEXT, SAMPLE_LINES } from '../../logs/formats/detect';
import type { LogSource } from '../../logs/ingest/log-source';
import { openSources, openStream } from '../../logs/ingest/open-sources';
import { type Counts, LogDigest } from '../../logs/log-digest';
import { newestMoment } from '../../logs/newest-moment';
import type { GroupedShapes, Pattern } from '../../logs/templates/patterns';
import { type Burst, findBursts } from './bursts';
import { ShapeSpool } from './shape-spool';
import { checkOutput, writeTemplates } from './templates-csv';

export interface DigestRequest {
  /** Several are one log; `['-']` is standard input. */
  readonly files: readonly string[];
  /** Where the template of each line is written to, as CSV. */
  readonly templates?: string;
}

export interface DigestOptions {
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
  /** The built `scan-worker-main`. */
  readonly scanWorker?: URL | string | undefined;
}

export interface DigestPattern extends Pattern {
  readonly burst: Burst | null;
}

/** What a whole log says in short. Counts of the patterns add up to the lines. */
export interface Digest {
  readonly name: string;
  readonly format: string;
  readonly bytes: number;
  readonly lines: number;
  /** First and last moment that a line names, ISO 8601. */
  readonly time: { readonly from: string; readonly to: string } | null;
  readonly severities: Readonly<Record<Severity, number>>;
  /** Most lines first. */
  readonly patterns: readonly DigestPattern[];
  readonly warnings: readonly string[];
}

/**
 * Digests all lines of a log without keeping it: memory does not grow with its length.
 * @throws AppError for what can't be read or written, and on `signal`
 */
export async function digestLog(request: DigestRequest, options: DigestOptions): Promise<Digest> {
  const { files, templates } = request;
  const isStdin = files[0] === '-';
  if (templates !== undefined) await checkOutput(templates, isStdin ? [] : files);
  const source = isStdin ? openStream('stdin', options.stdin) : await openSources(files);
  const { signal, scanWorker } = options;
  const digest = new LogDigest(await newestMoment(source.sources), { signal, scanWorker });
  const spool = await ShapeSpool.create();
  try {
    const format = await readAll(source, digest, spool, options);
    const counts = digest.counts();
    if (counts.lines === 0) {
      throw new AppError('invalid-input', `${source.name} is empty. There is nothing to read.`);
    }
    const grouped = await digest.group();
    const patternOfLine = () => patternsOf(spool.read(), grouped.patternOfShape);
    const bursts = await findBursts(
      patternOfLine(),
      grouped.patterns.map(({ count }) => count),
      counts.lines,
    );
    if (templates !== undefined) await writeTemplates(templates, patternOfLine(), grouped.patterns, signal);
    return summary(source, digest, counts, grouped, bursts, format);
  } finally {
    await Promise.all([digest.close(), spool.remove()]);
  }
}

/** Reads to the end; returns the name of the log's form. */
async function readAll(
  source: LogSource,
  digest: LogDigest,
  spool: ShapeSpool,
  { onProgress }: DigestOptions,
): Promise<string> {
  let format: string | null = null;
  for await (const { lines, text } of digest.read(source.pieces)) {
    if (format === null && lines.lines > 0) {
      const head = new TextDecoder().decode(text.bytes).split('\n', SAMPLE_LINES);
      format = source.decodedFrom ?? detectFormat(head)?.name ?? PLAIN_TEXT;
    }
    await spool.append(lines.shapes);
    onProgress?.(source.bytesDone, source.bytesTotal);
  }
  return format ?? PLAIN_TEXT;
}

async function* patternsOf(
  shapes: AsyncIterable<Uint32Array>,
  patternOfShape: Uint32Array,
): AsyncIterable<Uint32Array> {
  for await (const chunk of shapes) yield chunk.map((shape) => patternOfShape[shape] ?? 0);
}

function summary(
  source: LogSource,
  digest: LogDigest,
  { lines, severities, time }: Counts,
  { patterns }: GroupedShapes,
  bursts: readonly (Burst | null)[],
  format: string,
): Digest {
  return {
    name: source.name,
    format,
    bytes: source.bytesDone,
    lines,
    time: time && { from: new Date(time.from).toISOString(), to: new Date(time.to).toISOString() },
    severities,
    patterns: patterns
      .map((pattern, id) => ({ ...pattern, burst: bursts[id] ?? null }))
      .sort((a, b) => b.count - a.count || a.firstLine - b.firstLine),
    warnings: [...source.warnings, ...digest.warnings()],
  };
}
