import { expect, it } from 'vitest';
import { linesBetween, selectedCommand, wholeLine, withoutPrompt } from './terminal-text';

/** Rows as xterm has them; one that begins with `+` continues the row before. */
function bufferOf(...rows: string[]) {
  return {
    getLine: (row: number) => {
      const text = rows[row];
      return text === undefined
        ? undefined
        : ({ isWrapped: text.startsWith('+'), translateToString: () => text.replace(/^\+/, '') } as never);
    },
  };
}

it('joins what the screen wrapped', () => {
  const buffer = bufferOf('$ echo aaaa', '+bbbb', 'aaaabbbb  ', '$ ');
  expect(wholeLine(buffer, 1)).toEqual({ text: '$ echo aaaabbbb', start: 0 });
  expect(linesBetween(buffer, 0, 3)).toEqual(['$ echo aaaabbbb', 'aaaabbbb']);
});

it.each([
  ['ana@web:~/a$ ls -l', 'ls -l'],
  ['$ echo "a $ b"', 'echo "a $ b"'],
  ['# rm x', 'rm x'],
  ['❯ git status', 'git status'],
  ['root@box:/#', ''],
  ['$ ', ''],
  ['ls -l', 'ls -l'],
])('the command on %j is %j', (line, command) => {
  expect(withoutPrompt(line)).toBe(command);
});

it.each([
  ['ana@web:~/a$ ls -l\n', 'ls -l'],
  ['$ rm x', 'rm x'],
  ['echo a > b', 'echo a > b'],
  ['echo $ x', 'echo $ x'],
])('the command in the selection %j is %j', (selection, command) => {
  expect(selectedCommand(selection)).toBe(command);
});
