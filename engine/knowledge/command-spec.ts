/** Where a piece of knowledge was read. */
export interface KnowledgeSource {
  readonly kind: 'man' | 'fig' | 'vendor' | 'builtin' | 'ours';
  /** For people: 'man du(1)', 'completion spec of git', 'nvidia-smi documentation'. */
  readonly name: string;
}

/** How many values follow an option. 'optional' ones are attached (`--color=auto`), never the next word. */
export type OptionArgument = 'none' | 'optional' | 'required' | 'several';

export interface OptionSpec {
  /** Every spelling, dashes included: ['-h', '--human-readable']. */
  readonly names: readonly string[];
  readonly argument: OptionArgument;
  /** As documented, such as 'SIZE'; '' where there is none. */
  readonly argumentName: string;
  /** One sentence; '' where nothing is documented. */
  readonly description: string;
  /** Documented as dangerous by its source (fig's isDangerous). */
  readonly dangerous?: boolean;
  /** Values that the source names; others may exist. */
  readonly values?: readonly string[];
  /** Where it differs from the command's own source. */
  readonly source?: KnowledgeSource;
}

/** A program or a subcommand. */
export interface CommandSpec {
  /** Name and other names of it. */
  readonly names: readonly string[];
  readonly description: string;
  readonly source: KnowledgeSource;
  readonly options: readonly OptionSpec[];
  readonly subcommands: readonly CommandSpec[];
  /** Those of `options` that may stand behind each subcommand too; subcommands have them among their own already. */
  readonly persistentOptions?: readonly OptionSpec[];
  /** A subcommand must follow (kubectl), may follow (git, which has --version alone), or never does. */
  readonly takesSubcommand: 'required' | 'optional' | 'never';
  /**
   * Whether the options are all that there are, so that an unknown one is an error rather than a warning. True for
   * man pages whose options section was read whole, false for partial data.
   */
  readonly complete: boolean;
  /**
   * How option words are read. clustered: `-xvf` is three options (POSIX and GNU). whole: one dash starts a whole word
   * (find -name, java -jar, terraform -auto-approve).
   */
  readonly optionStyle: 'clustered' | 'whole';
}

/** What is known of programs, without running any. Lookups are synchronous and cheap; files are read lazily. */
export interface CommandKnowledge {
  /** The best description of a program: the machine's own man page first, then what ships with the app. */
  spec(program: string): CommandSpec | null;
  /** installed: on PATH. documented: known from data or a man page, not on PATH. */
  program(word: string): 'builtin' | 'installed' | 'documented' | 'unknown';
  /** False where the folders of PATH are not read, so that a program which nothing describes may still be there. */
  readonly looksAtPath?: boolean;
  /** Names of all programs that are known, for 'did you mean'; without it no name is proposed. */
  names?(): Iterable<string>;
}
