import { mainUse, specOfPath } from '../../commands/main-use';
import type { CommandSpec, OptionSpec } from '../../knowledge/command-spec';
import { optionTitle } from '../../knowledge/index/documents';
import { type NearExample, nearExamples } from '../../knowledge/index/near-examples';
import type { RequestMeaning } from '../../knowledge/request-meaning';
import { contentTerms } from '../../knowledge/request-terms';
import type { MachineKnowledge } from '../machine-knowledge';

/** What is documented close to a request. */
export interface Retrieved {
  /** The nearest first; all that were looked at, whatever the budget. */
  readonly near: readonly NearExample[];
  /** Those that fit the budget, the nearest first. */
  readonly shown: readonly NearExample[];
  /** Lines such as 'du: -h sizes such as 1K; --max-depth=N …'. */
  readonly optionLines: readonly string[];
  /** Of what is shown. */
  readonly tokens: number;
}

/** Examples that are adapted to the request without a model. */
const MOST_LOOKED_AT = 16;
const MOST_SHOWN = 4;
const MOST_PROGRAMS = 2;
const MOST_OPTIONS = 6;
/** Share of the budget that options get at most: examples teach form and flags at once. */
const OPTION_SHARE = 0.4;

/** Documented examples and options close to a request; `shown` and `optionLines` take at most `tokenBudget` tokens. */
export function retrieve(
  { index, programs, parser }: Pick<MachineKnowledge, 'index' | 'programs' | 'parser'>,
  request: string,
  tokenBudget: number,
  countTokens: (text: string) => number,
  meaning: RequestMeaning | null,
): Retrieved {
  const near = nearExamples(index, request, MOST_LOOKED_AT, meaning);
  if (tokenBudget <= 0) return { near, shown: [], optionLines: [], tokens: 0 };
  const wanted = new Set(contentTerms(request));
  const named = index
    .search(request, { limit: MOST_PROGRAMS, kinds: ['program'] })
    .filter(({ coverage }) => coverage >= 0.5);
  const paths = [
    ...near.slice(0, MOST_SHOWN).map(({ command }) => mainUse(parser.parse(command), programs)?.path ?? ''),
    ...named.map(({ program }) => program),
  ];
  let tokens = 0;
  const optionLines: string[] = [];
  for (const path of [...new Set(paths)].filter((one) => one !== '').slice(0, MOST_PROGRAMS)) {
    const spec = specOfPath(programs, path);
    const options = spec ? closestOptions(spec, wanted, near.slice(0, MOST_SHOWN)) : [];
    // The last options are the least near: they go first where the line is too long.
    for (; options.length > 0; options.pop()) {
      const line = optionLine(path, options);
      const cost = countTokens(`${line}\n`);
      if (tokens + cost > tokenBudget * OPTION_SHARE) continue;
      optionLines.push(line);
      tokens += cost;
      break;
    }
  }
  const shown: NearExample[] = [];
  for (const example of near) {
    const cost = countTokens(`${example.request}\n${example.command}\n`);
    if (shown.length === MOST_SHOWN || tokens + cost > tokenBudget) continue;
    tokens += cost;
    shown.push(example);
  }
  return { near, shown, optionLines, tokens };
}

/** Options by how many of the request's words they have, and those that a near example uses. */
function closestOptions(
  spec: CommandSpec,
  wanted: ReadonlySet<string>,
  examples: readonly NearExample[],
): OptionSpec[] {
  const used = new Set(examples.flatMap(({ command }) => command.match(/(?<=\s)--?[\w-]+/g) ?? []));
  const isUsed = (name: string) =>
    used.has(name) ||
    (/^-\w$/.test(name) && [...used].some((word) => /^-\w+$/.test(word) && word.includes(name[1] ?? ' ')));
  return spec.options
    .map((option) => {
      const terms = new Set(contentTerms(`${option.names.join(' ')} ${option.description}`));
      const shared = [...wanted].filter((term) => terms.has(term)).length;
      return { option, score: shared * 2 + (option.names.some(isUsed) ? 3 : 0) };
    })
    .filter(({ score, option }) => score > 0 && option.description !== '')
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST_OPTIONS)
    .map(({ option }) => option);
}

const MOST_LETTERS = 60;

function optionLine(path: string, options: readonly OptionSpec[]): string {
  const shortened = (text: string) =>
    text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS).replace(/\s+\S*$/, '')}…` : text;
  return `${path}: ${options.map((option) => `${optionTitle(option)} ${shortened(option.description)}`).join('; ')}`;
}
