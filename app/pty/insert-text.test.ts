import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../engine/contract/errors';
import { cleanCommand, previewCommand } from './insert-text';

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
const FORBIDDEN = /[\x00-\x1f\x7f-\x9f\u2028\u2029]|\p{Cf}|\p{Default_Ignorable_Code_Point}/u;

/** Text that is rich in what could do harm, mixed with any other text. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\x1b',
        '\x1b[',
        '\x1b[201~',
        '\x1b[200~',
        '\x1b]0;',
        '\x07',
        '\x1b\\',
        '\x9b',
        '\x9d',
        '\x1bP',
        '\r',
        '\n',
        '\r\n',
        '\\\n',
        '\\',
        '\t',
        '\x00',
        '\x03',
        '\x04',
        '\x0f',
        '\x16',
        '\x7f',
        '\x85',
        '\u2028',
        '\u202e',
        '\u200b',
        '\u2066',
        '\ufeff',
        '\u{e0041}',
        '\ud800',
        '\udc00',
        '"',
        "'",
        '#',
        ' ',
        'rm -rf /',
        'ls',
        '201~',
        '❤️',
        'é',
      ),
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.string({ maxLength: 8 }),
    ),
    { maxLength: 12 },
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

describe('cleanCommand', () => {
  it('never lets a control, escape, invisible or line-end character through', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const inserted = cleaned(text);
        if (inserted === null) return;
        expect(inserted).not.toMatch(FORBIDDEN);
        expect(inserted).not.toMatch(/[\ud800-\udfff]/u);
      }),
      { numRuns: 20_000 },
    );
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const inserted = cleaned(text);
        if (inserted === null) return;
        expect(cleanCommand(inserted)).toEqual({ inserted, removed: [] });
      }),
      { numRuns: 5000 },
    );
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
        for (const line of previewCommand(text).lines) {
          expect(line).not.toMatch(FORBIDDEN);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
