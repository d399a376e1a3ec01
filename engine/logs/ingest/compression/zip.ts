import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { type Entry, open, type ZipFile } from 'yauzl';
import { AppError } from '../../../contract/errors';
import type { Bytes } from '../log-source';
import { Damage } from './damage';
import { chunksBeforeError } from './stream-chunks';

/** Names of members that a message lists. */
const NAMES_SHOWN = 5;

/**
 * Unpacks a zip archive that holds one file. Its directory stands at the end, so it is read from a path and
 * not from a stream.
 */
export async function* unzip(path: string, name: string): Bytes {
  const archive = await openArchive(path, name);
  try {
    const files = await filesIn(archive, name);
    const [file, ...others] = files;
    if (file === undefined) throw new AppError('unreadable', `${name} is a zip archive without a file.`);
    if (others.length > 0) {
      const names = files.slice(0, NAMES_SHOWN).map(({ fileName }) => fileName);
      const more = files.length > NAMES_SHOWN ? ', …' : '';
      throw new AppError(
        'unreadable',
        `${name} is a zip archive of ${files.length} files (${names.join(', ')}${more}). Unpack it, then open one of them.`,
      );
    }
    if (file.isEncrypted()) {
      throw new AppError('unreadable', `${name} is protected by a password. Unpack it, then open the log.`);
    }
    const stream = await promisify(archive.openReadStream.bind(archive) as OpenReadStream)(file);
    try {
      yield* chunksBeforeError(stream);
    } catch (thrown) {
      throw new Damage('corrupt', String(thrown));
    }
  } finally {
    archive.close();
  }
}

type OpenReadStream = (entry: Entry, done: (thrown: Error | null, stream: Readable) => void) => void;

async function openArchive(path: string, name: string): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    open(path, { lazyEntries: true, autoClose: false }, (thrown, archive) => {
      if (!thrown) return resolve(archive);
      reject(
        new AppError(
          'unreadable',
          `${name} is a zip archive whose directory can't be read. It may be cut off: fetch it again.`,
          String(thrown),
        ),
      );
    });
  });
}

/** Members that are files; folders and macOS's shadow entries are not. */
async function filesIn(archive: ZipFile, name: string): Promise<Entry[]> {
  return new Promise((resolve, reject) => {
    const files: Entry[] = [];
    archive.on('entry', (entry: Entry) => {
      if (!entry.fileName.endsWith('/') && !entry.fileName.startsWith('__MACOSX/')) files.push(entry);
      archive.readEntry();
    });
    archive.on('end', () => resolve(files));
    archive.on('error', (thrown) =>
      reject(new AppError('unreadable', `${name} is a damaged zip archive.`, String(thrown))),
    );
    archive.readEntry();
  });
}
