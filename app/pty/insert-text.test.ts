import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../engine/contract/errors';
import { cleanCommand, previewCommand } from './insert-text';

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
const FORBIDDEN = /[\x00-\x1f\x7f-\x9f\u2028\u2029]|\p{Cf}|\p{Default_Ignorable_Code_Point}/u;

const CONTROLS = [...Array(0x20).keys(), 0x7f, ...Array.from({ length: 0x20 }, (_, at) => 0x80 + at)].map(
  (code) => String.fromCharCode(code),
);

/** Ways out of a bracketed paste, into a run command, or past a filter, as they are known from terminals. */
const PAYLOADS = [
  '\x1b[201~',
  '\x1b[201~\r',
  '\x1b[200~',
  '\x9b201~\r',
  '\x1b[2\x0001~',
  '\x1b[20\x1b[201~1~\r',
  '\x1b\x1b[201~\r',
  '\x1b[\u200b201~',
  '\u202e\x1b[201~',
  '\x1b[201;1~',
  '\x1b]0;rm -rf /\x07',
  '\x1b]0;x\x1b\\',
  '\x1b]0;x\x9c',
  '\x9d0;x\x9c',
  '\x1b]52;c;cm0gLXJm\x07',
  '\x1b]633;B\x07',
  '\x1bP$q"p\x1b\\',
  '\x1bP+q544e\x9c',
  '\x90+q\x9c',
  '\x1b^x\x1b\\',
  '\x1b_x\x1b\\',
  '\x1bXx\x1b\\',
  '\x9e\x9f\x98',
  '\x1b[6n',
  '\x1b[21t',
  '\x1bc',
  '\x1b(0',
  '\x1b',
  '\x1b[',
  '\x1b]',
  '\x1bP',
  '\r',
  '\n',
  '\r\n',
  '\n\r',
  '\\\n',
  '\\\r\n',
  '\x0b',
  '\x0c',
  '\u2028',
  '\u2029',
  '\u202e',
  '\u2066',
  '\u200b',
  '\u200d',
  '\u2060',
  '\u00ad',
  '\u115f',
  '\u3164',
  '\ufeff',
  '\ufe0f',
  '\u{e0041}',
  '\u{e0001}',
  '\ud800',
  '\udc00',
  '\udc1b\ud81b',
  // UTF-8 of control characters, read as Latin-1: overlong forms and bytes of C1.
  'Â\x9b201~',
  'À\x9b',
  'â\x80¨',
  '\xc2\x85',
];
const PLAIN = [
  '\\',
  '"',
  "'",
  '#',
  ' ',
  'rm -rf /',
  'ls',
  '201~',
  '[201~',
  '❤️',
  'é',
  '$(x)',
  '`x`',
  ';',
  '|',
  '&',
  '!!',
];

/** Text that is rich in what could do harm, mixed with any other text. */
const hostile = fc
  .array(
    fc.oneof(
      { arbitrary: fc.constantFrom(...PAYLOADS), weight: 4 },
      { arbitrary: fc.constantFrom(...CONTROLS), weight: 3 },
      { arbitrary: fc.constantFrom(...PLAIN), weight: 3 },
      { arbitrary: fc.string({ unit: 'binary', maxLength: 4 }), weight: 1 },
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));

function cleaned(text: string): string | null {
  try {
    return cleanCommand(text).inserted;
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    return null;
  }
}

/** Anything that must never reach a shell: also half a character. */
const allowed = (text: string) => !FORBIDDEN.test(text) && text.isWellFormed();

describe('cleanCommand', () => {
  it('lets no control, escape, invisible or line-end character through, and changes nothing the second time', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const inserted = cleaned(text);
        if (inserted === null) return true;
        const again = cleanCommand(inserted);
        return allowed(inserted) && again.inserted === inserted && again.removed.length === 0;
      }),
      { numRuns: 100_000 },
    );
  }, 120_000);

  it('takes every control character and every known payload out of every place, and says so', () => {
    for (const bad of [...CONTROLS, ...PAYLOADS]) {
      for (const [before, after] of [
        ['', 'ls'],
        ['ls', ''],
        ['ls ', ' -l'],
        ["echo '", "'"],
        ['echo "', '"'],
        ['ls\x1b', '[201~'],
        ['# ', ''],
      ] as const) {
        let result: ReturnType<typeof cleanCommand> | null = null;
        try {
          result = cleanCommand(before + bad + after);
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
        }
        if (result === null) continue;
        expect(allowed(result.inserted), JSON.stringify([before, bad, after])).toBe(true);
        expect(result.removed, JSON.stringify([before, bad, after])).not.toEqual([]);
      }
    }
  });

  it('leaves a plain one-line command as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii', minLength: 1 }), (text) => {
        fc.pre(text.trim() !== '');
        expect(cleanCommand(text)).toEqual({ inserted: text, removed: [] });
      }),
    );
  });

  it.each([
    ['ls -la\n', 'ls -la', ['line end']],
    ['\r\nls\r\n\r\n', 'ls', ['line end']],
    ['ls\x1b[201~ -la', 'ls -la', ['escape sequence']],
    ['ls\x1b[2\x0001~', 'ls', ['control character', 'escape sequence']],
    ['ls\x1b\u200b[201~', 'ls', ['zero-width character', 'escape sequence']],
    ['ls \x1b]52;c;cm0gLXJm\x07-la', 'ls -la', ['escape sequence']],
    ['ls \x1bP+q544e\x1b\\-la', 'ls -la', ['escape sequence']],
    ['ls \x9b31m-la', 'ls -la', ['escape sequence']],
    ['ls \x1b]0;never ended', 'ls 0;never ended', ['escape sequence']],
    ['echo \u202etxt.exe', 'echo txt.exe', ['text direction control']],
    ['l\u200bs', 'ls', ['zero-width character']],
    ['a\tb', 'a b', ['tab']],
    ['docker run \\\n  --rm \\\r\n  alpine', 'docker run   --rm   alpine', ['line end']],
    ['printf \'%s\\n\' "a\\"" \\\n b', 'printf \'%s\\n\' "a\\""  b', ['line end']],
    ['echo "it\'s # fine" \\\n x', 'echo "it\'s # fine"  x', ['line end']],
    ['grüße — 日本語 ✓', 'grüße — 日本語 ✓', []],
  ])('%j becomes %j', (command, inserted, removed) => {
    expect(cleanCommand(command)).toEqual({ inserted, removed });
  });

  it.each([
    ['cd /tmp\nrm -rf x'],
    ["echo 'a\\\nb'"],
    ['echo "a\nb"'],
    ['cat <<E\nx\nE'],
    ['echo a\\\\\nrm x'],
    ['ls # list \\\nrm x'],
    ['a\u2028b'],
    ['a\x85b'],
  ])('refuses several lines: %j', (command) => {
    expect(() => cleanCommand(command)).toThrow(/several lines/);
  });

  it.each([[''], ['\n'], ['\x1b[31m'], [' \t ']])('refuses a command without text: %j', (command) => {
    expect(() => cleanCommand(command)).toThrow(/no text/);
  });
});

describe('previewCommand', () => {
  it('shows each line of several, cleaned, and why they are not inserted together', () => {
    expect(previewCommand('cd /tmp\r\n\n\trm\u202e -rf\x1b[201~ x\n')).toEqual({
      lines: ['cd /tmp', ' rm -rf x'],
      removed: ['text direction control', 'escape sequence', 'tab'],
      whyNot: expect.stringMatching(/several lines/),
    });
    expect(previewCommand('ls\n')).toEqual({ lines: ['ls'], removed: ['line end'], whyNot: null });
    expect(previewCommand('\n')).toMatchObject({ lines: [], whyNot: expect.stringMatching(/no text/) });
  });

  it('shows only lines that could be inserted by themselves', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        return previewCommand(text).lines.every(allowed);
      }),
      { numRuns: 10_000 },
    );
  });
});
