import { access, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { DocumentId, LogDocument } from '../../contract/logs';
import { type DocumentFiles, sqlName } from './document-files';

/** Form of the stored files; a document of another form is not listed. */
const FORMAT = 3;

/** Written when a document is begun, and again when it is complete. What has none is no document. */
export const Manifest = z.object({
  format: z.literal(FORMAT),
  document: LogDocument,
  /** State of the files when they were read; null for pastes. */
  fingerprint: z.string().nullable(),
  /** What it was opened from; null for a paste, whose bytes are kept. */
  files: z.object({ paths: z.array(z.string()), rotated: z.boolean() }).nullable(),
  /** Up to where which file was followed, in bytes as stored; null where it was not, or was cut off. */
  followed: z.object({ identity: z.string(), offset: z.number() }).nullable(),
  openedAt: z.number(),
});
export type Manifest = z.infer<typeof Manifest>;

const MANIFEST = '.json';
const DATABASE = '.duckdb';
const TEXT = '.text.duckdb';
const PASTE = '.txt';
/** Text of a document that is stored anew, after it was cut off while more was written to it. */
const SAVED = '.saved.duckdb';
const BOOKMARKS = '.bookmarks';

/** Where bookmarks of a document are kept. */
export function bookmarkFile(folder: string, id: string): string {
  return join(folder, id + BOOKMARKS);
}

/** The folder that documents live in; its files are readable by this user alone. */
export class DocumentCache {
  private constructor(readonly folder: string) {}

  /** Makes the folder where it is missing and removes what is part of no document, or of one in another form. */
  static async open(folder: string): Promise<DocumentCache> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const cache = new DocumentCache(folder);
    const known = new Set((await cache.list()).map(({ document }) => document.id));
    for (const file of await readdir(folder)) {
      const id = file.split('.', 1)[0] ?? '';
      if (OURS.test(file) && !known.has(id)) await rm(join(folder, file), { force: true });
    }
    await rm(cache.spillFolder, { recursive: true, force: true });
    return cache;
  }

  get spillFolder(): string {
    return join(this.folder, 'spill');
  }

  files(id: string): DocumentFiles {
    return {
      name: sqlName(id),
      lines: join(this.folder, id + DATABASE),
      text: join(this.folder, id + TEXT),
    };
  }

  /** The kept bytes of a paste. */
  async paste(id: string): Promise<Uint8Array> {
    return readFile(join(this.folder, id + PASTE));
  }

  /**
   * Puts the text of a document that was cut off aside, to be stored anew, and removes the rest of it but for its
   * manifest. Returns the file; null where there is no text. May be called again after it was cut off itself.
   */
  async saveText(id: string): Promise<string | null> {
    const saved = join(this.folder, id + SAVED);
    const text = join(this.folder, id + TEXT);
    // Its log of changes goes first: the file without it is older, the log without the file is nothing.
    if (!(await exists(saved)) && (await exists(text))) {
      if (await exists(`${text}.wal`)) await rename(`${text}.wal`, `${saved}.wal`);
      await rename(text, saved);
    }
    await this.removeStored(id);
    return (await exists(saved)) ? saved : null;
  }

  /** The document has been stored anew. */
  async dropSavedText(id: string): Promise<void> {
    for (const ending of [SAVED, `${SAVED}.wal`]) await rm(join(this.folder, id + ending), { force: true });
  }

  /** Removes the stored lines and text of a document that is to be read again. */
  async removeStored(id: string): Promise<void> {
    for (const ending of [DATABASE, `${DATABASE}.wal`, TEXT, `${TEXT}.wal`]) {
      await rm(join(this.folder, id + ending), { force: true });
    }
  }

  /** Keeps the original bytes of a paste beside its document. */
  async keepPaste(id: string, bytes: Uint8Array): Promise<void> {
    await writeFile(join(this.folder, id + PASTE), bytes, { mode: 0o600 });
  }

  /** Notes the state of a document: the one step that a restart goes by. */
  async note(manifest: Omit<Manifest, 'format'>): Promise<void> {
    const whole: Manifest = { format: FORMAT, ...manifest };
    const file = join(this.folder, manifest.document.id + MANIFEST);
    await writeFile(`${file}.part`, JSON.stringify(whole), { mode: 0o600 });
    await rename(`${file}.part`, file);
  }

  /** Documents, newest first. */
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
    await this.removeStored(id);
    await this.dropSavedText(id);
    for (const ending of [PASTE, BOOKMARKS, `${BOOKMARKS}.part`]) {
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

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

/** Names that this class gives; anything else in the folder is left alone. */
const OURS = /^[a-z0-9-]{1,64}\.(?:(?:text\.|saved\.)?duckdb(?:\.wal)?|txt|(?:json|bookmarks)(?:\.part)?)$/;
