import { chmodSync, closeSync, existsSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Libsql from 'libsql';
import { AppError } from '../../engine/contract/errors';
import { migrations } from './migrations';

type Connection = InstanceType<typeof Libsql>;
type Value = string | number | null;

declare const reads: unique symbol;
declare const writes: unique symbol;

/**
 * A database that a function may only read, or also write: the parameter's type shows which. Both are
 * the same connection; a writable one is accepted wherever a readable one is asked for.
 */
export interface ReadDb {
  readonly [reads]: true;
  all(sql: string, ...values: Value[]): unknown[];
  get(sql: string, ...values: Value[]): unknown;
}
export interface WriteDb extends ReadDb {
  readonly [writes]: true;
  /** Returns the row id of an insert. */
  run(sql: string, ...values: Value[]): number;
  exec(sql: string): void;
  transaction<T>(work: () => T): T;
  /**
   * Leaves nothing on the disk of what was deleted: the file is written anew, its log emptied, and the copies that were
   * made before migrations are removed. Takes about a second for 100 MB; not inside a transaction.
   */
  scrub(): void;
}

export interface OpenedDatabase {
  readonly db: WriteDb;
  /** Set when the file could not be used: says where it was kept. */
  readonly notice: string | null;
  close(): void;
}

/**
 * Opens the app's database and brings it up to date. A damaged file is kept beside the new one and
 * never deleted; a file that a newer version of the app has written is left alone and refused.
 */
export function openDatabase(path: string): OpenedDatabase {
  try {
    return { ...connect(path), notice: null };
  } catch (error) {
    if (!isDamage(error)) throw error;
  }
  const keptAs = moveAside(path);
  return {
    ...connect(path),
    notice:
      `The file with your conversations is damaged and could not be read. It was kept as ${keptAs}, ` +
      'and a new, empty one was started. Nothing else is affected.',
  };
}

function connect(path: string): { db: WriteDb; close(): void } {
  // Created here so that it never exists with wider rights; SQLite gives its side files the same ones.
  closeSync(openSync(path, 'a', 0o600));
  chmodSync(path, 0o600);
  const connection = new Libsql(path, { timeout: 5000 });
  try {
    const db = wrap(connection, path);
    db.get('PRAGMA journal_mode = WAL');
    // With WAL, NORMAL survives a crash of the app whole; only a power cut may lose the last moments.
    db.exec('PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;');
    // What is deleted or overwritten is zeroed in its page, and no copy of it is made in files of the system's own.
    db.get('PRAGMA secure_delete = ON');
    db.exec('PRAGMA temp_store = MEMORY');
    const check = db.get('PRAGMA quick_check(1)') as { quick_check?: string } | undefined;
    if (check?.quick_check !== 'ok') throw new Damage(check?.quick_check);
    migrate(db, path);
    const close = () => {
      // libsql leaves the log behind at close; folded in, one file is the whole of it.
      db.get('PRAGMA wal_checkpoint(TRUNCATE)');
      connection.close();
    };
    return { db, close };
  } catch (error) {
    connection.close();
    throw error;
  }
}

function migrate(db: WriteDb, path: string): void {
  const { user_version: version } = db.get('PRAGMA user_version') as { user_version: number };
  if (version > migrations.length) {
    throw new AppError(
      'unreadable',
      'Your conversations were saved by a newer version of Sigma Ops. They were left as they are; ' +
        'start that version, or another one with --user-data-dir=FOLDER.',
    );
  }
  if (version > 0 && version < migrations.length) backUp(db, `${path}${BACKUP}${version}`);
  for (const [index, migration] of migrations.entries()) {
    if (index < version) continue;
    db.transaction(() => {
      db.exec(migration.sql);
      db.exec(`PRAGMA user_version = ${index + 1}`);
    });
  }
}

/** Stands between the file's name and the version that a copy was made of. */
const BACKUP = '.before-migration-of-';

/** A copy of the whole, in the form that the older version reads. One of the same version is replaced. */
function backUp(db: WriteDb, copy: string): void {
  try {
    rmSync(copy, { force: true });
    // SQLite writes into an empty file, which is its owner's only.
    closeSync(openSync(copy, 'wx', 0o600));
    db.run('VACUUM INTO ?', copy);
  } catch (error) {
    rmSync(copy, { force: true });
    throw new AppError(
      'unreadable',
      `Your conversations have to be brought into a new form, and no copy could be made first (${error instanceof Error ? error.message : error}). ` +
        `They were left as they are. Make room in ${dirname(copy)} and start Sigma Ops again.`,
    );
  }
}

function removeBackups(path: string): void {
  for (const name of readdirSync(dirname(path))) {
    if (name.startsWith(basename(path) + BACKUP)) rmSync(join(dirname(path), name), { force: true });
  }
}

function wrap(connection: Connection, path: string): WriteDb {
  const db: Omit<WriteDb, typeof reads | typeof writes> = {
    all: (sql, ...values) => connection.prepare(sql).all(...values),
    get: (sql, ...values) => connection.prepare(sql).get(...values),
    run: (sql, ...values) => Number(connection.prepare(sql).run(...values).lastInsertRowid),
    exec: (sql) => {
      connection.exec(sql);
    },
    transaction: (work) =>
      connection.inTransaction
        ? work()
        : (connection.transaction(work).immediate() as ReturnType<typeof work>),
    scrub: () => {
      db.exec('VACUUM');
      db.get('PRAGMA wal_checkpoint(TRUNCATE)');
      removeBackups(path);
    },
  };
  return db as WriteDb;
}

class Damage extends Error {}

/** SQLite's words for a file that is no database or has broken pages. */
function isDamage(error: unknown): boolean {
  return (
    error instanceof Damage ||
    (error instanceof Error && /malformed|not a database|SQLITE_(?:CORRUPT|NOTADB)/iu.test(error.message))
  );
}

function moveAside(path: string): string {
  const stamp = new Date().toISOString().replace(/[:.]/gu, '-');
  const keptAs = `${path}.broken-${stamp}`;
  for (const side of ['', '-wal', '-shm']) {
    if (existsSync(path + side)) renameSync(path + side, keptAs + side);
  }
  return keptAs;
}
