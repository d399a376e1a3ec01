import type { Arg } from './args';

/** Where a command runs: paths and rights of this machine say nothing about another one. */
export type Place = 'here' | 'remote' | 'container';

export type Stdin =
  | { readonly kind: 'none' }
  /** From a pipe or file, content not known. */
  | { readonly kind: 'unknown'; readonly from: 'pipe' | 'file' }
  | { readonly kind: 'text'; readonly text: string };

/** A program that runs, with all wrappers around it taken off. */
export interface Invocation {
  readonly kind: 'invocation';
  /** Without its folder. */
  readonly program: string;
  readonly args: readonly Arg[];
  /** xargs, find or a template adds arguments that the text doesn't show. */
  readonly moreArgs: boolean;
  readonly stdin: Stdin;
  readonly root: boolean;
  readonly place: Place;
  readonly start: number;
  readonly end: number;
}

/** Everything in a command that can do something; the analyzers rate these. */
export type Seen =
  | Invocation
  | {
      readonly kind: 'write';
      readonly operator: string;
      readonly target: Arg;
      readonly root: boolean;
      readonly place: Place;
      readonly start: number;
      readonly end: number;
    }
  /** Code that can't be read runs. `why` is a whole sentence. */
  | { readonly kind: 'unseen'; readonly why: string; readonly start: number; readonly end: number }
  /** Something that a reader of another language found. */
  | {
      readonly kind: 'note';
      readonly level: 'changes' | 'destructive';
      readonly why: string;
      readonly start: number;
      readonly end: number;
    }
  | { readonly kind: 'elevated'; readonly program: string; readonly start: number; readonly end: number };

/** What a program does with its arguments other than by itself: what it starts, and code that it is given. */
export type Inside =
  | {
      readonly kind: 'argv';
      readonly args: readonly Arg[];
      readonly moreArgs?: boolean;
      readonly place?: Place;
      readonly root?: boolean;
      readonly stdin?: Stdin;
    }
  /** Shell code. */
  | {
      readonly kind: 'code';
      readonly code: Arg;
      readonly place?: Place;
      readonly root?: boolean;
      readonly fromInput?: boolean;
    }
  | { readonly kind: 'unseen'; readonly why: string }
  | { readonly kind: 'note'; readonly level: 'changes' | 'destructive'; readonly why: string }
  /** The program's own doing is rated as well, by its table. */
  | { readonly kind: 'self' }
  | { readonly kind: 'write'; readonly target: Arg; readonly operator: '>' | '>>' };

export interface Call {
  readonly program: string;
  readonly args: readonly Arg[];
  readonly moreArgs: boolean;
  readonly stdin: Stdin;
}
