import type { Place } from './shell-place';

/** What stands around the place of a value. */
export interface Neighbours {
  /** Character before and after; '' at the command's ends. */
  readonly before: string;
  readonly after: string;
}

const PLAIN = /^[A-Za-z0-9_@%+:./-]+$/;
const RESERVED =
  /^(?:if|then|else|elif|fi|for|while|until|do|done|case|esac|in|function|select|time|coproc)$/;
/** Insert would take these out; a value must arrive as it was written. */
const UNWRITABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

export type Quoted = { readonly text: string } | { readonly problem: string };

/**
 * A value as it has to be written at a place of a command, so that the shell reads it as part of one word and as
 * nothing else. A `~/` at the start of a word stays the home folder.
 */
export function quoteValue(value: string, place: Place, { before, after }: Neighbours): Quoted {
  if (UNWRITABLE.test(value)) return { problem: 'It holds characters that can’t be seen.' };
  switch (place) {
    case 'single':
      return { text: value.replaceAll("'", "'\\''") };
    case 'double':
      // An interactive bash takes `!` in double quotes for its history; nothing but single quotes stops that.
      // Behind what looks like a process substitution it finds a `!` even there, in a command inside a command.
      if (/[<>]\(/.test(value) && value.includes('!'))
        return { problem: 'It holds a ! behind >( or <(, which bash would take for its history here.' };
      return { text: value.replace(/["\\$`]/g, '\\$&').replace(/!+/g, `"'$&'"`) };
    case 'plain':
      return PLAIN.test(value)
        ? { text: value }
        : { problem: 'It stands inside code, where only letters, digits and . _ / : @ % + - fit.' };
    case 'bare': {
      const home = /^$|\s/.test(before) && value.startsWith('~/') ? '~/' : '';
      const rest = value.slice(home.length);
      // `2>` would be the number of a stream.
      const isWord = PLAIN.test(rest) && !RESERVED.test(rest) && !/[<>]/.test(after);
      return { text: home + (isWord || (home && rest === '') ? rest : inSingleQuotes(rest)) };
    }
  }
}

function inSingleQuotes(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
