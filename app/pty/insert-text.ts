import { AppError } from '../../engine/contract/errors';
import type { InsertPreview, InsertResult } from '../contract/pty';

/**
 * Invisible characters: Unicode format characters (bidi controls, zero-width, tags, byte order mark) and
 * whatever else fonts draw as nothing (variation selectors, fillers). They make a command read otherwise
 * than it runs. Joined emoji fall apart; that is the price.
 */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
const BIDI = /\p{Bidi_Control}/u;
const LINE_ENDS = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/gu;
const LONE_SURROGATE = /[\ud800-\udfff]/gu;

// Sequences begin with ESC or with the one-character C1 form.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\x00-\x1f\x7f-\x9f]/gu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const OTHER_CONTROL = /[\x00-\x06\x08\x0e-\x1a\x1c-\x1f\x7f\x80-\x84\x86-\x8d\x91-\x97\x99\x9a]/gu;
// A terminal's parser ends a string (OSC, DCS, SOS, PM, APC) at BEL or ST. One that is not ended loses
// only its introducer: what follows stays readable instead of vanishing.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const ESCAPE_STRING = /(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)/gu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const ESCAPE_CSI = /(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?/gu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const ESCAPE_SHIFT = /(?:\x1b[NO]|[\x8e\x8f])[ -~]?/gu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const ESCAPE_OTHER = /\x1b[ -/]*[0-~]?/gu;

/**
 * Makes text that can be put on a shell's prompt and cannot run: no control character, no escape
 * sequence, no line end, nothing invisible. `removed` says in words what was taken out, each once.
 *
 * Line ends: those around the command go. A line that ends in a backslash is joined with the next one,
 * as the shell would. Any other inner line end separates commands, and every rewrite of it (`;`, a space)
 * can change the meaning, inside quotes or a here-document for example: such a command is refused.
 */
export function cleanCommand(command: string): InsertResult {
  const removed = new Set<string>();
  const take = taker(removed);
  let text = withoutSequences(command, removed);
  text = text.replace(LINE_ENDS, '\n');
  text = take(text, /\t/gu, 'tab', ' ');
  text = take(text, /^[ \n]*\n|\n[ \n]*$/gu, 'line end');
  text = joinContinuedLines(text, removed);
  text = take(text, CONTROL, 'control character');

  if (text.trim() === '') {
    throw new AppError('invalid-input', 'This command has no text that could go on the prompt.');
  }
  return { inserted: text, removed: [...removed] };
}

/** Takes a pattern out of a text, and notes it under a name. */
function taker(removed: Set<string>) {
  return (text: string, pattern: RegExp, name: string, put = ''): string => {
    const result = text.replace(pattern, put);
    if (result !== text) removed.add(name);
    return result;
  };
}

/** Without what draws nothing and without escape sequences; control characters of text may be left. */
function withoutSequences(command: string, removed: Set<string>): string {
  const take = taker(removed);
  // Invisible characters first, and bare control characters before sequences: a terminal looks through
  // both, so a sequence that is broken up by them must still be seen as one.
  let text = command.replace(INVISIBLE, (character) => {
    removed.add(BIDI.test(character) ? 'text direction control' : 'zero-width character');
    return '';
  });
  text = take(text, LONE_SURROGATE, 'broken character');
  text = take(text, OTHER_CONTROL, 'control character');
  for (const sequence of [ESCAPE_STRING, ESCAPE_CSI, ESCAPE_SHIFT, ESCAPE_OTHER]) {
    text = take(text, sequence, 'escape sequence');
  }
  return text;
}

/** What would be inserted, for a look before; a command of several lines is cleaned line by line. */
export function previewCommand(command: string): InsertPreview {
  try {
    const { inserted, removed } = cleanCommand(command);
    return { lines: [inserted], removed, whyNot: null };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const removed = new Set<string>();
    const lines = command.split(LINE_ENDS).map((line) => cleanLine(line, removed));
    return {
      lines: lines.filter((line) => line.trim() !== ''),
      removed: [...removed],
      whyNot: error.message,
    };
  }
}

function cleanLine(line: string, removed: Set<string>): string {
  const take = taker(removed);
  const text = take(withoutSequences(line, removed), /\t/gu, 'tab', ' ');
  return take(text, CONTROL, 'control character');
}

/** Joins lines that end in an unquoted backslash; refuses every other inner line end. */
function joinContinuedLines(text: string, removed: Set<string>): string {
  if (!text.includes('\n')) return text;
  let joined = '';
  let quote: '"' | "'" | null = null;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    const next = text.charAt(at + 1);
    if (character === '\\' && quote !== "'") {
      at++;
      if (next === '\n') removed.add('line end');
      else joined += character + next;
      continue;
    }
    const startsComment = character === '#' && quote === null && /(?:^|[\s;&|()])$/u.test(joined);
    if (character === '\n' || startsComment) {
      // A comment runs to the end of its line, so a joined line would disappear in it.
      throw new AppError(
        'invalid-input',
        'This command has several lines, so nothing was put on the prompt. Copy it instead.',
      );
    }
    if (quote === null && (character === '"' || character === "'")) quote = character;
    else if (character === quote) quote = null;
    joined += character;
  }
  return joined;
}
