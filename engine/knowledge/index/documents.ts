import type { ProgramKnowledge } from '../command-knowledge';
import type { CommandSpec, OptionSpec } from '../command-spec';
import type { CommandExample } from '../examples';
import { SUBPAGE_PARENTS } from '../man/subpages';
import { environmentVariables, hasVendorTool } from '../vendor';

export const KINDS = ['program', 'option', 'example', 'variable'] as const;
export type DocumentKind = (typeof KINDS)[number];

/** One thing that a request can be answered with. */
export interface KnowledgeDocument {
  readonly kind: DocumentKind;
  /** 'git commit', 'du', the program of a tldr page; '' for other examples and variables. */
  readonly program: string;
  /** The program's name, an option's spellings with its value, an example's request, a variable. */
  readonly title: string;
  /** Description; an example's command. */
  readonly body: string;
  /** For people: 'man du(1)'. */
  readonly source: string;
  /** What an example's command does, in a sentence; '' elsewhere and where it is not told. */
  readonly why: string;
}

/** How deep subcommands are read: 'docker compose up' is the second level; deeper ones are those of cloud tools. */
const DEEPEST = 2;

/** An option as it is written: '-h, --human-readable', '--max-depth=N', '--color[=WHEN]'. */
export function optionTitle(option: OptionSpec): string {
  const value = option.argumentName.replace(/^[<[]|[\]>]$/g, '') || 'VALUE';
  const spelled = option.names.join(', ');
  if (option.argument === 'none') return spelled;
  const isLong = option.names.at(-1)?.startsWith('--') === true;
  if (option.argument === 'optional') return `${spelled}[${isLong ? '=' : ''}${value}]`;
  return `${spelled}${isLong ? '=' : ' '}${value}`;
}

/** What is said of one program or subcommand itself. */
function ownDocuments(spec: CommandSpec, path: string, withOptions: boolean): KnowledgeDocument[] {
  const about: KnowledgeDocument[] = spec.description
    ? [
        {
          kind: 'program',
          program: path,
          title: path,
          body: spec.description,
          source: spec.source.name,
          why: '',
        },
      ]
    : [];
  if (!withOptions) return about;
  const options = spec.options
    .filter((option) => option.description !== '')
    .map((option): KnowledgeDocument => {
      const source = (option.source ?? spec.source).name;
      return {
        kind: 'option',
        program: path,
        title: optionTitle(option),
        body: option.description,
        source,
        why: '',
      };
    });
  return [...about, ...options];
}

/** A list for the program and for each subcommand: some have hundreds, so the caller can pause in between. */
function* specDocuments(
  spec: CommandSpec,
  path: string,
  withOptions: boolean,
  depth = 0,
): Generator<KnowledgeDocument[]> {
  yield ownDocuments(spec, path, withOptions);
  if (depth >= DEEPEST) return;
  // Options of a cloud tool's thousand subcommands would be most of the index; they are looked up when one is named.
  const goesOn = spec.subcommands.length <= 200;
  for (const subcommand of spec.subcommands) {
    const below = `${path} ${subcommand.names[0] ?? ''}`;
    yield* specDocuments(subcommand, below, withOptions && goesOn, goesOn ? depth + 1 : DEEPEST);
  }
}

/** A page that is a subcommand's ('git-commit', 'gcloud_compute') is found below its program. */
const isSubpage = (name: string) => {
  const parent = /^([a-z]+)[-_]/.exec(name)?.[1] ?? '';
  return SUBPAGE_PARENTS.has(parent);
};

/** Programs that are indexed: all but pages of subcommands, which are found below their program. */
export const indexedPrograms = (knowledge: ProgramKnowledge): string[] =>
  [...knowledge.programs()].filter((name) => knowledge.installed.has(name) || !isSubpage(name)).sort();

/** What is known of a program and its subcommands; options only where a user here is likely to use it. */
export function* programDocuments(
  knowledge: ProgramKnowledge,
  program: string,
): Generator<KnowledgeDocument[]> {
  const isSlim = knowledge.installed.size === 0;
  const spec = knowledge.describe(program);
  const withOptions = isSlim || knowledge.installed.has(program) || hasVendorTool(program);
  if (spec) yield* specDocuments(spec, program, withOptions);
}

export function* variableDocuments(): Generator<KnowledgeDocument> {
  for (const { name, description, source } of environmentVariables()) {
    yield { kind: 'variable', program: '', title: name, body: description, source, why: '' };
  }
}

export function* exampleDocuments(
  examples: readonly CommandExample[],
  source: string,
): Generator<KnowledgeDocument> {
  for (const { request, command, why } of examples) {
    yield { kind: 'example', program: '', title: request, body: command, source, why };
  }
}
