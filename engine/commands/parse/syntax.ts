/**
 * Our own small syntax tree of a shell text. The parser's library stays behind `load-shell-parser.ts`; everything else
 * reads these plain objects, so the library could be exchanged. All spans are UTF-16 units of the text that was parsed.
 */
export interface Spanned {
  readonly start: number;
  readonly end: number;
}

/** A stretch of a word. The value of 'literal' is what the program gets; of 'glob' the pattern characters. */
export type WordPart =
  | (Spanned & { readonly kind: 'literal'; readonly value: string; readonly quoted: boolean })
  | (Spanned & { readonly kind: 'glob'; readonly value: string })
  | (Spanned & {
      readonly kind: 'expansion';
      readonly name: string;
      /** What follows the name in `${name...}`: ':-x', '%.txt'; '' for the plain value. '!' first: indirect. */
      readonly operator: string;
      readonly quoted: boolean;
      readonly scripts: readonly Script[];
    })
  | (Spanned & { readonly kind: 'substitution'; readonly quoted: boolean; readonly script: Script })
  | (Spanned & { readonly kind: 'process'; readonly direction: '<' | '>'; readonly script: Script })
  | (Spanned & { readonly kind: 'arithmetic'; readonly scripts: readonly Script[] });

export interface Word extends Spanned {
  /** As written. */
  readonly text: string;
  readonly parts: readonly WordPart[];
  /** The exact value, when nothing in the word depends on the machine: no expansion, glob, brace list or tilde. */
  readonly literal: string | null;
}

export interface Assignment extends Spanned {
  readonly name: string;
  readonly append: boolean;
  /** Null for an array and for an element of one. */
  readonly value: Word | null;
  readonly array: readonly Word[] | null;
}

export interface Redirect extends Spanned {
  readonly descriptor: string | null;
  readonly operator: string;
  readonly target: Word | null;
  readonly heredoc: Heredoc | null;
}

export interface Heredoc extends Spanned {
  /** The lines between, without the tabs that `<<-` takes away. */
  readonly body: string;
  /** Quoted delimiter: the body is taken as it stands. */
  readonly quoted: boolean;
  /** Substitutions that the shell runs to fill the body. */
  readonly scripts: readonly Script[];
}

interface Node extends Spanned {
  readonly redirects: readonly Redirect[];
}

export interface SimpleCommand extends Node {
  readonly kind: 'command';
  readonly assignments: readonly Assignment[];
  readonly words: readonly Word[];
}
export interface Pipeline extends Node {
  readonly kind: 'pipeline';
  readonly commands: readonly Statement[];
}
export interface List extends Node {
  readonly kind: 'list';
  readonly operator: '&&' | '||';
  readonly left: Statement;
  readonly right: Statement;
}
export interface Negated extends Node {
  readonly kind: 'negated';
  readonly body: Statement;
}
export interface Group extends Node {
  readonly kind: 'group' | 'subshell';
  readonly body: readonly Statement[];
}
export interface If extends Node {
  readonly kind: 'if';
  readonly branches: readonly {
    readonly condition: readonly Statement[];
    readonly body: readonly Statement[];
  }[];
}
export interface For extends Node {
  readonly kind: 'for';
  readonly variable: string;
  readonly values: readonly Word[];
  readonly body: readonly Statement[];
}
export interface While extends Node {
  readonly kind: 'while';
  readonly condition: readonly Statement[];
  readonly body: readonly Statement[];
}
export interface Case extends Node {
  readonly kind: 'case';
  readonly subject: Word;
  readonly items: readonly { readonly patterns: readonly Word[]; readonly body: readonly Statement[] }[];
}
export interface FunctionDefinition extends Node {
  readonly kind: 'function';
  readonly name: string;
  readonly body: Statement;
}
/** `[[ ]]`, `[ ]` and `(( ))`: of these only the commands that run inside matter. */
export interface Condition extends Node {
  readonly kind: 'condition';
  readonly scripts: readonly Script[];
}

export type Statement =
  | SimpleCommand
  | Pipeline
  | List
  | Negated
  | Group
  | If
  | For
  | While
  | Case
  | FunctionDefinition
  | Condition;

export interface Script extends Spanned {
  readonly statements: readonly Statement[];
}

/** A control operator as it stands in the text, for explanations. */
export interface Operator extends Spanned {
  readonly text: string;
}

export type ShellText =
  | { readonly parsed: true; readonly script: Script; readonly operators: readonly Operator[] }
  | { readonly parsed: false; readonly message: string; readonly start: number; readonly end: number };

export interface ShellParser {
  parse(text: string): ShellText;
}

/** Thrown inside the readers only; `parse` turns it into `parsed: false`. */
export class ShellSyntaxError extends Error {
  constructor(
    message: string,
    readonly start: number,
    readonly end: number,
  ) {
    super(message);
  }
}
