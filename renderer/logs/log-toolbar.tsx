import {
  ArrowDownToLine,
  ChartColumn,
  CircleHelp,
  Clock,
  ListFilter,
  ListOrdered,
  Search,
  WrapText,
} from 'lucide-react';
import type { LogDocument } from '../../engine/contract/logs';
import { IconButton } from '../ui/button';
import { canFollow, toggleFollow } from './list/run-action';
import { toggleOption, useLogOptions } from './log-options';
import { closeSearch, openSearch } from './view-actions';
import { useLogView } from './view-store';

interface LogToolbarProps {
  readonly document: LogDocument;
  readonly filtering: boolean;
  readonly onFilter: () => void;
  readonly onGoTo: () => void;
  readonly onHelp: () => void;
}

const ICON = { size: 15, 'aria-hidden': true } as const;

/** Ways to look at the lines. Each has a key too; `?` lists them. */
export function LogToolbar({ document, filtering, onFilter, onGoTo, onHelp }: LogToolbarProps) {
  const { id, state, lineCount } = document;
  const searching = useLogView(id, (view) => view.search.open);
  const filtered = useLogView(id, (view) => view.list !== null);
  const { wrap, times, histogram } = useLogOptions();
  return (
    <div className="log-tools" role="toolbar" aria-label="Lines" data-state={state}>
      <IconButton
        label="Search"
        keys="/ or Ctrl+F"
        icon={<Search {...ICON} />}
        aria-pressed={searching}
        disabled={lineCount === 0}
        onClick={() => (searching ? closeSearch(id) : openSearch(id))}
      />
      <IconButton
        label="Filter"
        icon={<ListFilter {...ICON} />}
        aria-pressed={filtering}
        data-on={filtered || undefined}
        onClick={onFilter}
      />
      <IconButton
        label="Histogram"
        keys="I"
        icon={<ChartColumn {...ICON} />}
        aria-pressed={histogram}
        onClick={() => toggleOption('histogram')}
      />
      <IconButton
        label="Wrap lines"
        icon={<WrapText {...ICON} />}
        aria-pressed={wrap}
        onClick={() => toggleOption('wrap')}
      />
      <IconButton
        label="Time of each line"
        icon={<Clock {...ICON} />}
        aria-pressed={times}
        disabled={document.time === null}
        onClick={() => toggleOption('times')}
      />
      <IconButton
        label="Go to line or time"
        keys=": or Ctrl+G"
        icon={<ListOrdered {...ICON} />}
        disabled={lineCount === 0}
        onClick={onGoTo}
      />
      <IconButton
        label="Follow the file"
        keys="Shift+F"
        icon={<ArrowDownToLine {...ICON} />}
        aria-pressed={state === 'following'}
        disabled={!canFollow(document)}
        onClick={() => toggleFollow(document)}
      />
      <IconButton label="Keys" keys="?" icon={<CircleHelp {...ICON} />} onClick={onHelp} />
    </div>
  );
}
