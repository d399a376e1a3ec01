import type { LogDocument } from '../../engine/contract/logs';
import { formatCount } from '../ui/format';
import { useBookmarks } from './bookmarks/bookmarks-store';
import { changeView, PANEL_TITLES, PANELS, togglePanel, useLogView } from './view-store';

interface PanelTabsProps {
  readonly document: LogDocument;
  /** Lines and panel are not side by side; the lines are one of the tabs then. */
  readonly turns: boolean;
}

/** Buttons for what can stand beside the lines. */
export function PanelTabs({ document, turns }: PanelTabsProps) {
  const { id } = document;
  const panel = useLogView(id, (view) => view.panel);
  const front = useLogView(id, (view) => view.front);
  const related = useLogView(id, (view) => view.related);
  const bookmarks = useBookmarks(id);
  const shown = PANELS.filter((name) => name !== 'related' || related !== null || panel === name);
  return (
    <fieldset className="panel-tabs" aria-label="Views">
      {turns && (
        <button
          type="button"
          aria-pressed={panel === null || front === 'lines'}
          onClick={() => changeView(id, { front: 'lines' })}
        >
          Lines
        </button>
      )}
      {shown.map((name) => (
        <button
          key={name}
          type="button"
          aria-pressed={panel === name && (!turns || front === 'panel')}
          onClick={() => (turns ? changeView(id, { panel: name, front: 'panel' }) : togglePanel(id, name))}
        >
          {PANEL_TITLES[name]}
          {name === 'patterns' && <span className="dim"> {formatCount(document.patternCount)}</span>}
          {name === 'bookmarks' && bookmarks.length > 0 && <span className="dim"> {bookmarks.length}</span>}
        </button>
      ))}
    </fieldset>
  );
}
