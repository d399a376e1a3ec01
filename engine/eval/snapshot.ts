import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync, type Stats } from 'node:fs';
import { join } from 'node:path';

/** Files that programs keep for themselves in a home folder. */
const IGNORED = new Set(['.bash_history', '.viminfo', '.lesshst', '.sqlite_history', '.wget-hsts']);
/** Their bytes hold times; the sandbox's last step lists what is in them instead. */
const ARCHIVE = /\.(tar|tgz|tbz2?|txz|zip|gz|bz2|xz|zst)$/;

/** The time of each file as the fixture had it: path to seconds. */
export type FileTimes = ReadonlyMap<string, { readonly mtime: number; readonly hash: string }>;

/**
 * Each path below `root` with kind, mode and content. Links are never followed, repositories are left to git itself.
 * The time counts only for a file that the fixture already had and whose content is unchanged (`touch`); new and
 * rewritten files have the time of the run. `startedAt` in seconds: times after it all read 'now'.
 */
export function treeSnapshot(root: string, before: FileTimes, startedAt: number): Map<string, string> {
  const tree = new Map<string, string>();
  walk(root, '', (path, stats) => {
    const mode = (stats.mode & 0o7777).toString(8);
    if (stats.isSymbolicLink()) tree.set(path, `link ${readlinkSync(join(root, path))}`);
    else if (stats.isDirectory()) tree.set(path, `folder ${mode}`);
    else if (!stats.isFile()) tree.set(path, `special ${mode}`);
    else if (ARCHIVE.test(path)) tree.set(path, `archive ${mode}`);
    else {
      const hash = contentHash(join(root, path));
      const was = before.get(path);
      const mtime = Math.floor(stats.mtimeMs / 1000);
      const time = was?.hash === hash && was.mtime !== mtime ? ` ${mtime >= startedAt ? 'now' : mtime}` : '';
      tree.set(path, `file ${mode} ${hash}${time}`);
    }
  });
  return tree;
}

export function fileTimes(root: string): FileTimes {
  const times = new Map<string, { mtime: number; hash: string }>();
  walk(root, '', (path, stats) => {
    if (!stats.isFile()) return;
    times.set(path, { mtime: Math.floor(stats.mtimeMs / 1000), hash: contentHash(join(root, path)) });
  });
  return times;
}

function walk(root: string, folder: string, visit: (path: string, stats: Stats) => void): void {
  const names = readdirSync(join(root, folder)).sort();
  if (isRepository(names)) return;
  for (const name of names) {
    if (IGNORED.has(name)) continue;
    const path = folder === '' ? name : `${folder}/${name}`;
    const stats = lstatSync(join(root, path));
    visit(path, stats);
    if (stats.isDirectory()) walk(root, path, visit);
  }
}

function isRepository(names: readonly string[]): boolean {
  return ['HEAD', 'objects', 'refs'].every((name) => names.includes(name));
}

function contentHash(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 24);
}
