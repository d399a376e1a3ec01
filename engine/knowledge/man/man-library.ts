import { readdirSync, readFileSync, statSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** Where a program's page lies. */
export interface PagePlace {
  readonly path: string;
  /** As in the file name: '1', '8', '1ssl'. */
  readonly section: string;
}

/** The manual pages of this machine, found by their file names. */
export interface ManLibrary {
  /** The page of a program; null where there is none. */
  find(name: string): PagePlace | null;
  /** The page's source, decompressed, with `.so` links followed; null where it can't be read. */
  read(place: PagePlace): string | null;
  /** Names of all pages about programs. */
  names(): IterableIterator<string>;
}

/** Sections about programs, best first: users', administrators', POSIX' own text. */
const SECTIONS = ['man1', 'man8', 'man1p'];
const PAGE = /^(.+)\.([18][a-z]*)(\.gz)?$/;
/** bash(1) has 340 kB; more is no page. */
const LARGEST = 4 * 1024 * 1024;
const MOST_LINKS = 5;

/** MANPATH, then the folders beside those of PATH, then the usual ones; an empty part of MANPATH means the others. */
export function manFolders(env: {
  readonly MANPATH?: string | undefined;
  readonly PATH?: string | undefined;
}): string[] {
  const own = (env.MANPATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const replaced = own.length > 0 && !/^:|:$|::/.test(env.MANPATH ?? '');
  const beside = (env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => /\/s?bin\/?$/.test(folder))
    .flatMap((folder) => [
      join(dirname(resolve(folder)), 'share', 'man'),
      join(dirname(resolve(folder)), 'man'),
    ]);
  const usual = ['/usr/local/share/man', '/usr/local/man', '/usr/share/man'];
  return [...new Set(replaced ? own : [...own, ...beside, ...usual])].filter(
    (folder) => statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true,
  );
}

function listPages(folders: readonly string[]): Map<string, PagePlace> {
  const pages = new Map<string, PagePlace>();
  for (const section of SECTIONS) {
    for (const folder of folders) {
      let files: string[] = [];
      try {
        files = readdirSync(join(folder, section));
      } catch {
        // Few folders have all sections.
      }
      for (const file of files) {
        const match = PAGE.exec(file);
        const [, name, number] = match ?? [];
        if (!name || !number || pages.has(name)) continue;
        pages.set(name, { path: join(folder, section, file), section: number });
      }
    }
  }
  return pages;
}

function readSource(path: string): string | null {
  for (const candidate of path.endsWith('.gz') ? [path] : [path, `${path}.gz`]) {
    try {
      const bytes = readFileSync(candidate);
      const plain = candidate.endsWith('.gz') ? gunzipSync(bytes, { maxOutputLength: LARGEST }) : bytes;
      if (plain.length > LARGEST) return null;
      const text = plain.toString('utf8');
      // Old pages are in latin1; a replacement character tells them.
      return text.includes('\ufffd') ? plain.toString('latin1') : text;
    } catch {
      // Unreadable, broken or gone since it was listed: the next one.
    }
  }
  return null;
}

/** Opens the folders lazily: nothing is read before the first question. */
export function createManLibrary(folders: readonly string[]): ManLibrary {
  let listed: Map<string, PagePlace> | undefined;
  const pages = () => {
    listed ??= listPages(folders);
    return listed;
  };
  return {
    find: (name) => pages().get(name) ?? null,
    names: () => pages().keys(),
    read(place) {
      let { path } = place;
      for (let links = 0; links < MOST_LINKS; links += 1) {
        const source = readSource(path);
        if (source === null) return null;
        const target = source.length < 1000 ? /^\.so\s+(\S+)\s*$/m.exec(source)?.[1] : undefined;
        if (target === undefined) return source;
        // 'man1/name.1' counts from the manual's root, 'name.1' from the page's own folder.
        path = target.includes('/') ? resolve(dirname(path), '..', target) : join(dirname(path), target);
      }
      return null;
    },
  };
}
