import { readFileSync } from 'node:fs';

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', '\\': '\\' };

/** A list of commands, one a line; in a command a line end is written \n (or \r) and a backslash twice. */
export function readCommandList(path: string): string[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.replace(/\\([nr\\])/g, (_, escaped: string) => ESCAPES[escaped] ?? ''));
}
