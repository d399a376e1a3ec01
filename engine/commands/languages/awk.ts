import type { CodeFinding } from './sql';

interface Token {
  readonly kind: 'string' | 'regex' | 'word' | 'operator' | 'newline';
  readonly text: string;
}

/**
 * An awk program: whether it only prints. Commands (`system`, `| "cmd"`, `"cmd" | getline`) are handed on as shell code
 * when they are plain strings; `print > file` writes.
 */
export function readAwk(program: string): CodeFinding[] {
  const tokens = tokensOf(program);
  if (!tokens) return [{ kind: 'unseen', why: 'The awk program could not be read.' }];
  const findings: CodeFinding[] = [];
  /** `print | "sh"` feeds the command with what nobody can tell. */
  const shell = (token: Token | undefined, alone: boolean, fed = false) => {
    if (token?.kind === 'string' && alone)
      findings.push({ kind: 'shell', code: fed ? `cat - | ${token.text}` : token.text });
    else findings.push({ kind: 'unseen', why: 'The awk program runs a command that it builds itself.' });
  };
  let printing = false;
  let depth = 0;
  tokens.forEach((token, at) => {
    const { text, kind } = token;
    const previous = tokens[at - 1];
    const next = tokens[at + 1];
    if (kind === 'newline' || (kind === 'operator' && /^[;}]$/.test(text))) {
      printing = false;
      depth = 0;
    }
    if (kind === 'operator' && text === '(') depth += 1;
    if (kind === 'operator' && text === ')') depth -= 1;
    if (kind === 'word' && /^printf?$/.test(text)) {
      printing = true;
      depth = 0;
    }
    if (kind === 'word' && text === 'system' && next?.text === '(')
      shell(tokens[at + 2], tokens[at + 3]?.text === ')');
    if (kind === 'operator' && text.startsWith('|') && text !== '||') {
      if (next?.kind === 'word' && next.text === 'getline') shell(previous, !isOperand(tokens[at - 2]));
      else shell(next, !isOperand(tokens[at + 2]), true);
    } else if (kind === 'operator' && /^>>?$/.test(text) && printing && depth <= 0) {
      const harmless =
        next?.kind === 'string' && /^(?:\/dev\/(?:std(?:out|err)|null|fd\/\d)|-)$/.test(next.text);
      if (harmless) return;
      findings.push(
        text === '>>'
          ? { kind: 'note', level: 'changes', why: 'The awk program appends to a file.' }
          : { kind: 'note', level: 'destructive', why: 'The awk program writes over a file.' },
      );
    } else if (kind === 'operator' && text === '@')
      findings.push({
        kind: 'unseen',
        why: 'The awk program loads other code or calls a function by its value.',
      });
  });
  return findings;
}

/** A string beside another value is only a part of what awk joins. */
const isOperand = (token: Token | undefined) =>
  token !== undefined &&
  (token.kind === 'string' ||
    (token.kind === 'word' && !/^(?:print|printf|while|if|else|do|return|getline)$/.test(token.text)) ||
    token.text === '$');

function tokensOf(program: string): Token[] | null {
  const tokens: Token[] = [];
  let at = 0;
  while (at < program.length) {
    const rest = program.slice(at);
    const c = rest[0] ?? '';
    const last = tokens.at(-1);
    const operand =
      last &&
      (last.kind === 'word'
        ? !/^(?:print|printf|return|case|in)$/.test(last.text)
        : last.kind === 'string' || /^[)\]$]$/.test(last.text));
    let match: RegExpExecArray | null;
    if (c === '\n') {
      tokens.push({ kind: 'newline', text: c });
      at += 1;
    } else if (/\s/.test(c)) at += 1;
    else if (rest.startsWith('\\\n')) at += 2;
    else if (c === '#') at += /^[^\n]*/.exec(rest)?.[0].length ?? 1;
    else if (c === '"') {
      match = /^"((?:[^"\\]|\\[\s\S])*)"/.exec(rest);
      if (!match) return null;
      tokens.push({
        kind: 'string',
        text: (match[1] ?? '')
          .replace(/\\(["\\/])/g, '$1')
          .replace(/\\n/g, '\n')
          .replace(/\\t/g, '\t')
          .replace(/\\x([0-9a-f]{1,2})|\\([0-7]{1,3})/gi, (_, hex, octal) =>
            String.fromCharCode(Number.parseInt(hex ?? octal, hex ? 16 : 8)),
          ),
      });
      at += match[0].length;
    } else if (c === '/' && !operand) {
      match = /^\/((?:[^/\\\n[]|\\.|\[(?:\^?\]?)(?:[^\]\\]|\\.|\[:\w+:\])*\])*)\//.exec(rest);
      if (!match) return null;
      tokens.push({ kind: 'regex', text: match[1] ?? '' });
      at += match[0].length;
    } else {
      match = /^(?:[A-Za-z_]\w*|\d[\w.]*|>>|>=|<=|==|!=|!~|&&|\|\||\|&|[\s\S])/.exec(rest);
      const text = match?.[0] ?? c;
      tokens.push({ kind: /^\w/.test(text) ? 'word' : 'operator', text });
      at += text.length;
    }
  }
  return tokens;
}
