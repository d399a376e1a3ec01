import { spawn } from 'node:child_process';

/** `stty` answers in a few milliseconds; on a machine that is very busy it is given up after this long. */
const PATIENCE_MS = 2000;

/**
 * Whether a terminal's driver collects a line without showing it, as for a password. Null where that
 * can't be found out. `device` is the path of the terminal. Its master descriptor would tell the same, but
 * Node makes descriptors that it hands to a program blocking, and this one must never block.
 */
export function hidesInput(device: string | null): Promise<boolean | null> {
  if (device === null || process.platform === 'win32') return Promise.resolve(null);
  return new Promise((resolve) => {
    let text = '';
    const stty = spawn('stty', [process.platform === 'linux' ? '-F' : '-f', device, '-a'], {
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: PATIENCE_MS,
      env: { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C' },
    });
    stty.once('error', () => resolve(null));
    stty.stdout.setEncoding('latin1').on('data', (part: string) => {
      text += part;
    });
    stty.once('close', () => resolve(parseModes(text)));
  });
}

/** Reads the output of `stty -a`. */
export function parseModes(text: string): boolean | null {
  const words = new Set(text.split(/[\s;]+/));
  const either = (name: string) => (words.has(name) ? true : words.has(`-${name}`) ? false : null);
  const collectsLines = either('icanon');
  const shows = either('echo');
  return collectsLines === null || shows === null ? null : collectsLines && !shows;
}
