import { spawn } from 'node:child_process';
import { mkdir, rm, stat } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { AppError, toErrorData } from '../../contract/errors';
import { parseOptions } from '../../parse-options';
import { ensureLog, MAKER_VERSION, NEEDLE } from './make-log';

const USAGE = `npm run bench -- logs: a long log from file to templates, into the store, searched; beside wc, grep and lnav

  --size MB   size of the log, 1000 unless given; it is made once and kept in the cache folder
  --json      print one JSON object and nothing else (with npm: npm run -s bench -- logs --json)`;

export interface LogsBenchSetting {
  /** The built `job-main`, with `scan-worker-main` beside it. */
  readonly jobProgram: string;
  /** Folder for the log and the store. */
  readonly cacheDir: string;
}

const say = (message: string) => process.stderr.write(`${message}\n`);

/** Runs the suite; resolves to the exit status. */
export async function runLogsBench(args: readonly string[], setting: LogsBenchSetting): Promise<number> {
  try {
    const options = {
      size: { type: 'string' },
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    } as const;
    const { values } = parseOptions({ args: [...args], options }, 'npm run bench -- logs --help');
    if (values.help) {
      process.stdout.write(`${USAGE}\n`);
      return 0;
    }
    const megabytes = Number(values.size ?? 1000);
    if (!Number.isInteger(megabytes) || megabytes < 1) {
      throw new AppError('invalid-input', `--size takes megabytes, not '${values.size}'.`);
    }
    await mkdir(setting.cacheDir, { recursive: true });
    const path = join(setting.cacheDir, `log-${megabytes}-v${MAKER_VERSION}.log`);
    await ensureLog(path, megabytes, say);
    const report = await measure(path, setting);
    process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : tableOf(report));
    return 0;
  } catch (thrown) {
    const error = toErrorData(thrown);
    say(`bench: ${error.message}`);
    if (error.detail) say(error.detail);
    return error.kind === 'invalid-input' ? 2 : 1;
  }
}

type Report = Readonly<Record<string, number | string | null>>;

async function measure(path: string, { jobProgram, cacheDir }: LogsBenchSetting): Promise<Report> {
  const { size } = await stat(path);
  const sizeMB = size / 1e6;
  const loadBefore = loadavg()[0] ?? 0;
  // Once through, so that all find the file in the system's cache alike.
  await timed('wc', ['-l', path]);
  const wcMs = await timed('wc', ['-l', path]);
  const grepMs = await timed('grep', ['-c', NEEDLE, path]);
  const grepAnyCaseMs = await timed('grep', ['-ci', NEEDLE.toUpperCase(), path]);
  say('Digest');
  const digest = await job(jobProgram, ['digest', path]);
  say('Store and search');
  const store = join(cacheDir, 'store');
  await rm(store, { recursive: true, force: true });
  const stored = await job(jobProgram, ['store', path, store]).finally(() =>
    rm(store, { recursive: true, force: true }),
  );
  // Reads the log headless to its end and prints the number of lines: as near to opening it as lnav has without a screen.
  const lnavMs = await timed('lnav', ['-N', '-n', '-c', ';SELECT count(*) FROM all_logs', path]);
  const rate = (ms: number | undefined) => (ms ? round(sizeMB / (ms / 1000)) : null);
  return {
    sizeMB: round(sizeMB),
    lines: digest.lines ?? null,
    patterns: digest.patterns ?? null,
    firstScreenMs: round(stored.firstScreenMs),
    ingestMBps: rate(stored.ms),
    digestMBps: rate(digest.ms),
    peakMB: round(stored.peakMB),
    searchMs: round(stored.searchMs),
    searchAnyCaseMs: round(stored.searchAnyCaseMs),
    searchRegexMs: round(stored.searchRegexMs),
    endLinesMs: round(stored.endLinesMs, 1),
    longestBlockMs: round(stored.longestBlockMs),
    storedMB: round(stored.storedMB),
    ingestCpuMsPerMB: round((stored.cpuMs ?? 0) / sizeMB, 1),
    digestCpuMsPerMB: round((digest.cpuMs ?? 0) / sizeMB, 1),
    wcMs: wcMs === null ? null : round(wcMs),
    grepMs: grepMs === null ? null : round(grepMs),
    grepAnyCaseMs: grepAnyCaseMs === null ? null : round(grepAnyCaseMs),
    lnavMBps: lnavMs === null ? null : rate(lnavMs),
    cores: availableParallelism(),
    processor: cpus()[0]?.model ?? '',
    loadBefore: round(loadBefore, 1),
  };
}

/** Runs a measurement in a process of its own. */
async function job(program: string, parameters: readonly string[]): Promise<Record<string, number>> {
  const { code, output } = await run(process.execPath, [program, ...parameters]);
  if (code !== 0) throw new AppError('internal', `The measurement '${parameters[0]}' failed.`);
  return JSON.parse(output) as Record<string, number>;
}

/** How long a program takes, in ms; null where it is not installed. */
async function timed(program: string, parameters: readonly string[]): Promise<number | null> {
  const start = performance.now();
  const { code } = await run(program, parameters);
  // grep ends with 1 where nothing was found.
  return code === 0 || code === 1 ? performance.now() - start : null;
}

function run(program: string, parameters: readonly string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(program, parameters, { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (data: Buffer) => {
      output += data.toString();
    });
    child.once('error', () => resolve({ code: 127, output }));
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

function round(value: number | undefined, digits = 0): number {
  return Number((value ?? Number.NaN).toFixed(digits));
}

function tableOf(report: Report): string {
  const rows = Object.entries(report).filter(([, value]) => value !== null);
  const width = Math.max(...rows.map(([name]) => name.length));
  return `${rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n')}\n`;
}
