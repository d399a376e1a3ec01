import type { DocumentAccess } from '../store/document-access';
import { BookmarkFile } from './bookmarks';
import { Limiter } from './limiter';
import type { LogStates } from './log-state';
import { ViewStore } from './view-store';

/** Long questions that run at once. Node has four threads for such work, and short calls need one too. */
const LONG_QUESTIONS = 2;

/** What the handlers of views share. */
export interface ViewContext {
  readonly access: DocumentAccess;
  readonly states: LogStates;
  readonly views: ViewStore;
  readonly limiter: Limiter;
  readonly bookmarks: Bookmarks;
}

export function createViewContext(access: DocumentAccess, states: LogStates): ViewContext {
  const views = new ViewStore();
  const bookmarks = new Bookmarks(access);
  access.onChange((id) => {
    access.document(id).then(
      // Read anew from its start, it is shorter for a while.
      ({ lineCount }) => views.removeLonger(id, lineCount),
      () => {
        views.removeLonger(id, -1);
        bookmarks.forget(id);
      },
    );
  });
  return { access, states, views, bookmarks, limiter: new Limiter(LONG_QUESTIONS) };
}

/** Bookmark files by document, one object each so that writes take turns. */
class Bookmarks {
  private readonly files = new Map<string, BookmarkFile>();

  constructor(private readonly access: DocumentAccess) {}

  of(id: string): BookmarkFile {
    const file = this.files.get(id) ?? new BookmarkFile(this.access.bookmarkFile(id));
    this.files.set(id, file);
    return file;
  }

  forget(id: string): void {
    this.files.delete(id);
  }
}
