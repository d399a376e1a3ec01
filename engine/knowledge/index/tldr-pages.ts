import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { KnowledgeDocument } from './documents';

/** Where the usual tldr clients keep their pages, below the home folder. */
const CACHES = ['.local/share/tldr', '.cache/tldr', '.cache/tealdeer/tldr-pages', '.tldr', '.tldrc/tldr'];
const PLATFORMS = new Set(['common', 'linux']);

/** Folders of tldr pages that are there: those for all systems and for Linux, in English. */
export function tldrFolders(home: string): string[] {
  const found: string[] = [];
  const visit = (folder: string, depth: number) => {
    let entries: string[];
    try {
      entries = readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => entry.name);
    } catch {
      return; // Most people have none of these folders.
    }
    for (const name of entries) {
      if (PLATFORMS.has(name)) found.push(join(folder, name));
      else if (depth > 0 && /^(?:pages(?:\.en)?|tldr(?:-pages|-main)?|cache|en)$/.test(name)) {
        visit(join(folder, name), depth - 1);
      }
    }
  };
  for (const cache of CACHES) visit(join(home, cache), 3);
  return [...new Set(found)];
}

/** Placeholders of a page, '{{path/to/file}}' or '{{[-a|--all]}}', as words that parse. */
export function plainCommand(command: string): string {
  return command
    .replace(/\{\{\[(-[^|\]]*)\|[^\]]*\]\}\}/g, '$1')
    .replace(/\{\{(.*?)\}\}/g, (_, text: string) => {
      const word = text.split('|')[0]?.split('/').at(-1) ?? '';
      return (
        word
          .replace(/[^\w.]+/g, '_')
          .replace(/^_+|_+$/g, '')
          .toUpperCase() || 'VALUE'
      );
    });
}

/** The examples of a tldr page in its Markdown form. */
export function readTldrPage(markdown: string, program: string): KnowledgeDocument[] {
  const documents: KnowledgeDocument[] = [];
  let request = '';
  for (const line of markdown.split('\n')) {
    const told = /^-\s+(.*?):?\s*$/.exec(line)?.[1];
    if (told !== undefined) request = told;
    const command = /^`(.*)`\s*$/.exec(line)?.[1];
    if (command !== undefined && request) {
      const body = plainCommand(command);
      documents.push({
        kind: 'example',
        program,
        title: request,
        body,
        source: `tldr page of ${program}`,
        why: '',
      });
      request = '';
    }
  }
  return documents;
}

/** Documents of all pages of these folders, a page at a time. Pages that can't be read are passed over. */
export function* tldrDocuments(folders: readonly string[]): Generator<KnowledgeDocument[]> {
  for (const folder of folders) {
    for (const file of readdirSync(folder).sort()) {
      if (!file.endsWith('.md')) continue;
      try {
        yield readTldrPage(readFileSync(join(folder, file), 'utf8'), file.slice(0, -3));
      } catch {
        // Removed by its client since it was listed.
      }
    }
  }
}

/** Changes when a client has updated its pages. */
export const tldrStamp = (folders: readonly string[]) =>
  folders.map((folder) => `${folder}:${statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0}`).join('|');
