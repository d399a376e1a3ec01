import type { LogDatabase } from './database';
import type { DocumentFiles } from './document-files';
import { DocumentReader } from './document-reader';

/** Documents kept open at once; the ones unused for longest are closed first. */
const OPEN_READERS = 8;

interface Entry {
  readonly reader: Promise<DocumentReader>;
  /** Questions that are being answered; the document closes after them. */
  readonly running: Set<Promise<unknown>>;
  /** A writer holds it open, too: it is not closed for being unused. */
  written: boolean;
}

/** Keeps a few documents open, so that scrolling does not open a file for each screen. */
export class ReaderPool {
  private readonly entries = new Map<string, Entry>();
  /** Documents that are being let go of: one can be attached again only after that. */
  private readonly leaving = new Map<string, Promise<unknown>>();

  constructor(private readonly database: LogDatabase) {}

  /** Asks `question` of a document, which stays open meanwhile. */
  async use<T>(
    id: string,
    files: DocumentFiles,
    question: (reader: DocumentReader) => Promise<T>,
  ): Promise<T> {
    const entry = this.entries.get(id) ?? {
      reader: this.left(id).then(() => DocumentReader.open(this.database, files)),
      running: new Set(),
      written: false,
    };
    // Taken out and put back: a Map remembers the order, so the first one is the longest unused.
    this.entries.delete(id);
    this.entries.set(id, entry);
    const answer = entry.reader.then(question);
    entry.running.add(answer);
    try {
      return await answer;
    } catch (thrown) {
      // A file that does not open is tried again by the next question.
      await entry.reader.catch(() => this.entries.get(id) === entry && this.entries.delete(id));
      throw thrown;
    } finally {
      entry.running.delete(answer);
      await this.closeUnused();
    }
  }

  /**
   * Closes a document, lets `attach` open it for writing, and answers questions from what that leaves attached.
   * Questions that come meanwhile wait.
   */
  async write<T>(id: string, name: string, attach: () => Promise<T>): Promise<T> {
    const before = this.entries.get(id);
    const opened = (async () => {
      await this.left(id);
      if (before) await closeEntry(before);
      return attach();
    })();
    const reader = opened.then(() => new DocumentReader(this.database, name));
    reader.catch(() => undefined);
    const entry: Entry = { reader, running: new Set(), written: true };
    this.entries.set(id, entry);
    try {
      return await opened;
    } catch (thrown) {
      if (this.entries.get(id) === entry) this.entries.delete(id);
      throw thrown;
    }
  }

  /** Its writer has let go of it; it stays open as any other document. */
  written(id: string): void {
    const entry = this.entries.get(id);
    if (entry) entry.written = false;
  }

  /** Closes a document once its running questions are answered. */
  async close(id: string): Promise<void> {
    const entry = this.entries.get(id);
    if (!entry) return;
    this.entries.delete(id);
    const closed = this.left(id).then(() => closeEntry(entry));
    this.leaving.set(id, closed);
    try {
      await closed;
    } finally {
      if (this.leaving.get(id) === closed) this.leaving.delete(id);
    }
  }

  async closeAll(): Promise<void> {
    for (const id of [...this.entries.keys()]) await this.close(id);
    await Promise.allSettled(this.leaving.values());
  }

  /** Settles when a document that is being closed is. */
  private async left(id: string): Promise<void> {
    await this.leaving.get(id)?.catch(() => undefined);
  }

  private async closeUnused(): Promise<void> {
    const unused = [...this.entries].filter(([, { running, written }]) => running.size === 0 && !written);
    const spare = this.entries.size - OPEN_READERS;
    for (const [id] of unused.slice(0, Math.max(0, spare))) await this.close(id);
  }
}

async function closeEntry(entry: Entry): Promise<void> {
  await Promise.allSettled(entry.running);
  const reader = await entry.reader.catch(() => null);
  await reader?.close();
}
