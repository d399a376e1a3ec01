import type { Following } from './document-ingest';
import { followSource } from './ingest/follow/follow-source';
import type { LogPiece, LogSource } from './ingest/log-source';

/** A file that is followed. */
export interface FollowTarget {
  readonly path: string;
  /** Which file that was when reading it began; it may have been rotated since. */
  readonly identity: string | null;
  /** From where on, in bytes as stored; from where its source ended unless given. */
  readonly offset?: number;
}

export interface FollowPosition {
  readonly identity: string;
  readonly offset: number;
}

/** What is appended to a file behind what a source has given of it. */
export class FollowedLines implements Following {
  readonly warnings: string[] = [];
  bytes = 0;

  constructor(
    private readonly target: FollowTarget,
    private readonly source: LogSource,
    private readonly signal: AbortSignal,
    private readonly on: {
      readonly onBegin: () => Promise<void>;
      readonly onPosition: (position: FollowPosition) => void;
    },
  ) {}

  onBegin(): Promise<void> {
    return this.on.onBegin();
  }

  async *pieces(): AsyncIterable<LogPiece> {
    const { path, identity, offset = this.source.bytesDone } = this.target;
    const appended = followSource(path, offset, {
      signal: this.signal,
      identity,
      warn: (warning) => this.warnings.push(warning),
      onPosition: (file, position) => this.on.onPosition({ identity: file, offset: position }),
    });
    for await (const bytes of appended) {
      this.bytes += bytes.length;
      yield { bytes, source: 0 };
    }
  }
}
