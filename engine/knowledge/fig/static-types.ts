import type * as acorn from 'acorn';

/** What can't be known without running the program. Never an error: the spec around it is marked incomplete. */
export const UNKNOWN: unique symbol = Symbol('unknown');
/** Key of an object into which something unknown was spread. */
export const PARTIAL: unique symbol = Symbol('partial');

export interface StaticObject {
  [key: string]: Value;
  [PARTIAL]?: true;
}

/** Names that can be seen from a place of the program. */
export interface Names {
  get(name: string): Value;
}

/** A function of the program, kept as syntax; only pure ones (one returned expression) are ever followed. */
export class StaticFunction {
  constructor(
    readonly node: acorn.ArrowFunctionExpression | acorn.FunctionExpression | acorn.FunctionDeclaration,
    readonly scope: Names,
  ) {}
}

export type Value =
  | string
  | number
  | boolean
  | null
  | undefined
  | Value[]
  | StaticObject
  | StaticFunction
  | typeof UNKNOWN;

export const isObject = (value: Value): value is StaticObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof StaticFunction);

/** A list as it is, anything else as a list of one. */
export const asList = (value: Value): readonly Value[] => (Array.isArray(value) ? value : [value]);
