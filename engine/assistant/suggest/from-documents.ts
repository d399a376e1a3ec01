import { specOfPath } from '../../commands/main-use';
import type { OptionSpec } from '../../knowledge/command-spec';
import { comparison } from '../../knowledge/index/near-examples';
import type { MachineKnowledge } from '../machine-knowledge';
import type { Candidate } from './candidate';
import { adaptTools } from './from-examples';
import { type ReadRequest, termOf } from './request';
import { withOptions } from './with-options';

/** Documents of each kind that are made into commands. */
const MOST = 6;
/** A program or option of which a sentence fits is less sure than an example of its use. */
const TRUST = 0.85;
const GENERAL = /^--?(?:h|help|version|V|v|verbose|q|quiet|debug|loglevel|color)$/;

/**
 * Commands made of documentation alone, for what no example shows: a subcommand by its description (`docker system
 * df`), an option without a value by its own (`amd-smi static --bus`).
 */
export function fromDocuments(request: ReadRequest, knowledge: MachineKnowledge): Candidate[] {
  const { index, programs } = knowledge;
  const tools = adaptTools(knowledge);
  const compare = comparison(index, request.text);
  const candidates: Candidate[] = [];
  // Hundreds of tools are documented that nobody here has: they count where they are installed or an example has them.
  const isUsed = (path: string) => {
    const name = path.split(' ')[0] ?? '';
    return programs.installed.has(name) || index.documentsWith(termOf(name), 'example') > 0;
  };
  const add = (command: string, about: string, source: string) => {
    const described = { request: about, command, why: '' };
    const values = { used: [], unused: request.values, open: 0, stale: 0, ...NO_TERMS };
    const adapted = withOptions({ command, ...values }, described, request, tools);
    const { similarity } = compare(described, adapted.requestTerms, adapted.exampleTerms);
    const from = { kind: 'data', name: source } as const;
    candidates.push({
      command: adapted.command,
      source: from,
      why: about,
      whySource: from,
      similarity: similarity * TRUST,
      agreement: 0,
      confidence: 0,
      values: request.values.length === 0 ? 1 : adapted.used.length / request.values.length,
      open: 0,
      stale: 0,
      notes: [],
    });
  };
  for (const { program, body, source } of index.search(request.text, { limit: MOST, kinds: ['program'] })) {
    if (isUsed(program) && specOfPath(programs, program)?.takesSubcommand !== 'required')
      add(program, body, source);
  }
  for (const { program, title, body, source } of index.search(request.text, {
    limit: MOST,
    kinds: ['option'],
  })) {
    const option = optionTitled(specOfPath(programs, program)?.options ?? [], title);
    if (!isUsed(program) || option?.argument !== 'none' || option.names.some((name) => GENERAL.test(name)))
      continue;
    const name = option.names.find((one) => one.startsWith('--')) ?? option.names[0] ?? '';
    add(`${program} ${name}`, `${body} ${program}`, source);
  }
  return candidates;
}

const NO_TERMS = { requestTerms: new Set<string>(), exampleTerms: new Set<string>() };

/** The option that a document's title spells: '-b, --bus'. */
const optionTitled = (options: readonly OptionSpec[], title: string) =>
  options.find(({ names }) => names.join(', ') === title);
