import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ShellParser, SimpleCommand, Statement } from './parse/syntax';
import { eachStatement } from './unwrap/each-statement';
import type { ShellNames } from './unwrap/walk';

/** Files that a shell reads when it starts, from the person's home; a later one wins. */
const FILES: Readonly<Record<string, readonly string[]>> = {
  bash: ['.profile', '.bash_login', '.bash_profile', '.bashrc', '.bash_aliases', '.aliases'],
  zsh: ['.zshenv', '.zprofile', '.zshrc', '.zsh_aliases', '.aliases'],
  fish: ['.config/fish/config.fish'],
};
const FISH_FUNCTIONS = '.config/fish/functions';
/** Longer files are no settings. */
const MAX_BYTES = 512 * 1024;

/**
 * Aliases and functions that the person's own shell defines in its start-up files. The files are read and parsed,
 * never run, so what they compute or take from elsewhere is not known. An empty `home` gives no names.
 * @param shell path or name of the shell, as in SHELL; another one than bash, zsh and fish is taken for bash.
 */
export function readShellNames(home: string | null, shell: string, parser: ShellParser): ShellNames {
  const names = { aliases: new Map<string, string>(), functions: new Map<string, string>() };
  if (home === null) return names;
  const kind = Object.hasOwn(FILES, basename(shell)) ? basename(shell) : 'bash';
  for (const file of FILES[kind] ?? []) addNames(read(join(home, file)), parser, names);
  // fish keeps one function a file, in a language of its own: what it does stays unread.
  if (kind === 'fish') for (const name of fishFunctions(home)) names.functions.set(name, UNREADABLE);
  return names;
}

/** Does not parse: such a function is code that nobody has seen. */
const UNREADABLE = '(';

interface Names {
  readonly aliases: Map<string, string>;
  readonly functions: Map<string, string>;
}

function addNames(text: string, parser: ShellParser, names: Names): void {
  const whole = parser.parse(text);
  if (whole.parsed) {
    eachStatement(whole.script, (statement) => addName(statement, text, names));
    return;
  }
  // zsh and fish have words that bash has not: then each line that defines an alias is read by itself.
  for (const line of text.split('\n')) {
    if (!/^\s*alias\s/.test(line)) continue;
    const parsed = parser.parse(line);
    if (parsed.parsed) eachStatement(parsed.script, (statement) => addName(statement, line, names));
  }
  for (const [, word, called] of text.matchAll(/^\s*(?:function\s+([\w.:-]+)|([\w.:-]+)\s*\(\))/gm)) {
    const name = word ?? called;
    if (name) names.functions.set(name, UNREADABLE);
  }
}

function addName(statement: Statement, text: string, names: Names): void {
  if (statement.kind === 'function') {
    names.functions.set(statement.name, text.slice(statement.body.start, statement.body.end));
  } else if (statement.kind === 'command' && statement.words[0]?.literal === 'alias') {
    for (const [name, value] of aliasesOf(statement)) names.aliases.set(name, value);
  }
}

/** `alias a=b c=d`, with options such as zsh's `-g`; fish's `alias a b`. */
function aliasesOf({ words }: SimpleCommand): [name: string, value: string][] {
  const given = words.slice(1).filter(({ text }) => !text.startsWith('-'));
  const assigned = given.flatMap(({ text, literal }): [string, string][] => {
    const equals = text.indexOf('=');
    // A value that the machine fills in: what it runs is not known.
    if (equals > 0) return [[text.slice(0, equals), literal?.slice(equals + 1) ?? UNREADABLE]];
    return [];
  });
  const [name, value] = given;
  if (assigned.length === 0 && name?.literal && value) return [[name.literal, value.literal ?? UNREADABLE]];
  return assigned;
}

function fishFunctions(home: string): string[] {
  try {
    return readdirSync(join(home, FISH_FUNCTIONS))
      .filter((name) => name.endsWith('.fish'))
      .map((name) => name.slice(0, -'.fish'.length));
  } catch {
    return []; // Most people have none.
  }
}

function read(file: string): string {
  try {
    const handle = openSync(file, 'r');
    try {
      const buffer = Buffer.alloc(MAX_BYTES);
      return buffer.toString('utf8', 0, readSync(handle, buffer, 0, MAX_BYTES, 0));
    } finally {
      closeSync(handle);
    }
  } catch {
    return ''; // Missing or unreadable, as for most of these names.
  }
}
