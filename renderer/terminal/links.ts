import { WebLinksAddon } from '@xterm/addon-web-links';
import type { IBuffer, IBufferRange, ILink, Terminal } from '@xterm/xterm';
import { findPaths } from './paths';

const mac = navigator.userAgent.includes('Macintosh');
export const LINK_KEY = mac ? 'Cmd' : 'Ctrl';
const opens = (event: MouseEvent) => (mac ? event.metaKey : event.ctrlKey);

/** What is said of the link under the pointer; '' for none. */
export type ShowLink = (text: string) => void;

/**
 * Addresses in the text, addresses behind a text (OSC 8), and paths. A plain click stays with the text; with Ctrl
 * (Cmd) it opens. Output chose the address: the main process shows it, with its host, and asks before anything opens.
 */
export function installLinks(terminal: Terminal, show: ShowLink, openPath: (path: string) => void): void {
  const leave = () => show('');
  const open = (event: MouseEvent, address: string) => {
    if (opens(event)) window.open(address, '_blank', 'noopener');
  };
  terminal.options.linkHandler = {
    activate: open,
    hover: (_event, address) => show(`${address} — ${LINK_KEY}+click to open`),
    leave,
  };
  terminal.loadAddon(
    new WebLinksAddon(open, {
      hover: (_event, address) => show(`${address} — ${LINK_KEY}+click to open`),
      leave,
    }),
  );
  terminal.registerLinkProvider({
    provideLinks(row, callback) {
      const { text, cells } = lineWithCells(terminal.buffer.active, row - 1, terminal.cols);
      const links = findPaths(text).map(({ start, end, path }): ILink => {
        return {
          text: path,
          range: rangeOf(cells, start, end),
          activate: (event) => {
            if (opens(event)) openPath(path);
          },
          hover: () => show(`${path} — ${LINK_KEY}+click: a log opens in Logs, else the path is copied`),
          leave,
        };
      });
      callback(links.filter(({ range }) => range.start.y <= row && row <= range.end.y));
    },
  });
}

interface Cell {
  readonly x: number;
  readonly y: number;
}

/** The most rows that one line is followed over, either way. */
const MOST_ROWS = 20;

/** The line that `row` is part of, and for each of its UTF-16 units the cell that it stands in, counted from 0. */
function lineWithCells(buffer: IBuffer, row: number, cols: number): { text: string; cells: Cell[] } {
  let y = row;
  while (row - y < MOST_ROWS && buffer.getLine(y)?.isWrapped) y -= 1;
  let text = '';
  const cells: Cell[] = [];
  for (const first = y; y - first < 2 * MOST_ROWS; y += 1) {
    const line = buffer.getLine(y);
    if (!line || (y > first && !line.isWrapped)) break;
    for (let x = 0; x < cols; x += 1) {
      const cell = line.getCell(x);
      // The second half of a wide character holds nothing.
      if (!cell || cell.getWidth() === 0) continue;
      const characters = cell.getChars() || ' ';
      text += characters;
      for (let unit = 0; unit < characters.length; unit += 1) cells.push({ x, y });
    }
  }
  return { text, cells };
}

/** xterm counts cells of links from 1, the last one included. */
function rangeOf(cells: readonly Cell[], start: number, end: number): IBufferRange {
  const first = cells[start] ?? { x: 0, y: 0 };
  const last = cells[end - 1] ?? first;
  return { start: { x: first.x + 1, y: first.y + 1 }, end: { x: last.x + 1, y: last.y + 1 } };
}
