import type { LogRow } from '../../../engine/contract/log-views';
import type { LineRange } from './window-model';

export const BLOCK_LINES = 500;
/** 40 blocks of 500 lines: a few MB of text, and many screens in either direction. */
const MAX_BLOCKS = 40;
/** While someone drags the scroll bar, blocks that were passed are never asked for. */
const MAX_RUNNING = 2;

export type FetchRows = (from: number, count: number) => Promise<readonly LogRow[]>;

/**
 * The rows of one list that are in the window, in blocks, least recently used dropped first.
 * `want` says what is visible now; only blocks that are still wanted when a request ends are asked for.
 */
export class PageCache {
  readonly #blocks = new Map<number, readonly LogRow[]>();
  readonly #running = new Set<number>();
  readonly #failed = new Set<number>();
  readonly #listeners = new Set<() => void>();
  #wanted: LineRange = { first: 1, last: 0 };
  #version = 0;
  /** Length of the list, and what it was when each block was asked for. */
  #total = 0;
  readonly #askedAt = new Map<number, number>();

  constructor(
    private readonly fetchRows: FetchRows,
    private readonly onError: (thrown: unknown) => void,
  ) {}

  /** For `useSyncExternalStore`: changes when lines arrive. */
  readonly version = (): number => this.#version;
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  row(number: number): LogRow | undefined {
    const block = Math.floor((number - 1) / BLOCK_LINES);
    return this.#blocks.get(block)?.[(number - 1) % BLOCK_LINES];
  }

  /** The list has this many rows now. A last block that was not full is asked for anew, and shown until then. */
  grow(total: number): void {
    this.#total = total;
    this.#failed.clear();
    this.#pump();
  }

  /** It is full, or was asked for when the list was as long as now. */
  #isCurrent(block: number): boolean {
    const rows = this.#blocks.get(block);
    return rows !== undefined && (rows.length === BLOCK_LINES || this.#askedAt.get(block) === this.#total);
  }

  want(range: LineRange): void {
    this.#wanted = range;
    for (const block of this.#wantedBlocks()) {
      const lines = this.#blocks.get(block);
      if (!lines) continue;
      // A Map keeps insertion order: moving a used block to the end makes the first one the oldest.
      this.#blocks.delete(block);
      this.#blocks.set(block, lines);
    }
    this.#pump();
  }

  #wantedBlocks(): number[] {
    const { first, last } = this.#wanted;
    const blocks: number[] = [];
    for (let block = Math.floor((first - 1) / BLOCK_LINES); block * BLOCK_LINES < last; block++)
      blocks.push(block);
    return blocks;
  }

  #pump(): void {
    for (const block of this.#wantedBlocks()) {
      if (this.#running.size >= MAX_RUNNING) return;
      if (this.#isCurrent(block) || this.#running.has(block) || this.#failed.has(block)) continue;
      this.#running.add(block);
      const total = this.#total;
      this.fetchRows(block * BLOCK_LINES + 1, BLOCK_LINES)
        .then(
          (rows) => {
            this.#askedAt.set(block, total);
            this.#store(block, rows);
          },
          (thrown: unknown) => {
            // Asking again at once would repeat the failure for as long as the lines are visible.
            this.#failed.add(block);
            this.onError(thrown);
          },
        )
        .finally(() => {
          this.#running.delete(block);
          this.#pump();
        });
    }
  }

  #store(block: number, rows: readonly LogRow[]): void {
    this.#blocks.set(block, rows);
    const oldest = this.#blocks.keys().next();
    if (this.#blocks.size > MAX_BLOCKS && !oldest.done) this.#blocks.delete(oldest.value);
    this.#version++;
    for (const listener of this.#listeners) listener();
  }
}
