import { X } from 'lucide-react';
import type { LogDocument } from '../../../engine/contract/logs';
import { IconButton } from '../../ui/button';
import { LineButton } from '../line-button';
import { setBookmark, useBookmarks } from './bookmarks-store';

/** Lines that the person marked, each with a note. */
export function BookmarksPanel({ document }: { readonly document: LogDocument }) {
  const { id } = document;
  const bookmarks = useBookmarks(id);
  if (bookmarks.length === 0)
    return (
      <p className="panel-note dim">
        No line is bookmarked. <kbd>M</kbd> marks the current line, <kbd>U</kbd> goes to the next one.
      </p>
    );
  return (
    <div className="panel-body">
      <ul className="bookmarks">
        {bookmarks.map(({ line, note }) => (
          <li key={line}>
            <LineButton documentId={id} line={line} />
            <input
              // What came from elsewhere replaces what stands here.
              key={note}
              className="field grow"
              aria-label={`Note on line ${line}`}
              placeholder="Note"
              maxLength={500}
              defaultValue={note}
              onBlur={(event) => {
                if (event.target.value !== note) void setBookmark(id, line, event.target.value);
              }}
              onKeyDown={(event) => {
                if (event.key === 'Enter' && !event.nativeEvent.isComposing) event.currentTarget.blur();
              }}
            />
            <IconButton
              label={`Remove bookmark of line ${line}`}
              icon={<X size={13} aria-hidden="true" />}
              onClick={() => void setBookmark(id, line, null)}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}
