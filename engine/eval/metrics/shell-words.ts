/** A word with its quotes taken off, or an operator: | || && ; & ( ) and redirections such as 2> or >>. */
export interface ShellToken {
  readonly kind: 'word' | 'operator' | 'redirection';
  readonly text: string;
}

const OPERATORS = ['&&', '||', '|&', ';;', '|', ';', '&', '(', ')'];
const REDIRECTION = /^(\d*)(&>>|&>|>>|>&|>\||<<<|<&|>|<)/;

/**
 * Splits a command into words and operators, for comparing texts: what is quoted differently but means the same comes
 * out the same. A glob or `$` that quotes protect gets a backslash, so `'*.c'` and `*.c` stay different. Substitutions
 * are kept as they stand with their space folded. Judging whether a command is right Bash is not its job.
 */
export function shellTokens(command: string): ShellToken[] {
  const tokens: ShellToken[] = [];
  let at = 0;
  while (at < command.length) {
    const rest = command.slice(at);
    const space = /^\s+/.exec(rest);
    if (space) {
      at += space[0].length;
      continue;
    }
    const isSubstitution = /^[<>]\(/.test(rest);
    const redirection = isSubstitution ? null : REDIRECTION.exec(rest);
    const operator = isSubstitution ? undefined : OPERATORS.find((text) => rest.startsWith(text));
    if (redirection) {
      const [text, descriptor, sign] = redirection as unknown as [string, string, string];
      const usual = sign.startsWith('<') ? '0' : '1';
      tokens.push({ kind: 'redirection', text: `${descriptor === usual ? '' : descriptor}${sign}` });
      at += text.length;
    } else if (operator !== undefined) {
      tokens.push({ kind: 'operator', text: operator });
      at += operator.length;
    } else {
      const { text, end } = readWord(command, at);
      tokens.push({ kind: 'word', text });
      at = end;
    }
  }
  return tokens;
}

function readWord(command: string, start: number): { text: string; end: number } {
  let text = '';
  let at = start;
  while (at < command.length) {
    const char = command[at] as string;
    if (char === "'") {
      const end = closing(command, at + 1, "'");
      text += protect(command.slice(at + 1, end), /[*?[\]$`\\]/g);
      at = end + 1;
    } else if (char === '"') {
      const { inner, end } = readDouble(command, at + 1);
      text += inner;
      at = end;
    } else if (char === '\\') {
      text += protect(command[at + 1] ?? '', /[*?[\]$`\\]/g);
      at += 2;
    } else if (char === '`' || /^[$<>]\(/.test(command.slice(at, at + 2))) {
      const end = char === '`' ? closing(command, at + 1, '`') + 1 : substitutionEnd(command, at);
      text += folded(command.slice(at, end));
      at = end;
    } else if (/[\s|&;()<>]/.test(char)) break;
    else {
      text += char;
      at++;
    }
  }
  return { text, end: Math.max(at, start + 1) };
}

function readDouble(command: string, start: number): { inner: string; end: number } {
  let inner = '';
  let at = start;
  while (at < command.length && command[at] !== '"') {
    const char = command[at] as string;
    if (char === '\\' && /["\\$`]/.test(command[at + 1] ?? '')) {
      inner += protect(command[at + 1] as string, /[$`\\]/g);
      at += 2;
    } else if (command.startsWith('$(', at)) {
      const end = substitutionEnd(command, at);
      inner += folded(command.slice(at, end));
      at = end;
    } else {
      inner += protect(char, /[*?[\]\\]/g);
      at++;
    }
  }
  return { inner, end: at + 1 };
}

/** Index behind the `)` that closes the `(` after `start`; quotes inside are stepped over. */
function substitutionEnd(command: string, start: number): number {
  let depth = 0;
  for (let at = start; at < command.length; at++) {
    const char = command[at];
    if (char === "'") at = closing(command, at + 1, "'");
    else if (char === '\\') at++;
    else if (char === '(') depth++;
    else if (char === ')' && --depth === 0) return at + 1;
  }
  return command.length;
}

function closing(command: string, from: number, quote: string): number {
  const end = command.indexOf(quote, from);
  return end < 0 ? command.length : end;
}

const protect = (text: string, special: RegExp) => text.replace(special, (char) => `\\${char}`);
const folded = (text: string) => text.replace(/\s+/g, ' ').replace(/`([^`]*)`/, '$($1)');
