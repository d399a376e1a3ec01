/** A line of a page: a macro with what follows it, or text. */
export interface RoffLine {
  /** '' for text. */
  readonly macro: string;
  readonly rest: string;
}

const CONDITION = /^[.']\s*(if|ie|el|while)\b\s*(.*)$/;

/** 'n' (a terminal) and groff's own register hold; what asks for a typesetter or for unknown numbers does not. */
function splitCondition(text: string): { holds: boolean; rest: string } {
  const negated = text.startsWith('!');
  const body = negated ? text.slice(1) : text;
  const match =
    /^(?:(n|o)|(t|e|v)|\\n\(\.g|\\n\[\.g\]|d\s*(\S+)|[cmr]\s*\S+|'[^']*'[^']*'|"[^"]*"[^"]*"|\((?:[^()]|\([^()]*\))*\)|\S+)(?:\s+|$)/.exec(
      body,
    ) ?? /^(?:(n|o)|(t|e|v))/.exec(body);
  const holds = match !== null && (match[1] !== undefined || /^\\n[([]\.g/.test(match[0]));
  return { holds: holds !== negated, rest: match ? body.slice(match[0].length) : '' };
}

/** Whether the branch of a condition is taken, and what stands in it on the same line. */
function branch(kind: string, text: string, lastHeld: boolean): { holds: boolean; rest: string } {
  if (kind === 'el') return { holds: !lastHeld, rest: text };
  return kind === 'while' ? { holds: false, rest: text } : splitCondition(text);
}

/** How many more blocks `\{` a line opens than it closes. */
const openings = (text: string) =>
  text.includes('\\') ? text.split('\\{').length - text.split('\\}').length : 0;

/**
 * The lines of a page without comments, definitions, ignored parts, tables, and branches of conditions that do not
 * hold on a terminal. Macros that a page defines for itself are not expanded.
 */
export function* roffLines(source: string): Generator<RoffLine> {
  const lines = source.split('\n');
  let lastHeld = false;
  for (let at = 0; at < lines.length; at += 1) {
    let line: string = lines[at] ?? '';
    if (line.endsWith('\r')) line = line.slice(0, -1);
    // A backslash at the end continues the line.
    while (line.endsWith('\\') && !line.endsWith('\\\\') && at + 1 < lines.length) {
      at += 1;
      line = line.slice(0, -1) + (lines[at] ?? '');
    }
    const first = line[0];
    if (first !== '.' && first !== "'") {
      yield { macro: '', rest: line };
      continue;
    }
    const condition = CONDITION.exec(line);
    if (condition) {
      const [, kind = '', text = ''] = condition;
      const { holds, rest } = branch(kind, text, lastHeld);
      if (kind === 'ie') lastHeld = holds;
      if (!holds) {
        let depth = openings(line);
        while (depth > 0 && at + 1 < lines.length) {
          at += 1;
          depth += openings(lines[at] ?? '');
        }
        continue;
      }
      const inner = rest.replace(/^\\\{\\?\s*/, '');
      if (inner) lines.splice(at + 1, 0, inner);
      continue;
    }
    const match = /^[.'][ \t]*([^\s\\"]+)[ \t]*(.*)$/.exec(line);
    if (!match) continue;
    const [, macro = '', rest = ''] = match;
    if (/^(?:de1?|am1?|ig|dei|ami)$/.test(macro)) {
      // "..", or the word that the definition names as its end.
      const end = `.${(macro === 'ig' ? rest : (rest.split(/\s+/)[1] ?? '')).trim() || '.'}`;
      while (at + 1 < lines.length && (lines[at + 1] ?? '').replace(/^[.']\s+/, '.').trimEnd() !== end)
        at += 1;
      at += 1;
    } else if (macro === 'TS' || macro === 'EQ') {
      const end = macro === 'TS' ? '.TE' : '.EN';
      while (at + 1 < lines.length && !(lines[at + 1] ?? '').startsWith(end)) at += 1;
      at += 1;
    } else yield { macro, rest };
  }
}
