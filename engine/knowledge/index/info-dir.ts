import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { ProgramKnowledge } from '../command-knowledge';
import { firstSentence } from '../first-sentence';
import type { KnowledgeDocument } from './documents';

/** A program of the directory of GNU info, with its line there. */
export interface InfoEntry {
  readonly name: string;
  readonly description: string;
}

const LONGEST_DESCRIPTION = 200;
/** The directory is a list of lines; more is none. */
const LARGEST = 4 * 1024 * 1024;
/** `* ls: (coreutils)ls invocation.   List directory contents.` */
const ENTRY = /^\* ([^:]+):\s*\(([^)]*)\)([^.]*)\.?\s*(.*)$/;

/** Directories of info beside the folders of manual pages: share/man and share/info. */
const directories = (manFolders: readonly string[]): string[] =>
  [...new Set(manFolders.map((folder) => join(dirname(folder), 'info', 'dir')))].flatMap((path) => [
    path,
    `${path}.gz`,
  ]);

/** Changes when a directory does. */
export const infoStamp = (manFolders: readonly string[]): string =>
  directories(manFolders)
    .map((path) => `${path}:${statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0}`)
    .join('\n');

/** Programs that a directory describes: those with a node about calling them, and titles written as a program's name. */
export function readInfoDirectory(text: string): InfoEntry[] {
  const lines: string[] = [];
  for (const line of text.slice(text.indexOf('* Menu:')).split('\n')) {
    const last = lines.length - 1;
    // A description goes on in lines that are set in.
    if (/^\s+\S/.test(line) && lines[last]?.startsWith('* ')) lines[last] += ` ${line.trim()}`;
    else lines.push(line);
  }
  const found = new Map<string, InfoEntry>();
  for (const line of lines) {
    const [, title = '', , node = '', description = ''] = ENTRY.exec(line) ?? [];
    const called = /^\s*(\S+) invocation$/i.exec(node.trim())?.[1];
    const name = called ?? title.trim().toLowerCase();
    if (!/^[a-z0-9][\w.+-]*$/i.test(name) || description === '' || found.has(name)) continue;
    found.set(name, { name, description: firstSentence(description, LONGEST_DESCRIPTION) });
  }
  return [...found.values()];
}

function readDirectory(path: string): InfoEntry[] {
  try {
    const bytes = readFileSync(path);
    const plain = path.endsWith('.gz') ? gunzipSync(bytes, { maxOutputLength: LARGEST }) : bytes;
    return plain.length > LARGEST ? [] : readInfoDirectory(plain.toString('utf8'));
  } catch {
    // Few machines have one.
    return [];
  }
}

/** What info says, in a line, of programs of this machine of which neither a manual page nor our data tells anything. */
export function infoDocuments(
  knowledge: ProgramKnowledge,
  manFolders: readonly string[],
): KnowledgeDocument[] {
  const entries = new Map(
    directories(manFolders)
      .flatMap(readDirectory)
      .reverse()
      .map((entry) => [entry.name, entry]),
  );
  return [...entries.values()]
    .filter(({ name }) => knowledge.program(name) === 'installed' && !knowledge.describe(name)?.description)
    .map(({ name, description }) => ({
      kind: 'program',
      program: name,
      title: name,
      body: description,
      source: `info ${name}`,
      why: '',
    }));
}
