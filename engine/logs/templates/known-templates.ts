import type { TemplateMiner } from './miner';
import { splitTokens, WILDCARD } from './tokens';

/** A template as its tokens, and how much of it is variable. */
interface Known {
  readonly text: string;
  readonly tokens: readonly string[];
  readonly variables: number;
}

/** Templates that a message can be looked up in. */
export class KnownTemplates {
  /** By number of tokens and first token; templates that start with a variable have the key WILDCARD. */
  private readonly byStart = new Map<string, Known[]>();

  /** Takes over what a miner has found. */
  add(miner: TemplateMiner): void {
    const changed = new Set<Known[]>();
    for (const tokens of miner.templateTokens()) {
      const [first = ''] = tokens;
      const key = `${tokens.length} ${first.includes(WILDCARD) ? WILDCARD : first}`;
      const known = this.byStart.get(key) ?? [];
      this.byStart.set(key, known);
      const variables = tokens.filter((token) => token.includes(WILDCARD)).length;
      known.push({ text: tokens.join(''), tokens, variables });
      changed.add(known);
    }
    // The one that says most is found first.
    for (const known of changed) known.sort((a, b) => a.variables - b.variables);
  }

  /** Text of the template that covers a masked message and says most; null where none does. */
  find(masked: string): string | null {
    const tokens = splitTokens(masked).map(({ text }) => text);
    const covers = (known: Known) => known.tokens.every((token, at) => tokenCovers(token, tokens[at] ?? ''));
    const own = this.byStart.get(`${tokens.length} ${tokens[0] ?? ''}`)?.find(covers);
    return (own ?? this.byStart.get(`${tokens.length} ${WILDCARD}`)?.find(covers))?.text ?? null;
  }
}

/** Whether a token of a template covers a token of a message: `tag="<*>",` covers `tag="a",`. */
function tokenCovers(template: string, token: string): boolean {
  if (template === token) return true;
  const start = template.indexOf(WILDCARD);
  if (start < 0) return false;
  const end = template.lastIndexOf(WILDCARD) + WILDCARD.length;
  if (token.length < start + template.length - end) return false;
  // With several variables only both ends are looked at where nothing fixed is between them.
  if (template.slice(start, end).replaceAll(WILDCARD, '') !== '') return false;
  return token.startsWith(template.slice(0, start)) && token.endsWith(template.slice(end));
}
