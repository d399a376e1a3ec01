import type { CommandKnowledge, CommandSpec, OptionSpec } from '../command-spec';
import { contentTerms } from '../request-terms';
import { optionTitle, programOf } from './documents';
import type { KnowledgeIndex, KnowledgeMatch } from './knowledge-index';

export interface Retrieved {
  /** Options lines first, then examples, the closest last: next to the request, where a small model looks most. */
  readonly text: string;
  readonly examples: readonly KnowledgeMatch[];
  /** Lines such as 'du: -h sizes such as 1K; --max-depth=N …'. */
  readonly optionLines: readonly string[];
  readonly tokens: number;
}

const MOST_EXAMPLES = 6;
const MOST_PROGRAMS = 3;
const MOST_OPTIONS = 8;
/** Share of the budget that options get at most: examples teach form and flags at once. */
const OPTION_SHARE = 0.45;

/** The spec of 'git commit', from that of git. */
function specOf(knowledge: CommandKnowledge, path: string): CommandSpec | null {
  const [program = '', ...subcommands] = path.split(' ');
  let spec = knowledge.spec(program);
  for (const name of subcommands) spec = spec?.subcommands.find((one) => one.names.includes(name)) ?? null;
  return spec;
}

/** The program of an example with the subcommands that follow: 'docker compose up'. */
function commandPath(knowledge: CommandKnowledge, command: string): string {
  const program = programOf(command);
  let spec = knowledge.spec(program);
  const path = [program];
  const words = command.split(/\s+/);
  for (const word of words.slice(words.findIndex((one) => one.endsWith(program)) + 1)) {
    const next = spec?.subcommands.find((one) => one.names.includes(word));
    if (!next) break;
    path.push(word);
    spec = next;
  }
  return path.join(' ');
}

/** Options by how many of the request's words they have, and those that a near example uses. */
function closestOptions(
  spec: CommandSpec,
  wanted: ReadonlySet<string>,
  examples: readonly string[],
): OptionSpec[] {
  const used = new Set(examples.flatMap((command) => command.match(/(?<=\s)--?[\w-]+/g) ?? []));
  const isUsed = (name: string) =>
    used.has(name) ||
    (/^-\w$/.test(name) && [...used].some((word) => /^-\w+$/.test(word) && word.includes(name[1] ?? ' ')));
  const scored = spec.options.map((option) => {
    const terms = new Set(contentTerms(`${option.names.join(' ')} ${option.description}`));
    const shared = [...wanted].filter((term) => terms.has(term)).length;
    return { option, score: shared * 2 + (option.names.some(isUsed) ? 3 : 0) };
  });
  return scored
    .filter(({ score, option }) => score > 0 && option.description !== '')
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST_OPTIONS)
    .map(({ option }) => option);
}

function optionLine(path: string, options: readonly OptionSpec[]): string {
  const shortened = (text: string) =>
    text.length > 60 ? `${text.slice(0, 60).replace(/\s+\S*$/, '')}…` : text;
  return `${path}: ${options.map((option) => `${optionTitle(option)} ${shortened(option.description)}`).join('; ')}`;
}

/** Documented examples and options close to a request, in a compact text of at most `tokenBudget` tokens. */
export function retrieve(
  sources: { readonly index: KnowledgeIndex; readonly knowledge: CommandKnowledge },
  request: string,
  tokenBudget: number,
  countTokens: (text: string) => number,
): Retrieved {
  const { index, knowledge } = sources;
  const wanted = new Set(contentTerms(request));
  const examples = index.search(request, { limit: MOST_EXAMPLES, kinds: ['example'] });
  const named = index.search(request, { limit: MOST_PROGRAMS, kinds: ['program'] });
  const paths = [
    ...examples.map((one) => commandPath(knowledge, one.body)),
    ...named.filter((one) => one.coverage >= 0.5).map((one) => one.program),
  ];
  const optionLines: string[] = [];
  let tokens = 0;
  for (const path of [...new Set(paths)].filter((one) => one !== '').slice(0, MOST_PROGRAMS)) {
    const spec = specOf(knowledge, path);
    const options = spec
      ? closestOptions(
          spec,
          wanted,
          examples.map((one) => one.body),
        )
      : [];
    // The last options are the least near: they go first where the line is too long.
    while (options.length > 0) {
      const line = optionLine(path, options);
      const cost = countTokens(`${line}\n`);
      if (tokens + cost <= tokenBudget * OPTION_SHARE) {
        optionLines.push(line);
        tokens += cost;
        break;
      }
      options.pop();
    }
  }
  const taken: KnowledgeMatch[] = [];
  for (const example of examples) {
    const cost = countTokens(`# ${example.title}\n${example.body}\n`);
    if (tokens + cost > tokenBudget) continue;
    tokens += cost;
    taken.push(example);
  }
  const lines = [...optionLines, ...taken.toReversed().map((one) => `# ${one.title}\n${one.body}`)];
  return { text: lines.join('\n'), examples: taken, optionLines, tokens };
}
