import { allUses } from '../../commands/main-use';
import type { ContextItem } from '../../contract/assistant';
import type { CommandFinding } from '../../contract/commands';
import type { MachineKnowledge } from '../machine-knowledge';
import { openQuote } from './quote';

/** Text that others wrote, or a program: it may try to give orders. */
const FOREIGN = new Set<ContextItem['kind']>(['log', 'selection', 'last-command']);
/** Programs that run their arguments: text from elsewhere is code there, however it is quoted. */
const RUNS_ARGUMENTS =
  /^(?:eval|exec|source|(?:ba|da|k|z|fi)?sh|[gmn]?awk|perl|python[\d.]*|ruby|node|php|lua|tclsh|osascript|pwsh)$/u;
/** What the shell, or a program that reads options, does not take as plain text. */
const ACTIVE = /^-|[$`;|&<>(){}*?!~\\]/u;
/** Shorter words are in every text. */
const SHORTEST = 3;

/**
 * What is put beside a request, cut to a share of the budget each. The beginning says most, and of a command's output
 * the end, where its errors are.
 */
export function contextForPrompt(
  items: readonly ContextItem[],
  tokenBudget: number,
  countTokens: (text: string) => number,
): { label: string; text: string }[] {
  return items.map(({ kind, label, text }) => {
    const most = Math.floor(tokenBudget / items.length);
    const part = (whole: string, length: number) =>
      kind === 'last-command' ? whole.slice(Math.max(0, whole.length - length)) : whole.slice(0, length);
    let shown = part(text, most * 4);
    while (shown !== '' && countTokens(shown) > most) shown = part(shown, Math.floor(shown.length * 0.8));
    return { label: label.replaceAll('\n', ' '), text: shown.replaceAll('"""', "'''") };
  });
}

/**
 * Words of a command that come from foreign text and from nowhere else are put into quotes, so that the shell takes
 * them as text, and are named in a finding. null where that is not enough: the program, an option or an expansion comes
 * from there, or the whole command does. The rating is by the parser, of the command as it stands: nothing here
 * changes it.
 */
export function guardContext(
  command: string,
  items: readonly ContextItem[],
  request: string,
  documented: string,
  { parser, programs }: Pick<MachineKnowledge, 'parser' | 'programs'>,
): { command: string; notes: CommandFinding[] } | null {
  const foreign = items.filter(({ kind }) => FOREIGN.has(kind));
  if (foreign.length === 0) return { command, notes: [] };
  const own = `${request}\n${documented}`;
  const squeezed = (text: string) => text.replace(/\s+/g, ' ').trim();
  const whole = squeezed(command);
  if (!squeezed(own).includes(whole) && foreign.some(({ text }) => squeezed(text).includes(whole)))
    return null;
  const parsed = parser.parse(command);
  if (!parsed.parsed) return { command, notes: [] };
  const from = (text: string) =>
    text.length >= SHORTEST && !holds(own, text) ? foreign.find((item) => holds(item.text, text)) : undefined;

  if (activeWords(command).some((word) => from(word))) return null;

  const taken: { start: number; end: number; text: string; label: string }[] = [];
  for (const { use, parts } of allUses(parsed, programs)) {
    const { text: program } = use.program;
    if (from(program) && programs.program(program) === 'unknown') return null;
    const subcommands = new Set(parts.filter(({ role }) => role === 'subcommand').map(({ arg }) => arg));
    for (const arg of use.args) {
      const item = subcommands.has(arg) ? undefined : from(arg.text);
      if (!item) continue;
      if (!arg.known || arg.glob || arg.text.startsWith('-') || RUNS_ARGUMENTS.test(program)) return null;
      taken.push({ start: arg.start, end: arg.end, text: arg.text, label: item.label });
    }
  }
  return quoteAll(command, taken);
}

/** Words as they are written, outside single quotes, that are more than text. */
function activeWords(command: string): string[] {
  return command
    .replace(/'[^']*'/gu, "''")
    .split(/[\s"]+/u)
    .filter((word) => ACTIVE.test(word));
}

const holds = (text: string, word: string) => text.includes(word);

function quoteAll(
  command: string,
  words: readonly { start: number; end: number; text: string; label: string }[],
): { command: string; notes: CommandFinding[] } {
  let text = '';
  let at = 0;
  const notes: CommandFinding[] = [];
  for (const word of [...words].sort((a, b) => a.start - b.start)) {
    if (word.start < at) continue;
    text += command.slice(at, word.start);
    const start = text.length;
    text +=
      openQuote(command, word.start) === '' && !/^'/.test(command.slice(word.start))
        ? `'${word.text.replaceAll("'", "'\\''")}'`
        : command.slice(word.start, word.end);
    at = word.end;
    const message = `${word.text} comes from ${word.label}; it is passed as text.`;
    notes.push({ kind: 'quoting', severity: 'warning', message, start, end: text.length });
  }
  return { command: text + command.slice(at), notes };
}
