import { resolve } from 'node:path';
import { readError } from '../file-bytes';
import type { Bytes, Warn } from '../log-source';
import { rotatedSet } from '../rotation';
import { Changes } from './changes';
import { fileIdentity, OpenLog } from './open-log';

export interface FollowOptions {
  readonly signal: AbortSignal;
  /** Is told of truncation, rotation that lost lines, a new file that can't be read. */
  readonly warn: Warn;
  /**
   * Which file `fromOffset` is of, as `fileIdentity` names it; the file that has the path now where it is left out.
   * Where that one was rotated meanwhile, its rest is looked for beside the path.
   */
  readonly identity?: string | null;
  /** Is told up to where which file has been handed on, in bytes as stored: from there another call may go on. */
  readonly onPosition?: (identity: string, offset: number) => void;
  /** Longest time between two looks, in milliseconds. */
  readonly pollMs?: number;
}

const POLL_MS = 1000;
/** How long a rotated file is still read after a new one has its name: its writer may hold it a little longer. */
const GRACE_MS = 250;

/**
 * Follows a log like `tail -F`: what is appended to it, then to the file that has its name after it was
 * rotated, truncated or made anew. A file that is not there yet is waited for. UTF-8 pieces of any length, line
 * ends between files; ends on the signal.
 * @param fromOffset in bytes as stored; what stands before it is not read
 */
export async function* followSource(
  path: string,
  fromOffset: number,
  { signal, warn, identity = null, onPosition, pollMs = POLL_MS }: FollowOptions,
): Bytes {
  const absolute = resolve(path);
  const changes = new Changes(absolute, signal);
  const opener = new Opener(absolute, warn);
  let log: OpenLog | null = null;
  let replacedAt = 0;
  try {
    log = await openFirst(absolute, fromOffset, identity, opener, warn);
    while (!signal.aborted) {
      if (log === null) log = await opener.open(0);
      if (log !== null) {
        for await (const bytes of log.appended()) {
          yield bytes;
          onPosition?.(log.identity, log.offset);
          if (signal.aborted) return;
        }
        if (await log.wasTruncated()) {
          warn('The log was truncated; it is followed from its start.');
          yield log.lineEnd();
          continue;
        }
        const now = await fileIdentity(absolute);
        if (now === null || now === log.identity) replacedAt = 0;
        else if (replacedAt === 0) replacedAt = performance.now();
        else if (performance.now() - replacedAt >= GRACE_MS) {
          const next = await opener.open(0);
          if (next !== null) {
            // What was written between the last look and now.
            yield* log.appended();
            yield log.lineEnd();
            await log.close();
            log = next;
            replacedAt = 0;
            continue;
          }
        }
      }
      await changes.next(replacedAt > 0 ? GRACE_MS : pollMs);
    }
  } finally {
    changes.close();
    await log?.close();
  }
}

/** Opens the file that was read up to `offset`, under the name that it has now. */
async function openFirst(
  path: string,
  offset: number,
  identity: string | null,
  opener: Opener,
  warn: Warn,
): Promise<OpenLog | null> {
  if (identity === null || identity === (await fileIdentity(path))) return opener.open(offset);
  const siblings = await rotatedSet(path, () => {}).catch(() => []);
  for (const sibling of siblings.reverse()) {
    if ((await fileIdentity(sibling)) === identity) return OpenLog.open(sibling, offset);
  }
  warn('The log was rotated meanwhile and its last lines were not found; it goes on with the new file.');
  return opener.open(0);
}

/** Opens the file of a path where it is there, and says once why it can't be read where it is. */
class Opener {
  private saidWhy = '';

  constructor(
    private readonly path: string,
    private readonly warn: Warn,
  ) {}

  async open(offset: number): Promise<OpenLog | null> {
    try {
      const log = await OpenLog.open(this.path, offset);
      this.saidWhy = '';
      return log;
    } catch (thrown) {
      const { kind, message } = readError(thrown, this.path);
      if (kind !== 'not-found' && message !== this.saidWhy) {
        this.saidWhy = message;
        this.warn(`${message} It is tried again.`);
      }
      return null;
    }
  }
}
