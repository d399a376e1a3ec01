/// <reference types="node" />
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillPlaceholders } from './fill-placeholders';

/** Fills the one placeholder NAME, wherever it stands. */
function fill(command: string, value: string) {
  const placeholders = [...command.matchAll(/NAME/g)].map(({ index }) => ({
    name: 'NAME',
    start: index,
    end: index + 4,
  }));
  return fillPlaceholders(command, placeholders, { NAME: value });
}

const bash = spawnSync('bash', ['--version']).status === 0;

/** Arguments that bash makes of each line, read as at a prompt: with history expansion on. */
function argumentsOf(lines: readonly string[]): string[][] {
  const script = ['set -o history -H', 'show() { printf \'%s\\0\' "$#" "$@"; }', ...lines].join('\n');
  const { stdout } = spawnSync('bash', ['--norc', '--noprofile'], {
    input: `${script}\n`,
    env: { HOME: '/home/someone', LC_ALL: 'C.UTF-8', HISTFILE: '' },
  });
  const words = stdout.toString('utf8').split('\0').slice(0, -1);
  const calls: string[][] = [];
  while (words.length > 0) calls.push(words.splice(0, Number(words.shift())));
  return calls;
}

const PLACES: readonly (readonly [command: string, around: (value: string) => string])[] = [
  ['show NAME', (value) => value],
  ['show --x=NAME', (value) => `--x=${value}`],
  ['show "NAME"', (value) => value],
  ["show 'NAME'", (value) => value],
  ['show "a-NAME-b"', (value) => `a-${value}-b`],
  ['show ana@NAME:/x', (value) => `ana@${value}:/x`],
  ['show "$(printf %s NAME)"', (value) => value],
  [`show "$(printf %s "NAME")"`, (value) => value],
  ['show NAME>&1', (value) => value],
  ['x=NAME; show "$x"', (value) => value],
  ['true && (show NAME)', (value) => value],
  ['show {a,NAME}', (value) => value],
];

/** Texts that shells make something of. */
const nasty = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...'\'"\\$`!;&|<>(){}[]*?~#=%^,: \u00a0-/',
        'if',
        '2',
        '$(touch x)',
        '!!',
        "'\\''",
        '~/',
        'ü',
        '漢',
      ),
      fc.string({ unit: 'grapheme', maxLength: 3 }),
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map((pieces) => pieces.join(''));

describe.runIf(bash)('a value in a command', () => {
  it('is exactly one word, and the value itself, in every place and for every text', () => {
    fc.assert(
      fc.property(fc.array(nasty, { minLength: 10, maxLength: 20 }), (values) => {
        const expected: string[][] = [];
        const lines: string[] = [];
        for (const value of values) {
          for (const [command, around] of PLACES) {
            const { command: line, left } = fill(command, value);
            if (left.length > 0) continue;
            const home = / NAME(?![\w"'])/.test(command) && value.startsWith('~/');
            const read = home ? `/home/someone${value.slice(1)}` : value;
            lines.push(line);
            expected.push(command.includes('{a,') ? ['a', around(value)] : [around(read)]);
          }
        }
        expect(argumentsOf(lines)).toEqual(expected);
      }),
      { numRuns: 60, examples: [[Array.from({ length: 10 }, () => '>(!!')]] },
    );
  });
});

describe('a value in a command', () => {
  it.each([
    ['cat NAME', 'a.log', 'cat a.log'],
    ['cat NAME', 'a b.log', "cat 'a b.log'"],
    ['cat NAME', "it's", "cat 'it'\\''s'"],
    ['cat NAME', '~/my logs', "cat ~/'my logs'"],
    ['cat NAME', '*.log', "cat '*.log'"],
    ['find . -name "NAME"', '*.log', 'find . -name "*.log"'],
    ['echo "NAME"', 'a "b" $c !d', `echo "a \\"b\\" \\$c "'!'"d"`],
    ["sh -c 'cat NAME'", 'a.log', "sh -c 'cat a.log'"],
    ['NAME a', 'if', "'if' a"],
    ['cat <<< NAME', 'a b', "cat <<< 'a b'"],
    ['echo NAME>out', '2', "echo '2'>out"],
  ])('%s with %s is %s', (command, value, filled) => {
    expect(fill(command, value)).toMatchObject({ command: filled, left: [], problems: {} });
  });

  it.each([
    ['cat NAME', 'a\nrm -rf b'],
    // Found by the property above: bash expands this `!!` where the quotes stand inside "$(…)".
    ['show "$(printf %s "NAME")"', '>(!!'],
    ['cat NAME', 'a\u001b[201~b'],
    ['cat NAME', 'a\u202eb'],
    ['cat NAME', 'a\u200bb'],
    ['cat NAME', '\ud800'],
    ["sh -c 'cat NAME'", 'a; rm -rf b'],
    ['echo `cat NAME`', 'a b'],
    ["echo $'NAME'", "a'b"],
    ['cat x # NAME', 'a b'],
    ['case x in a) cat NAME;; esac', 'a b'],
    ['echo $((NAME))', '$(touch x)'],
    ['cat <<E\nNAME\nE', '$(touch x)'],
  ])('%s refuses %j and keeps its placeholder', (command, value) => {
    const filled = fill(command, value);
    expect(filled.command).toBe(command);
    expect(filled.left).toEqual(['NAME']);
    expect(filled.problems.NAME).toMatch(/^It /);
  });

  it('stands in every place of its name, and the rest says what is left', () => {
    const command = 'scp USER@HOST:FILE HOST.txt';
    const at = (name: string, from = 0) => {
      const start = command.indexOf(name, from);
      return { name, start, end: start + name.length };
    };
    const placeholders = [at('USER'), at('HOST'), at('FILE'), at('HOST', 10)];
    const filled = fillPlaceholders(command, placeholders, { HOST: 'web1', FILE: '', USER: '' });
    expect(filled.command).toBe('scp USER@web1:FILE web1.txt');
    expect(filled.left).toEqual(['USER', 'FILE']);
    expect(filled.spans.map(({ start, end }) => filled.command.slice(start, end))).toEqual([
      'USER',
      'web1',
      'FILE',
      'web1',
    ]);
  });
});
