import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { AppFolders } from '../../contract/app-folders';
import { AppError } from '../../contract/errors';
import { type LinkPlace, linkPlaces, type WindowReply, type WindowRequest } from '../../contract/window-link';
import type { Command } from '../options';
import { handOver } from './hand-over';
import { spoolInput } from './spool-input';

/** How a window is started. */
export interface WindowProgram {
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface OpenSetting {
  readonly folders: AppFolders;
  readonly userDataDir: string | undefined;
  readonly stdin: NodeJS.ReadableStream & AsyncIterable<Uint8Array>;
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** Finds the window's program; called only when none runs. Absent: this build has no window. */
  readonly windowProgram?: (() => Promise<WindowProgram>) | undefined;
}

/** A window on a busy machine takes its time. */
const START_PATIENCE_MS = 90_000;
const ASK_AGAIN_MS = 100;

/** Hands files or standard input to the window, and starts it when none runs. Returns the exit status. */
export async function runOpen(
  { files, follow, safeMode }: Extract<Command, { name: 'open' }>,
  setting: OpenSetting,
): Promise<number> {
  const places = linkPlaces({
    platform: process.platform,
    environment: setting.environment,
    uid: process.getuid?.() ?? null,
    folders: setting.folders,
  });
  const nothing: WindowRequest = { files: [], follow: false };
  if (safeMode && (await handOver(nothing, places)))
    throw new AppError(
      'unavailable',
      'Sigma Ops is running already, so safe mode cannot begin. Quit it there first, then try again.',
    );
  const fromStdin = files.length === 1 && files[0] === '-';
  const paths = fromStdin ? [] : files.map(checkedPath);
  const spooled = fromStdin
    ? await spoolInput(setting.stdin, join(setting.folders.cache, 'stdin'), setting.signal)
    : null;
  const request: WindowRequest = spooled
    ? { files: [spooled.file], follow: !spooled.whole }
    : { files: paths, follow };
  const reply =
    (await handOver(request, places)) ?? (await startAndHandOver(request, safeMode, places, setting));
  if (!reply.ok) throw new AppError('unavailable', reply.message);
  await spooled?.done;
  return setting.signal.aborted ? 130 : 0;
}

function checkedPath(file: string): string {
  const path = resolve(file);
  if (!existsSync(path)) throw new AppError('not-found', `There is no file ${file}.`);
  if (statSync(path).isDirectory())
    throw new AppError('unreadable', `${file} is a folder. Name the files in it.`);
  return path;
}

async function startAndHandOver(
  request: WindowRequest,
  safeMode: boolean,
  places: readonly LinkPlace[],
  { folders, userDataDir, environment, signal, windowProgram }: OpenSetting,
): Promise<WindowReply> {
  if (process.platform === 'linux' && !environment.DISPLAY && !environment.WAYLAND_DISPLAY)
    throw new AppError(
      'unavailable',
      'No window runs, and none can be started: there is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set). In this terminal, sigma-ops diagnose FILE works.',
    );
  if (!windowProgram)
    throw new AppError('unavailable', 'No window runs, and its program is not installed here.');
  const { program, args, env } = await windowProgram();
  const own = [
    ...(safeMode ? ['--safe-mode'] : []),
    ...(userDataDir === undefined ? [] : [`--user-data-dir=${resolve(userDataDir)}`]),
  ];
  mkdirSync(folders.state, { recursive: true, mode: 0o700 });
  const report = join(folders.state, 'window-start.log');
  const output = openSync(report, 'w', 0o600);
  let ended: string | null = null;
  try {
    const child = spawn(program, [...args, ...own], {
      detached: true,
      stdio: ['ignore', output, output],
      env: { ...environment, ...env },
    });
    child.once('error', (error) => {
      ended = error.message;
    });
    child.once('exit', (code, killedBy) => {
      // 0: another start was quicker, and that window will answer.
      if (code !== 0) ended = killedBy ? `It was ended by ${killedBy}.` : `It ended with status ${code}.`;
    });
    child.unref();
  } finally {
    closeSync(output);
  }
  const deadline = performance.now() + START_PATIENCE_MS;
  while (performance.now() < deadline && ended === null && !signal.aborted) {
    const reply = await handOver(request, places);
    if (reply) return reply;
    await new Promise((done) => setTimeout(done, ASK_AGAIN_MS));
  }
  if (signal.aborted) throw new AppError('cancelled', 'Stopped before the window was there.');
  const root =
    process.getuid?.() === 0 ? ' Its sandbox does not run as root: open it as the person at the screen.' : '';
  throw new AppError(
    'unavailable',
    `The window did not start. ${ended ?? 'It does not answer.'}${root} What it said is in ${report}.`,
  );
}
