import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { DocumentId, LogDocument } from '../../contract/logs';

/** Form of the stored files; a document of another form is not listed. */
const FORMAT = 2;

/** Written last: a document without it was not finished. */
export const Manifest = z.object({
  format: z.literal(FORMAT),
  document: LogDocument,
  /** State of the file when it was read; null for pastes. */
  fingerprint: z.string().nullable(),
  openedAt: z.number(),
});
export type Manifest = z.infer<typeof Manifest>;

const MANIFEST = '.json';
const DATABASE = '.duckdb';
const PASTE = '.txt';
const BOOKMARKS = '.bookmarks';

/** Where bookmarks of a document are kept. */
export function bookmarkFile(folder: string, id: string): string {
  return join(folder, id + BOOKMARKS);
}

/** The folder that documents live in; its files are readable by this user alone. */
export class DocumentCache {
  private constructor(readonly folder: string) {}

  /** Makes the folder where it is missing and removes what a killed process left half done. */
  static async open(folder: string): Promise<DocumentCache> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const cache = new DocumentCache(folder);
    const files = await readdir(folder);
    const finished = new Set(
      files.filter((file) => file.endsWith(MANIFEST)).map((file) => file.slice(0, -MANIFEST.length)),
    );
    for (const file of files) {
      const id = file.split('.', 1)[0] ?? '';
      if (OURS.test(file) && !finished.has(id)) await rm(join(folder, file), { force: true });
    }
    await rm(cache.spillFolder, { recursive: true, force: true });
    return cache;
  }

  get spillFolder(): string {
    return join(this.folder, 'spill');
  }

  databaseFile(id: string): string {
    return join(this.folder, id + DATABASE);
  }

  /** Keeps the original bytes of a paste beside its document. */
  async keepPaste(id: string, bytes: Uint8Array): Promise<void> {
    await writeFile(join(this.folder, id + PASTE), bytes, { mode: 0o600 });
  }

  /** Makes a document finished: the one step that a restart goes by. */
  async finish(manifest: Omit<Manifest, 'format' | 'openedAt'>): Promise<void> {
    const whole: Manifest = { format: FORMAT, openedAt: Date.now(), ...manifest };
    const file = join(this.folder, manifest.document.id + MANIFEST);
    await writeFile(`${file}.part`, JSON.stringify(whole), { mode: 0o600 });
    await rename(`${file}.part`, file);
  }

  /** Finished documents, newest first. */
  async list(): Promise<Manifest[]> {
    const files = await readdir(this.folder);
    const manifests = await Promise.all(
      files.filter((file) => file.endsWith(MANIFEST)).map((file) => this.read(file)),
    );
    return manifests
      .filter((manifest) => manifest !== null)
      .sort((a, b) => b.openedAt - a.openedAt || b.document.id.localeCompare(a.document.id));
  }

  async find(id: string): Promise<Manifest | null> {
    return DocumentId.safeParse(id).success ? this.read(id + MANIFEST) : null;
  }

  /**
   * Deletes everything of a document. The manifest goes first, so that a kill in between leaves no half;
   * `release` then lets go of the files, as an open one cannot be deleted on every system.
   */
  async remove(id: string, release: () => Promise<void> = async () => undefined): Promise<void> {
    await rm(join(this.folder, id + MANIFEST), { force: true });
    await release();
    for (const ending of [DATABASE, `${DATABASE}.wal`, PASTE, BOOKMARKS, `${BOOKMARKS}.part`]) {
      await rm(join(this.folder, id + ending), { force: true });
    }
  }

  private async read(file: string): Promise<Manifest | null> {
    try {
      return Manifest.parse(JSON.parse(await readFile(join(this.folder, file), 'utf8')));
    } catch {
      // Missing, unreadable or of another version: not a document of ours.
      return null;
    }
  }
}

/** Names that this class gives; anything else in the folder is left alone. */
const OURS = /^[a-z0-9-]{1,64}\.(?:duckdb|duckdb\.wal|txt|json\.part|bookmarks|bookmarks\.part)$/;
