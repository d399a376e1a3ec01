import { DAY } from './civil';
import { type DateOrder, numbers } from './forms';
import { TimeReader } from './line-time';

/** Lines that are looked at. */
const LINES = 1000;
const LF = 0x0a;

/**
 * The order of day, month and year in the first lines of a log whose dates are written in numbers: the one in which most
 * lines are dates, none of them past the newest, and time runs forward; null where that is none or two alike. A year of
 * two digits in front, as Spark writes it, is likelier than one behind.
 */
export function dateOrderOf(text: Uint8Array, newest: number): DateOrder | null {
  const orders = (['ymd', 'mdy', 'dmy'] as const).map((order) => score(text, newest, order));
  const most = Math.max(...orders.map(({ dates }) => dates));
  if (most === 0) return null;
  const likely = orders.filter(({ dates }) => dates === most);
  const fewest = Math.min(...likely.map(({ backward }) => backward));
  const left = likely.filter(({ backward }) => backward === fewest).map(({ order }) => order);
  return left.length === 1 || left[0] === 'ymd' ? (left[0] ?? null) : null;
}

function score(text: Uint8Array, newest: number, order: DateOrder) {
  const reader = new TimeReader({ newest, dateOrder: order });
  let dates = 0;
  let backward = 0;
  let before = Number.NEGATIVE_INFINITY;
  for (let start = 0, line = 0; start < text.length && line < LINES; line++) {
    const found = text.indexOf(LF, start);
    const end = found < 0 ? text.length : found;
    const place = reader.findColumn(text, start, end);
    if (place?.form === numbers) {
      const ms = reader.read(place, text, start, end);
      if (ms <= newest + DAY) dates++;
      if (ms < before) backward++;
      before = ms;
    }
    start = end + 1;
  }
  return { order, dates, backward };
}
