import { spawn } from 'node:child_process';
import { appendFile, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { LogDocument } from '../contract/logs';
import { createLogService, type LogService } from './log-service';

/** Kills of one test; more with SIGMA_OPS_KILLS, for a long run. */
const KILLS = Number(process.env.SIGMA_OPS_KILLS ?? 24);
const LINES = 40_000;

let programs: string;
let folder: string;
let service: LogService;

beforeAll(async () => {
  programs = await buildPrograms();
}, 60_000);
afterAll(() => rm(programs, { recursive: true, force: true }));
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sigma-ops-test-'));
});
afterEach(async () => {
  await service?.close();
  await rm(folder, { recursive: true, force: true });
});

const context = { signal: new AbortController().signal, emit: () => undefined };
const cacheDir = () => join(folder, 'cache');
const start = () => createLogService({ cacheDir: cacheDir() });
const readLines = (id: string, from: number, count: number) =>
  service.handlers.lines({ id, from, count }, context as never);

function sampleLog(lines: number): string {
  const texts = Array.from({ length: lines }, (_, index) => {
    const time = new Date(Date.UTC(2024, 4, 1) + index * 1000).toISOString();
    return index % 97 === 0
      ? `${time} ERROR [db] pool ${index % 7}: connection to 10.0.0.7:5432 refused`
      : `${time} INFO [web] request ${index} took ${index % 90} ms`;
  });
  return `${texts.join('\n')}\n`;
}

/** What must be the same after every kill. */
const contentOf = async (document: LogDocument) => {
  const { bytes, lineCount, severities, patternCount, time } = document;
  const lines = [];
  for (const from of [1, Math.ceil(lineCount / 2), lineCount - 50]) {
    lines.push(...(await readLines(document.id, from, 51)));
  }
  const patterns = await service.handlers.patterns({ id: document.id }, context as never);
  return { bytes, lineCount, severities, patternCount, time, lines, patterns };
};

/** Waits until a document is complete. */
async function ready(id: string): Promise<LogDocument> {
  let last: LogDocument | undefined;
  await service.handlers.watch(
    { id },
    {
      ...context,
      emit: (document) => {
        last = document;
      },
    },
  );
  const [document] = (await service.handlers.list({}, context as never)).filter((each) => each.id === id);
  if (!document) throw new Error(`The document is gone; it was ${JSON.stringify(last)}.`);
  return document;
}

describe('kill -9', () => {
  test(
    'at any point while a log is read: it is read again with equal counts and content',
    async () => {
      const path = join(folder, 'large.log');
      await writeFile(path, sampleLog(LINES));
      service = start();
      const whole = await service.handlers.open(
        { kind: 'file', paths: [path], follow: false, rotated: false },
        context,
      );
      const expected = await contentOf(whole);
      expect(whole.lineCount).toBe(LINES);
      await service.handlers.close({ id: whole.id }, context as never);
      await service.close();
      const unharmed = await openAndKill(path, null);
      await rm(cacheDir(), { recursive: true });

      let cutOff = 0;
      for (let kill = 0; kill < KILLS; kill++) {
        // From the start of the process to a little past the end of reading.
        await openAndKill(path, Math.random() * unharmed * 1.1);
        service = start();
        const documents = await service.handlers.list({}, context as never);
        expect(documents.length).toBeLessThanOrEqual(1);
        for (const { id, state } of documents) {
          if (state === 'reading') cutOff++;
          const document = await ready(id);
          expect(document.state).toBe('ready');
          expect(await contentOf(document)).toEqual(expected);
          await service.handlers.close({ id }, context as never);
        }
        expect((await readdir(cacheDir())).filter((file) => file !== 'spill')).toEqual([]);
        await service.close();
      }
      expect(cutOff).toBeGreaterThan(0);
    },
    60_000 + KILLS * 5000,
  );

  test(
    'while a log is followed: no line that was shown is lost, even if its file is',
    async () => {
      for (let round = 0; round < Math.ceil(KILLS / 6); round++) {
        const path = join(folder, `followed-${round}.log`);
        const lines = sampleLog(40_000).split('\n').slice(0, -1);
        await writeFile(path, `${lines.slice(0, 20_000).join('\n')}\n`);
        let shown = 0;
        const { onLine, kill, ended } = startProgram('follow', cacheDir(), path);
        onLine((line) => {
          shown = Number(line);
        });
        await vi.waitFor(() => expect(shown).toBe(20_000), { timeout: 30_000, interval: 5 });
        const killAt = 20_000 + Math.floor(Math.random() * 40) * 500;
        for (let at = 20_000; at < 40_000; at += 500) {
          await appendFile(path, `${lines.slice(at, at + 500).join('\n')}\n`);
          // After lines have been shown that came while it was followed, for a kill that loses nothing would prove little.
          if (at === 25_000)
            await vi.waitFor(() => expect(shown).toBeGreaterThan(20_000), { timeout: 30_000 });
          if (at === Math.max(killAt, 25_000)) kill();
        }
        await ended;
        await rename(path, `${path}.away`);
        service = start();
        const [begun] = await service.handlers.list({}, context as never);
        const document = await ready(begun?.id ?? '');
        expect(document.lineCount).toBeGreaterThanOrEqual(shown);
        const { severities, lineCount } = document;
        expect(Object.values(severities).reduce((sum, count) => sum + count, 0)).toBe(lineCount);
        for (const from of [1, lineCount - 99]) {
          const texts = (await readLines(document.id, from, 100)).map(({ text }) => text);
          expect(texts).toEqual(lines.slice(from - 1, from + 99));
        }
        await service.handlers.close({ id: document.id }, context as never);
        await service.close();
      }
    },
    60_000 + KILLS * 5000,
  );
});

/** Builds a program that opens or follows a log with scanning threads, as a real process to kill. */
async function buildPrograms(): Promise<string> {
  // Beside node_modules, so that the built program finds the packages.
  const outDir = await mkdtemp(join(import.meta.dirname, '../../node_modules/.logs-test-'));
  const program = join(outDir, 'program.ts');
  await writeFile(
    program,
    `import { createLogService } from ${JSON.stringify(join(import.meta.dirname, 'log-service.ts'))};
    const [what, cacheDir, path] = process.argv.slice(2);
    const service = createLogService({ cacheDir, scanWorker: new URL('./worker.mjs', import.meta.url) });
    const signal = new AbortController().signal;
    process.stdout.write('0\\n');
    const document = await service.handlers.open(
      { kind: 'file', paths: [path], follow: what === 'follow', rotated: false },
      { signal, emit: () => undefined },
    );
    const emit = ({ lineCount }) => process.stdout.write(lineCount + '\\n');
    if (what === 'follow') await service.handlers.watch({ id: document.id }, { signal, emit });
    await service.close();`,
  );
  await build({
    logLevel: 'error',
    configFile: false,
    build: {
      ssr: true,
      outDir,
      emptyOutDir: false,
      rollupOptions: {
        input: { program, worker: join(import.meta.dirname, 'workers/scan-worker-main.ts') },
        output: { entryFileNames: '[name].mjs' },
      },
    },
  });
  return outDir;
}

interface Running {
  /** Each line that the program prints. */
  readonly onLine: (listener: (line: string) => void) => void;
  readonly kill: () => void;
  /** How many ms it ran from its first line on; rejects where it failed. */
  readonly ended: Promise<number>;
}

function startProgram(...parameters: readonly string[]): Running {
  const child = spawn(process.execPath, [join(programs, 'program.mjs'), ...parameters], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  let started = Number.NaN;
  lines.once('line', () => {
    started = performance.now();
  });
  const ended = new Promise<number>((resolve, reject) => {
    child.once('exit', (code, signal) => {
      if (code === 0 || signal === 'SIGKILL') resolve(performance.now() - started);
      else reject(new Error(`The program ended with ${code}.`));
    });
  });
  return { onLine: (listener) => lines.on('line', listener), kill: () => child.kill('SIGKILL'), ended };
}

/** Runs the program that opens a log and kills it so many ms after its first line; null for not at all. */
function openAndKill(path: string, killAfter: number | null): Promise<number> {
  const { onLine, kill, ended } = startProgram('open', cacheDir(), path);
  let isFirst = true;
  onLine(() => {
    if (isFirst && killAfter !== null) setTimeout(kill, killAfter);
    isFirst = false;
  });
  return ended;
}
