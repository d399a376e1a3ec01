import type { LogSourceInfo } from '../../contract/logs';

/** Bytes handed on at once. Small enough that work on one piece never holds the event loop for 100 ms. */
export const PIECE_BYTES = 128 * 1024;

/** Bytes in the order of the log: decompressed, and UTF-8 but for broken sequences. */
export interface LogPiece {
  readonly bytes: Uint8Array;
  /**
   * Place in `sources` of all lines of the piece, or of each line, where several logs are merged by time. With
   * several sources the last piece of each ends at a line end, and merged pieces all do.
   */
  readonly source: number | Uint8Array;
}

/** Where a log's bytes come from: a file, rotated files in a row, several files merged by time, a stream. */
export interface LogSource {
  readonly name: string;
  /** Absolute path of the one file that it is; null for several, for pastes and streams. */
  readonly path: string | null;
  readonly sources: readonly LogSourceInfo[];
  /** Bytes as they are stored (compressed ones are few), 0 where that is not known before reading. */
  readonly bytesTotal: number;
  /** How many of those have been read so far. */
  readonly bytesDone: number;
  /** To be read once. */
  readonly pieces: AsyncIterable<LogPiece>;
  /** Things noticed while reading; complete once `pieces` has ended. */
  readonly warnings: readonly string[];
  /** Form of the original where the bytes are its decoded copy (journald's export); null until read, or none. */
  readonly decodedFrom: string | null;
}

/** Bytes of one file or stream. */
export type Bytes = AsyncIterable<Uint8Array>;
/** Tells the person something about what is being read. */
export type Warn = (warning: string) => void;
