import { randomBytes } from 'node:crypto';
import { AppError } from '../../contract/errors';
import type { LineList } from './line-list';

/** Memory for all lists together, in bytes: some lists of ten million lines. */
export const VIEW_BYTES = 160 * 1024 * 1024;

/** A list of lines of a document as it was at one length. */
export interface View {
  readonly id: string;
  readonly document: string;
  /** Length of the document, in lines, that the list was made of. */
  readonly lineCount: number;
  /** What the list was asked for with: the same question finds it again. */
  readonly question: string;
  readonly lines: LineList;
}

/** Keeps the lists that were used last, as many as fit into `limit` bytes, and the newest in any case. */
export class ViewStore {
  private readonly views = new Map<string, View>();
  private bytes = 0;

  constructor(private readonly limit = VIEW_BYTES) {}

  add(view: Omit<View, 'id'>): View {
    const kept = { ...view, id: randomBytes(12).toString('hex') };
    this.views.set(kept.id, kept);
    this.bytes += kept.lines.byteLength;
    for (const old of this.views.values()) {
      if (this.bytes <= this.limit || old === kept) break;
      this.remove(old);
    }
    return kept;
  }

  /** Throws `not-found` where the list is gone, or the document has shrunk to fewer lines than it was made of. */
  get(document: string, id: string, lineCount: number): View {
    const view = this.views.get(id);
    if (!view || view.document !== document || view.lineCount > lineCount) {
      throw new AppError('not-found', 'This list of lines is not kept any more. Filter or search again.');
    }
    this.use(view);
    return view;
  }

  /** The newest list that this question was answered with, whatever the document's length then. */
  find(document: string, question: string): View | null {
    const found = [...this.views.values()]
      .reverse()
      .find((view) => view.document === document && view.question === question);
    if (found) this.use(found);
    return found ?? null;
  }

  /** Drops what was made of more lines than a document has now: all of it, where it is closed. */
  removeLonger(document: string, lineCount: number): void {
    for (const view of [...this.views.values()]) {
      if (view.document === document && view.lineCount > lineCount) this.remove(view);
    }
  }

  /** A Map remembers the order, so the first entry is the longest unused. */
  private use(view: View): void {
    this.views.delete(view.id);
    this.views.set(view.id, view);
  }

  private remove(view: View): void {
    this.views.delete(view.id);
    this.bytes -= view.lines.byteLength;
  }
}
