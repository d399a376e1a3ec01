import { memo } from 'react';
import type { LogLine } from '../../engine/contract/logs';
import { visibleText } from '../ui/visible-text';
import { SeverityMark } from './severity-mark';

interface LogRowProps {
  readonly id: string;
  readonly number: number;
  readonly offset: number;
  /** Undefined while its block is on the way. */
  readonly line: LogLine | undefined;
  readonly current: boolean;
  readonly highlighted: boolean;
  readonly onSelect: (line: number) => void;
}

/** One line. The list around it takes the keys and says which row is current. */
export const LogRow = memo(function LogRow(props: LogRowProps) {
  const { id, number, offset, line, current, highlighted, onSelect } = props;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid moves the current row by keyboard
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus and names its active descendant
    // biome-ignore lint/a11y/useSemanticElements: rows are placed by offset, which table rows cannot be
    <div
      role="row"
      id={id}
      className="log-row"
      style={{ transform: `translateY(${offset}px)` }}
      aria-rowindex={number}
      aria-selected={current}
      data-line={number}
      data-highlighted={highlighted ? true : undefined}
      data-severity={line?.severity}
      onClick={() => onSelect(number)}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: as above */}
      <span role="rowheader" className="log-gutter">
        <span className="log-number">{number}</span>
        {line ? <SeverityMark severity={line.severity} /> : <span className="severity" />}
      </span>
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: as above */}
      <span role="gridcell" className="log-text">
        {line ? visibleText(line.text) : <span className="log-placeholder" />}
      </span>
    </div>
  );
});
