/** A path in a line of text; `end` is exclusive. */
export interface FoundPath {
  readonly start: number;
  readonly end: number;
  readonly path: string;
}

/** A path begins a word: after a blank, a quote, a bracket, an `=` or a `:`. Names hold no blank and no quote. */
const PATH =
  /(?<=^|[\s"'`([{<=:])(?:~|\.{1,2})?(?:\/[\w.@%+,~-]+)+\/?|(?<=^|[\s"'`([{<=])[\w.@%+~-]+(?:\/[\w.@%+,~-]+)+|(?<=^|[\s"'`([{<=])[\w.@%+~-]+\.(?:log|out|err|jsonl?)(?:\.\d+)?(?:\.(?:gz|bz2|zst|xz))?\b/gu;
const MOST = 20;

/** Paths in a line of output, by their form alone. What a sentence ends with is no part of them. */
export function findPaths(line: string): FoundPath[] {
  const found: FoundPath[] = [];
  for (const match of line.matchAll(PATH)) {
    const path = match[0].replace(/[.,]+$/, '');
    const { index } = match;
    // The rest of an address is no path.
    if (path.length < 3 || (/[a-z][a-z0-9+.-]*:$/iu.test(line.slice(0, index)) && path.startsWith('//')))
      continue;
    found.push({ start: index, end: index + path.length, path });
    if (found.length === MOST) break;
  }
  return found;
}

const LOG_NAME =
  /\.(?:log|out|err|trace|jsonl|ndjson|journal|dmesg)(?:[.-][\w-]+)?(?:\.(?:gz|bz2|zst|xz))?$/iu;
const LOG_PLACE = /^\/(?:var\/)?log\/|\/logs?\//u;

/** Whether a path looks like a log, by its name or by the folder that it is in. */
export function isLogPath(path: string): boolean {
  return LOG_NAME.test(path) || (LOG_PLACE.test(path) && !path.endsWith('/'));
}

/** An absolute path; null where it depends on a folder that is not known. `~` is the shell's to resolve. */
export function absolutePath(path: string, folder: string | null): string | null {
  if (path.startsWith('/')) return path;
  if (path.startsWith('~') || folder === null) return null;
  const parts = folder.split('/').filter(Boolean);
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return `/${parts.join('/')}`;
}
