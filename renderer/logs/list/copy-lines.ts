import { LINE_VIEW_LIMIT } from '../../../engine/contract/logs';
import { call } from '../../bridge';
import { formatCount, plural } from '../../ui/format';
import { notify, notifyError } from '../../ui/notices';
import { gatherLines } from './gather-lines';
import type { FetchRows } from './page-cache';

/** Copies rows and says what became of them where that is not plain. */
export async function copyLines(
  fetchRows: FetchRows,
  from: number,
  to: number,
  numbered: boolean,
): Promise<string> {
  try {
    const { text, lines, cut } = await gatherLines(fetchRows, from, to, numbered);
    await call('clipboard.write', { text });
    const wanted = to - from + 1;
    if (lines < wanted)
      notify(
        `The first ${plural(lines, 'line')} of ${formatCount(wanted)} were copied: the clipboard takes no more. Copy the rest in parts.`,
        'warning',
      );
    if (cut > 0)
      notify(
        `${plural(cut, 'line')} longer than ${formatCount(LINE_VIEW_LIMIT)} characters ${cut === 1 ? 'was' : 'were'} copied as far as the list has ${cut === 1 ? 'it' : 'them'}.`,
        'warning',
      );
    return `${plural(lines, 'line')} copied.`;
  } catch (thrown) {
    notifyError(thrown);
    return '';
  }
}
