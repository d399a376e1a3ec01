import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { SNAPSHOT_LIMIT, SNAPSHOTS_KEPT } from '../contract/pty';

/** Scrollback of terminals, kept from one start of the app to the next. */
export interface Snapshots {
  /** Keeps the newest part that fits; empty text forgets the pane. */
  keep(key: string, text: string): void;
  /** '' where nothing was kept. */
  kept(key: string): string;
  /** Forgets all panes. */
  clear(): void;
}

const ENDING = '.ansi';

/** Snapshots in `folder`, one file a pane, readable by their owner only. */
export function openSnapshots(folder: string): Snapshots {
  const fileOf = (key: string) => join(folder, key + ENDING);
  return {
    keep(key, text) {
      const kept = tail(text, SNAPSHOT_LIMIT);
      if (kept.trim() === '') {
        rmSync(fileOf(key), { force: true });
        return;
      }
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const beside = `${fileOf(key)}.new`;
      rmSync(beside, { force: true });
      writeFileSync(beside, kept, { mode: 0o600, flag: 'wx' });
      renameSync(beside, fileOf(key));
      chmodSync(folder, 0o700);
      dropOldest(folder);
    },
    kept(key) {
      try {
        return harmless(tail(readFileSync(fileOf(key), 'utf8'), SNAPSHOT_LIMIT));
      } catch {
        return '';
      }
    },
    clear: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The end of a text, from the beginning of a line on, with colours as at first. */
function tail(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const from = text.indexOf('\n', text.length - limit);
  return `\x1b[0m${text.slice(from < 0 ? text.length - limit : from + 1)}`;
}

/**
 * Text, line ends, colours, and movements as the serialize addon writes them. Everything else goes: a file
 * that was changed in between must not ask the terminal for an answer or set a mode.
 */
export function harmless(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return text.replace(/\x1b\[[0-9;:]*[ABCDHJKXm]|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g, (found) =>
    found.length > 1 ? found : '',
  );
}

function dropOldest(folder: string): void {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(ENDING))
    .map((name) => ({ name, at: statSync(join(folder, name)).mtimeMs }))
    .sort((a, b) => b.at - a.at);
  for (const { name } of files.slice(SNAPSHOTS_KEPT)) rmSync(join(folder, name), { force: true });
}
