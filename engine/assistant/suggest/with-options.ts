import { mainUse } from '../../commands/main-use';
import type { CommandSpec, OptionSpec } from '../../knowledge/command-spec';
import { contentTerms } from '../../knowledge/request-terms';
import type { Adapted, AdaptTools } from './adapt-example';
import type { Filler } from './pair-score';
import { shellQuote } from './quote';
import { type ReadRequest, wordsAround } from './request';

/** Words of a request that are options of many programs under their own name. */
const FLAGS = /^(?:json|csv|yaml|xml|verbose|quiet|recursive|force|human|detail|watch|all-namespaces)$/;

/**
 * Adds documented options that the request names and the example lacks: `--gpu 3` for 'GPU 3', `--namespace shop`, and
 * `--json` for 'as json'. Only options whose own name is the request's word, of the program that the command is about.
 */
export function withOptions(
  adapted: Adapted,
  example: { readonly request: string },
  request: ReadRequest,
  { parser, knowledge }: AdaptTools,
): Adapted {
  const main = mainUse(parser.parse(adapted.command), knowledge);
  if (!main?.spec || main.use.place !== 'here') return adapted;
  const present = new Set(main.parts.flatMap(({ option }) => option?.names ?? []));
  const added: string[] = [];
  const used: Filler[] = [];
  for (const value of adapted.unused) {
    const option = optionFor(main.spec, value, request, present);
    if (!option) continue;
    added.push(spell(option, option.argument === 'several' ? value.text.split(',') : [value.text]));
    used.push(value);
    for (const name of option.names) present.add(name);
  }
  const explained = new Set(contentTerms(`${example.request} ${adapted.command}`));
  for (const { term, text } of request.words) {
    const word = text.toLowerCase();
    if (term === '' || explained.has(term) || !FLAGS.test(word)) continue;
    const flag = flagFor(main.spec, word, present);
    if (flag) added.push(flag);
  }
  if (added.length === 0) return adapted;
  const at = main.use.inner[0]?.start ?? main.use.args.at(-1)?.end ?? main.use.program.end;
  const before = adapted.command.slice(0, at).trimEnd();
  const behind = adapted.command.slice(at);
  const command = `${before} ${added.join(' ')}${behind === '' || /^\s/.test(behind) ? '' : ' '}${behind}`;
  return {
    ...adapted,
    command,
    used: [...adapted.used, ...used],
    unused: adapted.unused.filter((value) => !used.includes(value)),
  };
}

/** Options that choose what a command is about, by number or name; which it is, their description says. */
const CHOOSER = /^(?:-i|--id|--index|--device|--gpu|--group|--card)$/;

/** The option that is named by the word beside a value: its whole long name, or what a chooser is said to choose. */
function optionFor(
  spec: CommandSpec,
  value: Filler,
  request: ReadRequest,
  present: ReadonlySet<string>,
): OptionSpec | null {
  const { before, behind } = wordsAround(request, value);
  const nouns = [before[0], behind[0], before[1]].flatMap((word) => (word?.term ? [word.term] : []));
  const usable = spec.options.filter(
    ({ names, argument }) => argument !== 'none' && !names.some((name) => present.has(name)),
  );
  const isNamed = ({ names }: OptionSpec, noun: string) =>
    names.some((name) => name.startsWith('--') && contentTerms(name.slice(2)).join(' ') === noun);
  const chooses = ({ names, description }: OptionSpec, noun: string) =>
    names.some((name) => CHOOSER.test(name)) && contentTerms(description).includes(noun);
  for (const noun of nouns) {
    const option = usable.find((one) => isNamed(one, noun)) ?? usable.find((one) => chooses(one, noun));
    if (option) return option;
  }
  return null;
}

function flagFor(spec: CommandSpec, word: string, present: ReadonlySet<string>): string | null {
  const named = (name: string) =>
    spec.options.find(({ names }) => names.includes(name) && !names.some((one) => present.has(one)));
  const own = named(`--${word}`);
  if (own?.argument === 'none') return `--${word}`;
  if (!/^(?:json|csv|yaml|xml|table)$/.test(word)) return null;
  const output = named('--output') ?? named('--format');
  return output && output.argument !== 'none' ? spell(output, [word]) : null;
}

function spell({ names }: OptionSpec, values: readonly string[]): string {
  const name = names.find((one) => one.startsWith('--')) ?? names[0] ?? '';
  return [name, ...values.map(shellQuote)].join(' ');
}
