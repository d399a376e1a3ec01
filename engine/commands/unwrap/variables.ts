import { lookUp } from '../look-up';
import type { Assignment, Script, Statement, Word } from '../parse/syntax';
import { argOf, isMktemp } from './args';
import { eachStatement } from './each-statement';
import type { Variables } from './known-variables';
import { staticOutput } from './static-output';

/** Variables that name programs on any machine, so that `$SHELL -c` and `$PAGER` are read for what they are. */
const NAMED: Readonly<Record<string, string>> = {
  SHELL: '/bin/sh',
  BASH: '/bin/bash',
  PAGER: 'less',
  EDITOR: 'vi',
  VISUAL: 'vi',
};
export const NO_VARIABLES: Variables = {
  value: (name) => lookUp(NAMED, name) ?? null,
  isFresh: () => false,
  output: (script) => staticOutput(script, NO_VARIABLES),
};

/** Commands that put a value into a variable that they name. */
const SETTERS = /^(?:read|mapfile|readarray|printf|getopts|let|select|wait|coproc|unset)$/;
const MAX_ROUNDS = 3;

/** More than this many values of one variable are not told apart. */
const MAX_VALUES = 8;

/**
 * The values that the text itself gives its variables. Order and conditions are not followed: a variable that is given
 * several values has each of them, and one that gets a value from outside has none that is known.
 */
export function collectValues(script: Script, outer: Variables): Map<string, readonly string[] | null> {
  const values = new Map<string, readonly string[] | null>();
  const fresh = new Set<string>();
  const known: Variables = {
    value: (name) => {
      if (!values.has(name)) return outer.value(name);
      const all = values.get(name);
      return all?.length === 1 ? (all[0] ?? null) : null;
    },
    isFresh: (name) => fresh.has(name) || outer.isFresh(name),
    output: (inner) => staticOutput(inner, known),
  };
  const assigned: { name: string; word: Word | null }[] = [];
  const note = (name: string, word: Word | null) => assigned.push({ name, word });
  const noteAssignment = ({ name, append, value, array }: Assignment) =>
    note(name, append || array ? null : (value ?? { start: 0, end: 0, text: '', parts: [], literal: '' }));
  eachStatement(script, (statement: Statement) => {
    if (statement.kind === 'for') for (const word of statement.values) note(statement.variable, word);
    if (statement.kind !== 'command') return;
    statement.assignments.forEach(noteAssignment);
    const [program, ...rest] = statement.words;
    const name = program?.literal ?? '';
    if (SETTERS.test(name))
      for (const word of rest)
        if (/^[A-Za-z_]\w*/.test(word.text)) note(/^\w+/.exec(word.text)?.[0] ?? '', null);
  });
  // A value may be built from others, wherever those stand; a few rounds settle that.
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const next = new Map<string, string[] | null>();
    for (const { name, word } of assigned) {
      const arg = word ? argOf(word, known) : null;
      const sofar = next.get(name);
      if (sofar === null) continue;
      if (!arg?.known || arg.glob || (sofar && sofar.length >= MAX_VALUES)) next.set(name, null);
      else if (!sofar?.includes(arg.text)) next.set(name, [...(sofar ?? []), arg.text]);
    }
    values.clear();
    for (const [name, all] of next) values.set(name, all);
  }
  for (const { name, word } of assigned) {
    const [part, ...more] = word?.parts ?? [];
    const isTemporary =
      part?.kind === 'substitution' && more.length === 0 && isMktemp(part.script.statements);
    if (isTemporary && assigned.filter((each) => each.name === name).length === 1) fresh.add(name);
  }
  for (const name of fresh) values.set(name, null);
  freshNames.set(values, fresh);
  return values;
}

/** Names of temporary files by the value map they belong to. */
const freshNames = new WeakMap<object, ReadonlySet<string>>();

/** Variables with one value picked for each that has several. */
export function variablesWith(
  values: ReadonlyMap<string, readonly string[] | null>,
  picked: ReadonlyMap<string, string>,
  outer: Variables,
): Variables {
  const fresh = freshNames.get(values);
  const variables: Variables = {
    value: (name) => {
      const one = picked.get(name);
      if (one !== undefined) return one;
      if (!values.has(name)) return outer.value(name);
      const all = values.get(name);
      return all?.length === 1 ? (all[0] ?? null) : null;
    },
    isFresh: (name) => (fresh?.has(name) ?? false) || outer.isFresh(name),
    output: (script) => staticOutput(script, variables),
  };
  return variables;
}
