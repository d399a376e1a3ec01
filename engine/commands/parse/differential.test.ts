import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
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

const examples = readFileSync(join(import.meta.dirname, '../../knowledge/examples.jsonl'), 'utf8')
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => (JSON.parse(line) as { command: string }).command);

const hasBash = spawnSync('bash', ['-c', ':']).status === 0;
const bashAccepts = (text: string) => spawnSync('bash', ['-n'], { input: `${text}\n` }).status === 0;

describe.runIf(hasBash)('the parser against bash -n', () => {
  it('accepts each example that bash accepts', () => {
    expect(examples.filter((text) => parser.parse(text).parsed !== bashAccepts(text))).toEqual([]);
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
