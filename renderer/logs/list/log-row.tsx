import { Bookmark as BookmarkIcon } from 'lucide-react';
import { type MouseEvent, memo } from 'react';
import type { LogRow as Row } from '../../../engine/contract/log-views';
import { formatTime } from '../log-time';
import { LineText } from '../search/line-text';
import type { Marker } from '../search/text-marks';
import { SeverityMark } from '../severity-mark';

interface LogRowProps {
  readonly id: string;
  /** Place in the list that is shown. */
  readonly row: number;
  readonly offset: number;
  /** Undefined while its block is on the way. */
  readonly line: Row | undefined;
  readonly current: boolean;
  readonly selected: boolean;
  readonly highlighted: boolean;
  readonly bookmarked: boolean;
  /** The record goes on in the next row. */
  readonly joined: boolean;
  /** Name of its source; null where the log has one only. */
  readonly source: string | null;
  readonly times: boolean;
  readonly marker: Marker | null;
  readonly onPress: (row: number, event: MouseEvent) => void;
  readonly onWhole: (row: number) => void;
}

/** One line. The list around it takes the keys and says which row is current. */
export const LogRow = memo(function LogRow(props: LogRowProps) {
  const { id, row, offset, line, current, selected, highlighted, bookmarked, joined, source, times } = props;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus and names its active descendant
    // biome-ignore lint/a11y/useSemanticElements: rows are placed by offset, which table rows cannot be
    <div
      role="row"
      id={id}
      className="log-row"
      style={{ transform: `translateY(${offset}px)` }}
      aria-rowindex={row}
      aria-selected={selected}
      data-row={row}
      data-line={line?.number}
      data-waiting={line ? undefined : ''}
      data-current={current || undefined}
      data-highlighted={highlighted ? true : undefined}
      data-severity={line?.severity}
      data-continues={line?.continues || undefined}
      data-joined={joined || undefined}
      onMouseDown={(event) => props.onPress(row, event)}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: as above */}
      <span role="rowheader" className="log-gutter">
        <span className="log-bookmark">
          {bookmarked && <BookmarkIcon size={11} fill="currentColor" aria-label="Bookmarked" />}
        </span>
        <span className="log-number">{line?.number ?? ''}</span>
        {line ? <SeverityMark severity={line.severity} /> : <span className="severity" />}
      </span>
      {source !== null && (
        // biome-ignore lint/a11y/useSemanticElements: as above
        // biome-ignore lint/a11y/useFocusableInteractive: as above
        <span role="gridcell" className="log-source" title={source}>
          {source}
        </span>
      )}
      {times && (
        // biome-ignore lint/a11y/useSemanticElements: as above
        // biome-ignore lint/a11y/useFocusableInteractive: as above
        <span role="gridcell" className="log-time">
          {line?.time != null ? formatTime(line.time) : ''}
        </span>
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: as above */}
      <span role="gridcell" className="log-text">
        {line ? (
          <LineText text={line.text} marker={props.marker} onWhole={() => props.onWhole(row)} />
        ) : (
          <span className="log-placeholder" />
        )}
      </span>
    </div>
  );
});
