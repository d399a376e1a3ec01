import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Effect } from './effect';
import { createFixtures, type Fixtures } from './fixtures';
import { treeSnapshot } from './snapshot';

/** Wall time of a run: a right command takes well under a second on these fixtures. */
export const TIME_LIMIT_MS = 5_000;
/** The suite's own last step gets this much more. */
const GRACE_MS = 3_000;
/** What `timeout` in run-in-sandbox.sh ends with. */
const TIMED_OUT_STATUS = 124;
export const OUTPUT_LIMIT = 1 << 20;
const SCRATCH_BYTES = 64 << 20;

/** Fixed, so that a command prints the same here, in CI and next year. Dates are for commits. */
const ENVIRONMENT: Readonly<Record<string, string>> = {
  HOME: '/home/ops',
  USER: 'ops',
  LOGNAME: 'ops',
  SHELL: '/bin/bash',
  PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin',
  LANG: 'C.UTF-8',
  LC_ALL: 'C.UTF-8',
  TZ: 'UTC',
  TERM: 'dumb',
  EDITOR: 'true',
  PAGER: 'cat',
  GIT_AUTHOR_DATE: '2025-03-02T09:00:00Z',
  GIT_COMMITTER_DATE: '2025-03-02T09:00:00Z',
  GIT_CONFIG_NOSYSTEM: '1',
};

/** Root is not given away here; a command that asks for it runs as the owner of all files. */
const SUDO = '#!/bin/sh\nwhile case "$1" in -*) true ;; *) false ;; esac; do shift; done\nexec "$@"\n';

export interface Sandbox {
  run(fixture: string, command: string): Promise<Effect>;
  close(): void;
}

/**
 * Why commands can't be run here, or null. There is no way around it: a suggested command may be anything, so without
 * bubblewrap nothing is run.
 */
export function sandboxMissing(): string | null {
  if (process.platform !== 'linux') return 'commands are run on Linux only';
  const tried = spawnSync('bwrap', [...isolation([]), '--', 'bash', '-c', 'exit 7'], { encoding: 'utf8' });
  if (tried.error) return 'bubblewrap is not installed (Debian: apt-get install bubblewrap)';
  return tried.status === 7
    ? null
    : `bubblewrap can't make a sandbox here: ${tried.stderr.trim() || tried.status}`;
}

/** The machine inside: the host's programs read-only, no network, its own processes, an unprivileged user. */
function isolation(programs: readonly string[]): string[] {
  return [
    ...['--unshare-all', '--unshare-user', '--uid', '1000', '--gid', '1000', '--hostname', 'edge-01'],
    ...['--die-with-parent', '--new-session', '--clearenv', '--cap-drop', 'ALL'],
    ...['--ro-bind', '/usr', '/usr', '--tmpfs', '/usr/local/bin'],
    ...['bin', 'sbin', 'lib', 'lib64'].flatMap((name) => ['--symlink', `usr/${name}`, `/${name}`]),
    ...['--proc', '/proc', '--dev', '/dev', '--size', String(SCRATCH_BYTES), '--tmpfs', '/run'],
    ...programs,
    ...Object.entries(ENVIRONMENT).flatMap(([name, value]) => ['--setenv', name, value]),
  ];
}

/** /etc is the fixture's, so Debian's alternatives (awk and others) are linked from a folder of their own. */
function alternatives(): string[] {
  return readdirSync('/usr/bin', { withFileTypes: true }).flatMap((entry) => {
    if (!entry.isSymbolicLink() || !readlinkSync(`/usr/bin/${entry.name}`).startsWith('/etc/alternatives/'))
      return [];
    try {
      return ['--symlink', realpathSync(`/usr/bin/${entry.name}`), `/usr/local/bin/${entry.name}`];
    } catch {
      return [];
    }
  });
}

/** Opens a sandbox over the fixtures in `fixturesDir`. Throws where none is possible: see sandboxMissing. */
export function openSandbox(fixturesDir: string): Sandbox {
  const missing = sandboxMissing();
  if (missing !== null) throw new Error(missing);
  const work = mkdtempSync(join(tmpdir(), 'sigma-eval-'));
  const fixtures = createFixtures(fixturesDir, join(work, 'fixtures'));
  const sudo = join(work, 'sudo');
  writeFileSync(sudo, SUDO, { mode: 0o755 });
  const programs = [...alternatives(), '--ro-bind', sudo, '/usr/local/bin/sudo'];
  let runs = 0;
  return {
    async run(fixture, command) {
      const folder = join(work, `run-${runs++}`);
      mkdirSync(folder);
      try {
        return await runOnce(fixtures, fixture, command, folder, isolation(programs));
      } finally {
        removeTree(folder);
      }
    },
    close: () => removeTree(work),
  };
}

async function runOnce(
  fixtures: Fixtures,
  name: string,
  command: string,
  folder: string,
  machine: readonly string[],
): Promise<Effect> {
  const fixture = fixtures.get(name);
  const tree = join(folder, 'tree');
  fixture.copyTo(tree);
  const control = join(folder, 'control');
  mkdirSync(control);
  writeFileSync(join(control, 'command'), `${command}\n`);
  writeFileSync(join(control, 'run'), fixtures.runner);
  writeFileSync(join(control, 'cwd'), fixture.cwd);
  if (fixture.start !== null) writeFileSync(join(control, 'start'), fixture.start);
  const mounts = readdirSync(tree).flatMap((top) => ['--bind', join(tree, top), `/${top}`]);
  const startedAt = Math.floor(Date.now() / 1000);
  const child = spawn(
    'bwrap',
    [
      ...machine,
      ...mounts,
      '--ro-bind',
      control,
      '/run/sigma',
      '--',
      'bash',
      '--norc',
      '--noprofile',
      '/run/sigma/run',
    ],
    { stdio: ['ignore', 'pipe', 'pipe', 'pipe'], env: { PATH: process.env.PATH } },
  );
  const { outputs, timedOut, truncated } = await collect(child);
  const [stdout = '', stderr = '', report = ''] = outputs;
  const status = /^sigma-status (\d+)$/m.exec(report)?.[1];
  const whole = report.endsWith('sigma-end\n');
  return {
    status: whole && status !== undefined ? Number(status) : null,
    stdout,
    stderr,
    tree: treeSnapshot(tree, fixture.times, startedAt),
    state: report.replace(/^sigma-status .*\n/m, ''),
    timedOut: timedOut || !whole || Number(status) === TIMED_OUT_STATUS,
    truncated,
  };
}

interface Collected {
  readonly outputs: readonly string[];
  readonly timedOut: boolean;
  readonly truncated: boolean;
}

/** Reads stdout, stderr and the suite's own channel; ends the run when it takes or writes too much. */
function collect(child: ChildProcess): Promise<Collected> {
  return new Promise((done, failed) => {
    const chunks: Buffer[][] = [[], [], []];
    let bytes = 0;
    let timedOut = false;
    let truncated = false;
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill('SIGKILL');
    }, TIME_LIMIT_MS + GRACE_MS);
    child.stdio.slice(1).forEach((stream, index) => {
      stream?.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > OUTPUT_LIMIT) {
          truncated = true;
          child.kill('SIGKILL');
        } else chunks[index]?.push(chunk);
      });
    });
    child.on('error', failed);
    child.on('close', () => {
      clearTimeout(timer);
      done({ outputs: chunks.map((parts) => Buffer.concat(parts).toString('utf8')), timedOut, truncated });
    });
  });
}

/** A command may have locked folders; their owner can open them again. */
function removeTree(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    spawnSync('chmod', ['-R', 'u+rwX', folder]);
    rmSync(folder, { recursive: true, force: true });
  }
}
