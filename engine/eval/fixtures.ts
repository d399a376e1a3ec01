import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type FileTimes, fileTimes } from './snapshot';

export interface Fixture {
  /** A fresh copy of the tree: contents, modes, times and links. */
  copyTo(folder: string): void;
  readonly times: FileTimes;
  /** Shell text that starts the fixture's processes; null for most. */
  readonly start: string | null;
  /** The folder that commands are run in. */
  readonly cwd: string;
}

export interface Fixtures {
  get(name: string): Fixture;
  /** The program that runs a command inside the sandbox. */
  readonly runner: string;
}

/** Builds each fixture once into `work`, when it is first asked for. */
export function createFixtures(builders: string, work: string): Fixtures {
  const built = new Map<string, Fixture>();
  return {
    runner: readFileSync(join(builders, 'run-in-sandbox.sh'), 'utf8'),
    get(name) {
      const fixture = built.get(name) ?? build(join(builders, `${name}.sh`), join(work, name));
      built.set(name, fixture);
      return fixture;
    },
  };
}

function build(builder: string, root: string): Fixture {
  mkdirSync(root, { recursive: true });
  must('bash', [builder, root]);
  const start = takeFile(join(root, '.start'));
  const cwd = takeFile(join(root, '.cwd'))?.trim() ?? '/home/ops';
  return { copyTo: (folder) => must('cp', ['-a', root, folder]), times: fileTimes(root), start, cwd };
}

/** What the builder says about the fixture, in files that are no part of its tree. */
function takeFile(path: string): string | null {
  const text = existsSync(path) ? readFileSync(path, 'utf8') : null;
  rmSync(path, { force: true });
  return text;
}

function must(program: string, args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} failed: ${error?.message ?? stderr}`);
}
