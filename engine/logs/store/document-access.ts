import type { LogDocument } from '../../contract/logs';
import type { DocumentReader } from './document-reader';

/** What handlers need to answer questions about open documents. */
export interface DocumentAccess {
  /** The document as it is now; it grows while it is read or followed. Throws `not-found` where it is not open. */
  document(id: string): Promise<LogDocument>;
  /** Asks `question` of the document's reader, which stays open meanwhile. */
  read<T>(id: string, question: (reader: DocumentReader) => Promise<T>): Promise<T>;
  /** The file that bookmarks of a document are kept in; it goes with the document. */
  bookmarkFile(id: string): string;
  /** Calls back when a document has been closed or has grown: what was kept of it is out of date. */
  onChange(listener: (id: string) => void): void;
}
