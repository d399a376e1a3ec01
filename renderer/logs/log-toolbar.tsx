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
import { useKeyHint } from '../actions/use-keys';
import { IconButton } from '../ui/button';
import { canFollow, toggleFollow } from './follow';
import { toggleOption, useLogOptions } from './log-options';
import { closeSearch, openSearch } from './view-actions';
import { changeView, useLogView } from './view-store';

const ICON = { size: 15, 'aria-hidden': true } as const;

/** Ways to look at the lines. Each has a key too; `?` lists them. */
export function LogToolbar({ document }: { readonly document: LogDocument }) {
  const { id, state, lineCount } = document;
  const searching = useLogView(id, (view) => view.search.open);
  const filtering = useLogView(id, (view) => view.filtering);
  const filtered = useLogView(id, (view) => view.list !== null);
  const { wrap, times, histogram } = useLogOptions();
  return (
    <div className="log-tools" role="toolbar" aria-label="Lines" data-state={state}>
      <IconButton
        label="Search"
        keys={useKeyHint('log.search')}
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
        onClick={() => changeView(id, { filtering: !filtering })}
      />
      <IconButton
        label="Histogram"
        keys={useKeyHint('log.histogram')}
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
        keys={useKeyHint('log.goTo')}
        icon={<ListOrdered {...ICON} />}
        disabled={lineCount === 0}
        onClick={() => changeView(id, { asking: true })}
      />
      <IconButton
        label="Follow the file"
        keys={useKeyHint('log.follow')}
        icon={<ArrowDownToLine {...ICON} />}
        aria-pressed={state === 'following'}
        disabled={!canFollow(document)}
        onClick={() => toggleFollow(document)}
      />
      <IconButton
        label="Keys"
        keys={useKeyHint('log.help')}
        icon={<CircleHelp {...ICON} />}
        onClick={() => changeView(id, { helping: true })}
      />
    </div>
  );
}
