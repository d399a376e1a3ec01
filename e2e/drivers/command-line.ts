import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '..', '..');

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program from the project's root to its end; `input` is its standard input. */
export function runProgram(
  program: string,
  args: readonly string[],
  { input = '', env = process.env }: { input?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Outcome> {
  return new Promise((done, fail) => {
    const child = spawn(program, [...args], { cwd: ROOT, env, stdio: ['pipe', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      stderr += text;
    });
    child.on('error', fail);
    child.on('close', (code) => done({ code, stdout, stderr }));
    // A program that refuses its arguments may end before it has read its input.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

/** `npm run -s sigma -- …`, as the README has it. */
export function sigma(
  args: readonly string[],
  options: { input?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Outcome> {
  return runProgram('npm', ['run', '-s', 'sigma', '--', ...args], options);
}
