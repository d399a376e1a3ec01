/** A system under test: anything that answers a request with a command. */
export interface CommandSystem {
  /** As it stands in the table, e.g. 'base model + retrieval'. */
  readonly name: string;
  /** What it looked things up in, named and fixed, so that results do not depend on this machine's PATH; null: nothing. */
  readonly index: string | null;
  suggest(request: string, context: SuggestContext): Promise<SuggestedCommand>;
  close?(): void | Promise<void>;
}

export interface SuggestContext {
  /** For systems that read stored answers; a real system must not look at it. */
  readonly id: string;
  readonly cwd?: string;
}

export interface SuggestedCommand {
  /** null: the system had no command that stands. */
  readonly command: string | null;
  readonly ms: number | null;
}
