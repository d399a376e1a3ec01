import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadExamples } from '../../knowledge/examples';
import { readCommandList } from '../read-command-list.test-data';
import { loadParserFromNodeModules } from './node-modules-parser';
import type { ShellParser } from './syntax';

const list = (name: string) => readCommandList(join(import.meta.dirname, 'fixtures', `${name}.txt`));
/** At the edges of the grammar, valid and not; bash itself is asked which they are. */
const TRICKY = list('tricky');
/** Valid in bash, refused here: the grammar can't read them. They are rated as not read, never as safe. */
const KNOWN_REFUSALS = list('refused');

let parser: ShellParser;
beforeAll(async () => {
  parser = await loadParserFromNodeModules();
});

const examples = loadExamples().map(({ command }) => command);

const hasBash = spawnSync('bash', ['-c', ':']).status === 0;
const bashAccepts = (text: string) => spawnSync('bash', ['-n'], { input: `${text}\n` }).status === 0;

describe.runIf(hasBash)('the parser against bash -n', () => {
  it('accepts each example that bash accepts', () => {
    // One shell reads them all, and names those that it refuses.
    const script = 'while IFS= read -r -d "" c; do bash -n <<< "$c" 2>/dev/null || printf "%s\\0" "$c"; done';
    const input = examples.map((text) => `${text}\0`).join('');
    const refused = new Set(
      spawnSync('bash', ['-c', script], { input, encoding: 'utf8' }).stdout.split('\0'),
    );
    expect(examples.filter((text) => parser.parse(text).parsed === refused.has(text))).toEqual([]);
  });

  it('agrees on tricky texts', () => {
    expect(TRICKY.filter((text) => parser.parse(text).parsed !== bashAccepts(text))).toEqual([]);
  });

  it('refuses some valid bash, which is stated here and errs on the careful side', () => {
    for (const text of KNOWN_REFUSALS) {
      expect([text, bashAccepts(text)]).toEqual([text, true]);
      expect([text, parser.parse(text).parsed]).toEqual([text, false]);
    }
  });

  it('does not accept what is left when a valid command is cut anywhere, unless bash does', () => {
    const wrong: string[] = [];
    for (const text of TRICKY.slice(0, 60))
      for (let end = 1; end < text.length; end += 4) {
        const cut = text.slice(0, end);
        if (parser.parse(cut).parsed && !bashAccepts(cut)) wrong.push(cut);
      }
    expect(wrong).toEqual([]);
  });
});
