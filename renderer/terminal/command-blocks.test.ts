import { Terminal } from '@xterm/headless';
import { beforeEach, expect, it } from 'vitest';
import type { CommandBlock, TerminalMark } from '../../app/contract/pty';
import { duration, sayState as words } from './block-gutter';
import { CommandBlocks, stateOf } from './command-blocks';

let terminal: Terminal;
let blocks: CommandBlocks;
beforeEach(() => {
  terminal = new Terminal({ cols: 40, rows: 10, allowProposedApi: true, scrollback: 50 });
  blocks = new CommandBlocks(terminal as never, () => {});
});

const START = '2026-01-01T00:00:00.000Z';
const END = '2026-01-01T00:00:01.500Z';
const block = (id: number, more: Partial<CommandBlock> = {}): CommandBlock => ({
  id,
  command: null,
  cwd: '/',
  startedAt: null,
  endedAt: null,
  exitCode: null,
  ...more,
});
const parsed = () => new Promise<void>((done) => terminal.write('', done));

/** One command as a shell with marks has it. */
async function run(id: number, command: string, output: string, exitCode: number) {
  const steps: [TerminalMark | null, string, CommandBlock][] = [
    ['prompt', '$ ', block(id)],
    ['command', `${command}\r\n`, block(id)],
    ['output', output, block(id, { startedAt: START })],
    ['end', '', block(id, { startedAt: START, endedAt: END, exitCode })],
  ];
  for (const [mark, text, state] of steps) {
    if (mark) blocks.mark(mark, state);
    terminal.write(text);
  }
  await parsed();
}

it('knows command, output and how it ended, from the screen where the shell does not say', async () => {
  await run(1, 'echo one', 'one\r\n', 0);
  await run(2, 'false', '', 1);
  await run(3, 'printf x', 'x', 0);
  const all = blocks.all();
  expect(all.map((placed) => [blocks.command(placed), blocks.output(placed), stateOf(placed)])).toEqual([
    ['echo one', 'one', 'ok'],
    ['false', '', 'failed'],
    ['printf x', 'x', 'ok'],
  ]);
  expect(all.map(words)).toEqual([
    'Succeeded after 1.5 s',
    'Failed with exit code 1 after 1.5 s',
    'Succeeded after 1.5 s',
  ]);
});

it('a block without output mark is no command; a prompt drawn anew is the same', async () => {
  blocks.mark('prompt', block(1));
  terminal.write('$ \r\n');
  blocks.mark('prompt', block(1));
  terminal.write('$ ');
  blocks.mark('command', block(1));
  await parsed();
  expect(blocks.all().map(({ prompt }) => prompt.line)).toEqual([1]);
  expect(blocks.last()).toBeNull();
  blocks.mark('end', block(1));
  await parsed();
  expect(blocks.all()).toEqual([]);
});

it('jumps between prompts and forgets those whose text is gone', async () => {
  for (let id = 1; id <= 5; id += 1) await run(id, `c${id}`, 'out\r\n', 0);
  const lines = blocks.all().map(({ prompt }) => prompt.line);
  expect(lines).toEqual([0, 2, 4, 6, 8]);
  expect(blocks.promptFrom(4, -1)).toBe(2);
  expect(blocks.promptFrom(4, 1)).toBe(6);
  expect(blocks.promptFrom(0, -1)).toBeNull();
  terminal.write('line\r\n'.repeat(54));
  await parsed();
  expect(blocks.all().length).toBeLessThan(5);
});

it('what still ran when the shell ended has ended, nobody knows how', async () => {
  blocks.mark('prompt', block(1));
  terminal.write('$ sleep 9\r\n');
  blocks.mark('output', block(1, { command: 'sleep 9', startedAt: START }));
  await parsed();
  expect(blocks.all().map(stateOf)).toEqual(['running']);
  blocks.shellEnded(END);
  expect(blocks.all().map(stateOf)).toEqual(['ended']);
});

it.each([
  [12, '12 ms'],
  [1500, '1.5 s'],
  [61_000, '1 min 1 s'],
  [7_260_000, '2 h 1 min'],
])('%d ms is %s', (ms, text) => expect(duration(ms)).toBe(text));
