import type { Script, Statement } from '../parse/syntax';
import { type Arg, argsOf, UNKNOWN } from './args';
import type { Variables } from './known-variables';

/**
 * What a script prints, where that can be told without running it: echo and printf of known words, `cat <<E`, and
 * `which X` (the program X, wherever it is). Null for all else. So `echo 'ls' | sh` and `$(which rm) x` are seen.
 */
export function staticOutput(script: Script, variables: Variables): string | null {
  const [only] = script.statements;
  return only && script.statements.length === 1 ? statementOutput(only, variables) : null;
}

export function statementOutput(statement: Statement, variables: Variables): string | null {
  if (statement.kind !== 'command' || statement.words.length === 0) return null;
  const args = statement.words.flatMap((word) => argsOf(word, variables));
  const [program, ...rest] = args;
  if (!program?.known) return null;
  const heredoc = statement.redirects.find((redirect) => redirect.heredoc);
  if (heredoc && program.text === 'cat' && rest.length === 0 && statement.redirects.length === 1)
    return heredoc.heredoc?.body ?? null;
  if (statement.redirects.some(({ operator }) => !/^[<2]/.test(operator))) return null;
  if (rest.some((arg) => arg.glob)) return null;
  switch (program.text) {
    case 'echo':
      return echoOutput(rest);
    case 'printf':
      return printfOutput(rest);
    case 'which':
      return onlyName(rest);
    case 'command':
    case 'type':
      return /^-[vpP]$/.test(rest[0]?.text ?? '') ? onlyName(rest.slice(1)) : null;
    default:
      return null;
  }
}

const onlyName = (names: readonly Arg[]) => (names.length === 1 && names[0]?.known ? names[0].text : null);

function echoOutput(args: readonly Arg[]): string | null {
  let from = 0;
  let escapes = false;
  while (/^-[neE]+$/.test(args[from]?.text ?? '')) {
    escapes = escapes || (args[from]?.text.includes('e') ?? false);
    from += 1;
  }
  const text = args
    .slice(from)
    .map((arg) => arg.text)
    .join(' ');
  if (text === UNKNOWN) return null;
  return `${escapes ? unescapeEcho(text) : text}\n`;
}

/** Only the directive %s and literal formats; others are left unknown. */
function printfOutput(args: readonly Arg[]): string | null {
  const [format, ...values] = args[0]?.text === '--' ? args.slice(1) : args;
  if (!format?.known || /%(?!s|%)/.test(format.text)) return null;
  const pieces = unescapeEcho(format.text).split('%s');
  const slots = pieces.length - 1;
  if (slots === 0) return pieces[0]?.replace(/%%/g, '%') ?? null;
  let output = '';
  for (let at = 0; at < Math.max(values.length, 1); at += slots)
    output += pieces
      .map((piece, index) => piece + (index < slots ? (values[at + index]?.text ?? '') : ''))
      .join('');
  return output === UNKNOWN ? null : output;
}

const unescapeEcho = (text: string) =>
  text.replace(/\\(x[0-9a-fA-F]{1,2}|0?[0-7]{1,3}|[nt\\])/g, (_, sequence: string) => {
    if (sequence === 'n') return '\n';
    if (sequence === 't') return '\t';
    if (sequence === '\\') return '\\';
    return sequence.startsWith('x')
      ? String.fromCharCode(Number.parseInt(sequence.slice(1), 16))
      : String.fromCharCode(Number.parseInt(sequence, 8) & 0xff);
  });
