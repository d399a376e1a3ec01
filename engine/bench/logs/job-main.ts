import { readdir, readFile, stat } from 'node:fs/promises';
import type { LogDocument } from '../../contract/logs';
import { openSources } from '../../logs/ingest/open-sources';
import { LogDigest } from '../../logs/log-digest';
import { createLogService } from '../../logs/log-service';
import { newestMoment } from '../../logs/newest-moment';
import { NEEDLE } from './make-log';

/**
 * One measurement in a process of its own, so that its peak memory is its own: `digest FILE` or `store FILE CACHE`. Prints
 * one JSON object.
 */
const [job = '', path = '', cacheDir = ''] = process.argv.slice(2);
const scanWorker = new URL('./scan-worker-main.js', import.meta.url);
const never = new AbortController().signal;
const plain = { signal: never, emit: () => undefined } as never;

const since = (start: number) => performance.now() - start;
/** Runs these calls one after the other; the shortest time in ms, as other programs only make it longer. */
async function best(calls: readonly (() => Promise<unknown>)[]): Promise<number> {
  let shortest = Number.POSITIVE_INFINITY;
  for (const call of calls) {
    const start = performance.now();
    await call();
    shortest = Math.min(shortest, since(start));
  }
  return shortest;
}

/** From file to templates, counts and severities. */
async function digest() {
  const start = performance.now();
  const source = await openSources([path]);
  const log = new LogDigest(await newestMoment(source.sources), { scanWorker });
  for await (const _ of log.read(source.pieces)) {
    // Counting is all.
  }
  const { patterns } = await log.group();
  const ms = since(start);
  const { lines } = log.counts();
  await log.close();
  return { ms, lines, patterns: patterns.length, cpuMs: cpuMs() };
}

/** The same into the store, with the first screen on the way, then what a person does with it. */
async function store() {
  const service = createLogService({ cacheDir, scanWorker });
  const { open, lines, search, close } = service.handlers;
  const gaps = new LoopGaps();
  const start = performance.now();
  let firstScreenMs = 0;
  let firstScreen: Promise<unknown> | null = null;
  const document: LogDocument = await open(
    { kind: 'file', paths: [path], follow: false, rotated: false },
    {
      signal: never,
      emit: ({ document: begun }) => {
        if (!begun || firstScreen) return;
        firstScreen = Promise.resolve(lines({ id: begun.id, from: 1, count: 100 }, plain)).then((screen) => {
          if (screen.length === 0) throw new Error('The first screen is empty.');
          firstScreenMs = since(start);
        });
      },
    },
  );
  await firstScreen;
  const ms = since(start);
  const cpu = cpuMs();
  const longestBlockMs = gaps.end();
  const peakIngestMB = await peak();
  const { id, lineCount } = document;
  const endLines = async () => {
    const end = await lines({ id, from: lineCount - 99, count: 100 }, plain);
    if (end.length !== 100) throw new Error(`${end.length} lines at the end instead of 100.`);
  };
  const endLinesMs = await best([endLines, endLines, endLines]);
  const look = (query: { text: string; matchCase: boolean; regex: boolean }) => async () => {
    const { rows } = await search({ id, query }, plain);
    if (rows !== 1) throw new Error(`${rows} lines found instead of 1.`);
  };
  // Each is another text: answers are kept.
  const texts = [NEEDLE, NEEDLE.slice(1), NEEDLE.slice(2)];
  const searchMs = await best(texts.map((text) => look({ text, matchCase: true, regex: false })));
  const searchAnyCaseMs = await best(
    texts.map((text) => look({ text: text.toUpperCase(), matchCase: false, regex: false })),
  );
  const searchRegexMs = await best(
    texts.map((text) => look({ text: text.replace('7f3a9c', '[0-9a-f]+'), matchCase: true, regex: true })),
  );
  const peakMB = await peak();
  const stored = await sizeOf(cacheDir);
  await close({ id }, plain);
  await service.close();
  return {
    ms,
    lines: lineCount,
    firstScreenMs,
    endLinesMs,
    longestBlockMs,
    searchMs,
    searchAnyCaseMs,
    searchRegexMs,
    peakMB,
    peakIngestMB,
    storedMB: stored / 1e6,
    cpuMs: cpu,
  };
}

/** How long the event loop was held at most: other calls wait that long. */
class LoopGaps {
  private longest = 0;
  private last = performance.now();
  private readonly timer = setInterval(() => {
    const now = performance.now();
    this.longest = Math.max(this.longest, now - this.last - 5);
    this.last = now;
  }, 5);

  end(): number {
    clearInterval(this.timer);
    return this.longest;
  }
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Most memory that the process has had, in MB. */
async function peak(): Promise<number> {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS / 1000;
  const status = await readFile('/proc/self/status', 'utf8');
  return (Number(/VmHWM:\s*(\d+)/.exec(status)?.[1]) * 1024) / 1e6;
}

async function sizeOf(folder: string): Promise<number> {
  let size = 0;
  for (const entry of await readdir(folder)) {
    const info = await stat(`${folder}/${entry}`);
    if (info.isFile()) size += info.size;
  }
  return size;
}

const result = job === 'digest' ? await digest() : await store();
process.stdout.write(`${JSON.stringify(result)}\n`);
