import {
  Bookmark,
  Copy,
  Eye,
  EyeOff,
  Filter,
  FilterX,
  ListOrdered,
  Network,
  StepBack,
  StepForward,
  TextSearch,
  WrapText,
} from 'lucide-react';
import type { LogRow } from '../../../engine/contract/log-views';
import { call } from '../../bridge';
import type { MenuItem } from '../../ui/menu';
import { notify, notifyError } from '../../ui/notices';
import { toggleBookmark } from '../bookmarks/bookmarks-store';
import { type Filter as LogFilter, withPatterns, withQuery } from '../filters/filter-model';
import { applyFilter, showInWholeLog } from '../view-actions';
import { changeView, showPanel, viewOf } from '../view-store';

interface RowMenuProps {
  readonly id: string;
  readonly line: LogRow | undefined;
  /** Rows that are selected. */
  readonly selected: number;
  readonly bookmarked: boolean;
  readonly filtered: boolean;
  readonly copy: (numbered: boolean) => void;
  readonly showWhole: () => void;
}

const ICON = { size: 14, 'aria-hidden': true } as const;
/** Longer selections are passages, not something to look for. */
const MOST_SELECTED = 200;

/** What can be done with a line. */
export function rowMenu(props: RowMenuProps): MenuItem[][] {
  const { id, line, selected, bookmarked, filtered, copy, showWhole } = props;
  if (!line) return [];
  const lines = selected === 1 ? 'line' : `${selected.toLocaleString('en')} lines`;
  const text = getSelection()?.toString() ?? '';
  return [
    [
      ...(text === ''
        ? []
        : [
            {
              label: 'Copy selected text',
              icon: <Copy {...ICON} />,
              run: () => void call('clipboard.write', { text }).catch(notifyError),
            },
          ]),
      {
        label: `Copy ${lines}`,
        icon: <Copy {...ICON} />,
        ...(text === '' ? { keys: 'Ctrl+C' } : {}),
        run: () => copy(false),
      },
      {
        label: `Copy ${lines} with numbers`,
        icon: <ListOrdered {...ICON} />,
        keys: 'Ctrl+Shift+C',
        run: () => copy(true),
      },
      { label: 'Show the whole line', icon: <WrapText {...ICON} />, keys: 'Enter', run: showWhole },
    ],
    [
      {
        label: bookmarked ? 'Remove bookmark' : 'Bookmark',
        icon: <Bookmark {...ICON} />,
        keys: 'M',
        run: () => void toggleBookmark(id, line.number),
      },
      {
        label: 'Lines with the same ids',
        icon: <Network {...ICON} />,
        keys: 'R',
        run: () => {
          changeView(id, { related: line.number });
          showPanel(id, 'related');
        },
      },
      ...(filtered
        ? [
            {
              label: 'Show in whole log',
              icon: <TextSearch {...ICON} />,
              run: () => showInWholeLog(id, line.number),
            },
          ]
        : []),
    ],
    filterItems(id, line, text.trim()),
  ];
}

function filterItems(id: string, line: LogRow, text: string): MenuItem[] {
  const { filter } = viewOf(id);
  const apply = (next: LogFilter) => () =>
    void applyFilter(id, next).then((error) => error && notify(error, 'error'));
  const query = { text, regex: false, matchCase: false };
  const withText = text !== '' && text.length <= MOST_SELECTED && !text.includes('\n');
  const { time } = line;
  const range = filter.time ?? { from: null, to: null };
  const pattern = (kind: 'only' | 'hide') => () =>
    void patternOf(id, line.pattern).then((ref) => ref && apply(withPatterns(filter, kind, [ref]))());
  return [
    { label: 'Only this pattern', icon: <Eye {...ICON} />, run: pattern('only') },
    { label: 'Hide this pattern', icon: <EyeOff {...ICON} />, run: pattern('hide') },
    ...(withText
      ? [
          {
            label: 'Only lines with the selected text',
            icon: <Filter {...ICON} />,
            run: apply(withQuery(filter, 'include', query)),
          },
          {
            label: 'Only lines without the selected text',
            icon: <FilterX {...ICON} />,
            run: apply(withQuery(filter, 'exclude', query)),
          },
        ]
      : []),
    ...(time === null
      ? []
      : [
          {
            label: 'From this time on',
            icon: <StepForward {...ICON} />,
            run: apply({ ...filter, time: { ...range, from: time } }),
          },
          {
            label: 'Up to this time',
            icon: <StepBack {...ICON} />,
            // The end is exclusive; the line itself belongs to it.
            run: apply({ ...filter, time: { ...range, to: time + 1 } }),
          },
        ]),
  ];
}

/** A pattern with its text, as chips show it. */
async function patternOf(id: string, pattern: number) {
  try {
    const patterns = await call('logs.patterns', { id });
    const found = patterns.find((other) => other.pattern === pattern);
    return { pattern, text: found?.text ?? `pattern ${pattern}` };
  } catch (thrown) {
    notifyError(thrown);
    return null;
  }
}
