import { type FSWatcher, watch } from 'node:fs';
import { basename, dirname } from 'node:path';

/** Least time between two looks, in milliseconds: a log that is written to all the time is read in larger parts. */
const SETTLE_MS = 40;

/**
 * Tells when a file may have changed. The system's notices about its folder come at once, where they come;
 * network drives and overfull queues have none, so waiting has an end.
 */
export class Changes {
  private watcher: FSWatcher | null = null;
  private noticed = false;
  private wake: () => void = () => {};

  constructor(
    private readonly path: string,
    private readonly signal: AbortSignal,
  ) {
    this.listen();
  }

  /** Waits for a notice since the last wait, for at most `ms`, or for the signal. */
  async next(ms: number): Promise<void> {
    this.listen();
    await this.sleep(SETTLE_MS, false);
    if (!this.noticed) await this.sleep(ms - SETTLE_MS, true);
    this.noticed = false;
  }

  close(): void {
    this.watcher?.close();
    this.watcher = null;
  }

  private async sleep(ms: number, untilNotice: boolean): Promise<void> {
    if (this.signal.aborted) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.signal.removeEventListener('abort', done);
        this.wake = () => {};
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.signal.addEventListener('abort', done);
      if (untilNotice) this.wake = done;
    });
  }

  /** The folder is watched and not the file, which is another one after it was rotated, or is not there yet. */
  private listen(): void {
    if (this.watcher !== null) return;
    const name = basename(this.path);
    try {
      this.watcher = watch(dirname(this.path), { persistent: false }, (_, changed) => {
        if (changed !== null && changed !== name) return;
        this.noticed = true;
        this.wake();
      });
      // The folder is gone: looking goes on, and watching once it is there again.
      this.watcher.on('error', () => this.close());
    } catch {
      // No notices for this folder.
    }
  }
}
