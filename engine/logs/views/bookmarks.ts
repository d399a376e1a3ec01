import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { AppError } from '../../contract/errors';
import { Bookmark } from '../../contract/log-views';

const Stored = z.array(Bookmark);

/** Bookmarks of one document, in a file beside it; read and written whole, by line. */
export class BookmarkFile {
  /** Writes take turns. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly file: string) {}

  async read(): Promise<Bookmark[]> {
    await this.last.catch(() => undefined);
    return this.load();
  }

  /** Sets the note of a line, or takes the bookmark away where it is null; returns all. */
  set(line: number, note: string | null): Promise<Bookmark[]> {
    const done = this.last
      .catch(() => undefined)
      .then(async () => {
        const others = (await this.load()).filter((bookmark) => bookmark.line !== line);
        const all = note === null ? others : [...others, { line, note }];
        all.sort((a, b) => a.line - b.line);
        await this.save(all);
        return all;
      });
    this.last = done;
    return done;
  }

  private async load(): Promise<Bookmark[]> {
    let text: string;
    try {
      text = await readFile(this.file, 'utf8');
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw new AppError('unreadable', `The bookmarks in ${this.file} cannot be read.`, String(thrown));
    }
    // A file that is not ours, or was cut off, holds no bookmarks; the log is not kept from opening by it.
    const parsed = Stored.safeParse(parseJson(text));
    return parsed.success ? parsed.data : [];
  }

  /** Whole or not at all: written beside, then put in place. */
  private async save(bookmarks: readonly Bookmark[]): Promise<void> {
    try {
      if (bookmarks.length === 0) return await rm(this.file, { force: true });
      await writeFile(`${this.file}.part`, JSON.stringify(bookmarks), { mode: 0o600 });
      await rename(`${this.file}.part`, this.file);
    } catch (thrown) {
      throw new AppError(
        'unavailable',
        'The bookmark could not be stored; the others are kept. Is the disk full?',
        String(thrown),
      );
    }
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
