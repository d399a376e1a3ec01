import type { LogDatabase } from './database';

/** The two database files of a document and the names that they are attached under. */
export interface DocumentFiles {
  /** Name in SQL of lines, shapes and patterns, and of `blocks`, which is a view of the text. */
  readonly name: string;
  readonly lines: string;
  /** Text has a file of its own as its rows are a thousand times larger, and so their row groups are small. */
  readonly text: string;
}

/** Lines in one row group: DuckDB's usual number. */
export const LINE_ROWS = 122_880;

/**
 * Blocks of text in one row group. DuckDB holds a whole row group while it writes a checkpoint, and its
 * usual 122,880 blocks would be gigabytes.
 */
export const BLOCK_ROWS = 2048;

/** The name is part of the stored view, so it is the same each time. */
export function sqlName(id: string): string {
  return `log_${id.replaceAll('-', '_')}`;
}

export function textName(name: string): string {
  return `${name}_text`;
}

export async function attachForWriting(database: LogDatabase, files: DocumentFiles): Promise<void> {
  await attachBoth(database, files, `ROW_GROUP_SIZE ${LINE_ROWS}`, `ROW_GROUP_SIZE ${BLOCK_ROWS}`);
}

export async function attachForReading(database: LogDatabase, files: DocumentFiles): Promise<void> {
  await attachBoth(database, files, 'READ_ONLY', 'READ_ONLY');
}

export async function detachBoth(database: LogDatabase, name: string): Promise<void> {
  try {
    await database.detach(name);
  } finally {
    await database.detach(textName(name));
  }
}

type AttachOptions = Parameters<LogDatabase['attach']>[2];

async function attachBoth(
  database: LogDatabase,
  { name, lines, text }: DocumentFiles,
  forLines: AttachOptions,
  forText: AttachOptions,
): Promise<void> {
  await database.attach(textName(name), text, forText);
  try {
    await database.attach(name, lines, forLines);
  } catch (thrown) {
    await database.detach(textName(name));
    throw thrown;
  }
}
