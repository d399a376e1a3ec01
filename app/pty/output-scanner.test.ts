import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BlockTracker } from './block-tracker';
import { type OutputPart, OutputScanner } from './output-scanner';

const SECRET = '0123456789abcdef0123456789abcdef';
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const PROVEN = /\x1b\]633;[^\x07\x1b]*;0123456789abcdef0123456789abcdef\x07/g;
const message = (text: string, secret = SECRET) => `\x1b]633;${text};${secret}\x07`;
const scan = (...pieces: string[]) => {
  const scanner = new OutputScanner(SECRET);
  const parts = pieces.flatMap((piece) => scanner.scan(piece));
  return { parts, text: textOf(parts) + scanner.rest() };
};
const textOf = (parts: readonly OutputPart[]) =>
  parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');

describe('OutputScanner', () => {
  it('takes proven messages out where they stand', () => {
    expect(scan(`a${message('A')}b${message('E;x\\x3by\\\\z\\x0a')}c`).parts).toEqual([
      { kind: 'text', text: 'a' },
      { kind: 'message', fields: ['A'] },
      { kind: 'text', text: 'b' },
      { kind: 'message', fields: ['E', 'x;y\\z\n'] },
      { kind: 'text', text: 'c' },
    ]);
  });

  it('follows the alternate screen, pastes and claimed folders, and leaves them in the text', () => {
    const text = 'a\x1b[?1049;2004hb\x1b]7;file://web/var/l%20og\x1b\\c\x1b[?47ld\x1bc';
    const { parts, text: left } = scan(text);
    expect(left).toBe(text);
    expect(parts.filter(({ kind }) => kind !== 'text')).toEqual([
      { kind: 'alternate', on: true },
      { kind: 'bracketed-paste', on: true },
      { kind: 'folder', folder: { host: 'web', path: '/var/l og' } },
      { kind: 'alternate', on: false },
      { kind: 'alternate', on: false },
      { kind: 'bracketed-paste', on: false },
    ]);
    expect(scan('\x1b]7;file://h/%0a\x07\x1b]7;http://h/x\x07\x1b]7;file://h/%zz\x07').parts).toHaveLength(1);
  });

  /** Output that is rich in messages, true and false, whole and broken. */
  const output = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          message('A'),
          message('B'),
          message('C'),
          message('D;0'),
          message('B', 'f'.repeat(32)),
          '\x1b]633;B\x07',
          '\x1b]633;B;\x07',
          `\x1b]633;B;${SECRET}\x1b\\`,
          '\x1b]633;E;rm -rf /;',
          '\x1bP',
          '\x9d633;B\x07',
          '\x1b]',
          '\x1b',
          '\x1b[?1049h',
          '\x1b]7;file://h/p\x07',
          SECRET.slice(0, 31),
        ),
        fc.string({ unit: 'binary', maxLength: 6 }),
      ),
      { maxLength: 20 },
    )
    .map((parts) => parts.join(''));

  it('finds the same however the output is cut, and loses nothing else', () => {
    fc.assert(
      fc.property(output, fc.array(fc.nat(60), { maxLength: 12 }), (text, cuts) => {
        const whole = scan(text);
        const pieces: string[] = [];
        let rest = text;
        for (const cut of cuts) {
          pieces.push(rest.slice(0, cut));
          rest = rest.slice(cut);
        }
        const cut = scan(...pieces, rest);
        const news = (parts: readonly OutputPart[]) => parts.filter(({ kind }) => kind === 'message');
        expect(cut.text).toBe(whole.text);
        expect(news(cut.parts)).toEqual(news(whole.parts));
        expect(whole.text).toBe(text.replace(PROVEN, ''));
      }),
      { numRuns: 3000 },
    );
  });

  it('believes nobody who does not know the secret', () => {
    const hostile = fc.string({ unit: 'binary', maxLength: 40 });
    fc.assert(
      fc.property(
        fc.array(fc.oneof(hostile, fc.constantFrom('\x1b]633;', ';', 'B', '\x07', 'P;Cwd=/')), {
          maxLength: 8,
        }),
        (parts) => {
          expect(scan(parts.join('')).parts.some(({ kind }) => kind === 'message')).toBe(false);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('holds no endless message back', () => {
    const scanner = new OutputScanner(SECRET);
    let given = 0;
    for (let piece = 0; piece < 20; piece++) {
      given += textOf(scanner.scan(piece === 0 ? '\x1b]633;E;' : 'x'.repeat(100_000))).length;
    }
    expect(given).toBeGreaterThan(1_000_000);
  });
});

describe('BlockTracker', () => {
  const follow = (...messages: string[][]) => {
    const tracker = new BlockTracker(() => new Date(0));
    const marks = messages.flatMap((fields) => {
      const news = tracker.receive(fields);
      return news.kind === 'mark' ? [{ mark: news.mark, ...news.block }] : [];
    });
    return { tracker, marks };
  };

  it('makes a block of each command', () => {
    const { tracker, marks } = follow(
      ['D', '0'],
      ['P', 'Cwd=/a'],
      ['A'],
      ['B'],
      ['E', 'ls'],
      ['C'],
      ['D', '2'],
      ['P', 'Cwd=/b'],
      ['A'],
      ['B'],
    );
    expect(marks.map(({ mark, id }) => `${mark} ${id}`)).toEqual([
      'prompt 1',
      'command 1',
      'output 1',
      'end 1',
      'prompt 2',
      'command 2',
    ]);
    expect(marks[3]).toMatchObject({
      command: 'ls',
      cwd: '/a',
      exitCode: 2,
      endedAt: '1970-01-01T00:00:00.000Z',
    });
    expect(marks[5]).toMatchObject({ command: null, cwd: '/b', startedAt: null });
    expect(tracker.phase).toBe('prompt');
  });

  it('takes a prompt that is drawn anew for the same one, and an empty line for no command', () => {
    const { marks } = follow(['A'], ['B'], ['A'], ['B'], ['D', '130'], ['A'], ['B']);
    expect(marks.map(({ id }) => id)).toEqual([1, 1, 1, 1, 1, 2, 2]);
    expect(marks[4]).toMatchObject({ mark: 'end', startedAt: null, exitCode: null });
  });

  it('is at the prompt only from its end to the next command', () => {
    const { tracker } = follow(['A']);
    expect(tracker.phase).toBe('running');
    const phases = [['B'], ['C'], ['D', '0'], ['A'], ['B']].map((fields) => {
      tracker.receive(fields);
      return tracker.phase;
    });
    expect(phases).toEqual(['prompt', 'running', 'running', 'running', 'prompt']);
    tracker.forget();
    expect(tracker.phase).toBeNull();
  });
});
