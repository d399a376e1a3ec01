import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes';
import { Terminal } from '@xterm/headless';
import { expect, it, vi } from 'vitest';
import { terminalOptions } from './terminal-options';

// The addon reads its table from the start of a Buffer's memory, which in Node is shared by small Buffers.
vi.hoisted(() => {
  Buffer.poolSize = 0;
});

/** Spot checks in the manner of esctest, of xterm with the options that our terminals have. */
const LOOK = { dark: true, screenReader: false, fontFamily: '', fontSize: 13, cursorBlink: false };

async function screenAfter(text: string, cols = 20, rows = 6) {
  const terminal = new Terminal({ ...terminalOptions(LOOK), cols, rows });
  terminal.loadAddon(new UnicodeGraphemesAddon() as never);
  const answers: string[] = [];
  terminal.onData((data) => answers.push(data));
  await new Promise<void>((done) => terminal.write(text, done));
  const buffer = terminal.buffer.active;
  const lines = Array.from({ length: rows }, (_, row) =>
    (buffer.getLine(buffer.baseY + row)?.translateToString(true) ?? '').trimEnd(),
  );
  return { terminal, buffer, lines, answers, cursor: [buffer.cursorX, buffer.cursorY] };
}

const CSI = '\x1b[';

it.each([
  ['CUP', `${CSI}3;5HX`, [5, 2]],
  ['CUP beyond the screen stops at the edge', `${CSI}99;99H`, [19, 5]],
  ['CUU, CUD, CUF, CUB', `${CSI}4;4H${CSI}2A${CSI}3C${CSI}1B${CSI}2D`, [4, 2]],
  ['CUB does not leave the line', `${CSI}2;3H${CSI}9D`, [0, 1]],
  ['CNL and CPL', `${CSI}4;9H${CSI}E${CSI}2F`, [0, 2]],
  ['CHA and VPA', `${CSI}7G${CSI}5d`, [6, 4]],
  ['HT goes to the next eighth column', 'a\tb', [9, 0]],
  ['DECSC and DECRC', `${CSI}2;2H\x1b7${CSI}5;5H\x1b8`, [1, 1]],
  ['wrapping waits for the next character', 'x'.repeat(20), [20, 0]],
  ['and then happens', 'x'.repeat(21), [1, 1]],
])('moves: %s', async (_name, text, cursor) => expect((await screenAfter(text)).cursor).toEqual(cursor));

it.each([
  ['ED 0', `ab\r\ncd\r\nef${CSI}2;2H${CSI}J`, ['ab', 'c', '']],
  ['ED 1', `ab\r\ncd\r\nef${CSI}2;1H${CSI}1J`, ['', ' d', 'ef']],
  ['EL 0, 1', `abcd\r\nabcd${CSI}1;3H${CSI}K${CSI}2;2H${CSI}1K`, ['ab', '  cd', '']],
  ['ICH and DCH', `abcd\r\nabcd${CSI}1;2H${CSI}2@${CSI}2;2H${CSI}2P`, ['a  bcd', 'ad', '']],
  ['IL and DL', `a\r\nb\r\nc${CSI}2;1H${CSI}L${CSI}1;1H${CSI}M`, ['', 'b', 'c']],
  ['ECH', `abcd${CSI}1;2H${CSI}2X`, ['a  d', '', '']],
  ['REP', `x${CSI}3b`, ['xxxx', '', '']],
])('edits: %s', async (_name, text, lines) =>
  expect((await screenAfter(text)).lines.slice(0, 3)).toEqual(lines),
);

it('scrolls inside margins only (DECSTBM), and RI and SU do likewise', async () => {
  const filled = 'one\r\ntwo\r\nthree\r\nfour\r\nfive\r\nsix';
  expect((await screenAfter(`${filled}${CSI}2;4r${CSI}4;1H\n`)).lines).toEqual([
    'one',
    'three',
    'four',
    '',
    'five',
    'six',
  ]);
  expect((await screenAfter(`${filled}${CSI}2;4r${CSI}2;1H\x1bM`)).lines).toEqual([
    'one',
    '',
    'two',
    'three',
    'five',
    'six',
  ]);
  expect((await screenAfter(`${filled}${CSI}2;4r${CSI}S`)).lines).toEqual([
    'one',
    'three',
    'four',
    '',
    'five',
    'six',
  ]);
  expect((await screenAfter(`${CSI}2;4r${CSI}?6h${CSI}1;1HX`)).lines[1]).toBe('X');
});

it('the alternate screen leaves the first one and its scrollback as they were', async () => {
  const lines = Array.from({ length: 10 }, (_, row) => `line ${row}`).join('\r\n');
  const { buffer, terminal } = await screenAfter(`${lines}${CSI}?1049hfull${CSI}2J${CSI}?1049l`);
  expect(buffer.type).toBe('normal');
  expect(buffer.baseY).toBe(4);
  expect(terminal.buffer.normal.getLine(9)?.translateToString(true)).toBe('line 9');
});

it('styles: bold, underline, inverse, 256 colours, true colour, reset', async () => {
  const { buffer } = await screenAfter(`${CSI}1;4;7ma${CSI}0mb${CSI}38;5;208mc${CSI}48;2;10;20;30md${CSI}mE`);
  const cell = (x: number) => buffer.getLine(0)?.getCell(x);
  expect([cell(0)?.isBold(), cell(0)?.isUnderline(), cell(0)?.isInverse()].map(Boolean)).toEqual([
    true,
    true,
    true,
  ]);
  expect(cell(1)?.isAttributeDefault()).toBe(true);
  expect([cell(2)?.isFgPalette(), cell(2)?.getFgColor()]).toEqual([true, 208]);
  expect([cell(3)?.isBgRGB(), cell(3)?.getBgColor()]).toEqual([true, 0x0a141e]);
  expect(cell(4)?.isAttributeDefault()).toBe(true);
});

it.each([
  ['漢', 2],
  ['e\u0301', 1],
  ['👩\u200d👩\u200d👧', 2],
  ['🇩🇪', 2],
  ['👍🏽', 2],
  ['ﷺ', 1],
  ['x\u0300\u0301', 1],
])('the width of %j is %d', async (text, width) => expect((await screenAfter(text)).cursor[0]).toBe(width));

it('a wide character does not begin in the last column', async () => {
  expect((await screenAfter(`${'x'.repeat(19)}漢`)).lines.slice(0, 2)).toEqual(['x'.repeat(19), '漢']);
});

it('bracketed paste, application cursor keys and mouse modes are known and undone', async () => {
  const { terminal } = await screenAfter(`${CSI}?2004h${CSI}?1h${CSI}?1002h`);
  expect(terminal.modes).toMatchObject({
    bracketedPasteMode: true,
    applicationCursorKeysMode: true,
    mouseTrackingMode: 'drag',
  });
  await new Promise<void>((done) => terminal.write(`${CSI}!p${CSI}?1;1002;2004l`, done));
  expect(terminal.modes).toMatchObject({
    bracketedPasteMode: false,
    applicationCursorKeysMode: false,
    mouseTrackingMode: 'none',
  });
});

it('says where the cursor is and what it is', async () => {
  expect((await screenAfter(`${CSI}3;4H${CSI}6n${CSI}5n`)).answers).toEqual([`${CSI}3;4R`, `${CSI}0n`]);
});

it('a hidden text with a link (OSC 8) is shown as its text only', async () => {
  const link = '\x1b]8;;https://a.example/\x1b\\text\x1b]8;;\x1b\\ after';
  expect((await screenAfter(link)).lines[0]).toBe('text after');
});

it.each([
  ['the title (CSI 21 t)', `\x1b]2;rm -rf ~\x07${CSI}21t${CSI}20t`],
  ['the clipboard (OSC 52)', '\x1b]52;c;?\x07'],
  ['the window (CSI 13, 14, 18, 19 t)', `${CSI}13t${CSI}14t${CSI}18t${CSI}19t`],
  ['the answerback string', '\x05'],
  ['the font (OSC 50)', '\x1b]50;?\x07'],
])('answers nothing that a program could choose: %s', async (_name, text) => {
  expect((await screenAfter(text)).answers).toEqual([]);
});

it('DECRQSS answers known settings and never echoes what it does not know', async () => {
  const { answers } = await screenAfter('\x1bP$qm\x1b\\\x1bP$q;rm -rf ~\n\x1b\\');
  expect(answers.join('')).not.toContain('rm');
});
