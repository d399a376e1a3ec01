import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { commandsReport } from './commands-report';
import type { Effect } from './effect';
import { evaluateSystem } from './evaluate-system';
import type { EvalItem } from './items';
import { coversAllItems, readEvalOptions } from './options';
import { readResults, resultsMarkdown, storeResults } from './results-file';
import type { Sandbox } from './sandbox';
import { systemFromFile } from './systems/from-file';

const folder = mkdtempSync(join(tmpdir(), 'sigma-eval-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

const items: EvalItem[] = [
  {
    id: 'linux-001',
    part: 'linux',
    split: 'dev',
    request: 'say hello',
    references: ['echo hello'],
    fixture: 'site',
    compare: 'stdout',
  },
  { id: 'linux-002', part: 'linux', split: 'held', request: 'secret request', references: ['secret'] },
  {
    id: 'linux-003',
    part: 'linux',
    split: 'dev',
    request: 'needs a tool that is missing',
    references: ['no-such-tool'],
    fixture: 'site',
    compare: 'stdout',
  },
];

/** Prints what an echo would; everything else is 'not found'. */
const sandbox: Sandbox = {
  async run(_fixture, command): Promise<Effect> {
    const [, said] = /^(?:echo|printf) (\w+)$/.exec(command) ?? [];
    const rest = { stderr: '', tree: new Map(), state: '', timedOut: false, truncated: false };
    return { ...rest, status: said === undefined ? 127 : 0, stdout: said ?? '' };
  },
  close() {},
};

async function evaluated() {
  const file = join(folder, 'stored.jsonl');
  const answers = [
    { id: 'linux-001', command: 'printf hello', ms: 40 },
    { id: 'linux-002', command: null },
  ];
  writeFileSync(file, answers.map((answer) => JSON.stringify(answer)).join('\n'));
  const setting = { sandbox, check: null, cmdScoreScript: join(folder, 'no-such-script.py') };
  return evaluateSystem(systemFromFile(file), items, setting, new Map());
}

describe('evaluateSystem', () => {
  it('runs, scores and says what could not be measured', async () => {
    const { results } = await evaluated();
    const total = results.summaries.at(-1);
    expect(total).toMatchObject({
      items: 3,
      answered: 1,
      run: 1,
      accuracy: 0.3333,
      outputScore: 1,
      latencyP50Ms: 40,
    });
    expect(results.name).toBe('stored');
    expect(results.notes.join(' ')).toMatch(/No CMD Score.*1 items could not be run here/s);
  });

  it('stores figures only, and makes the same text of the same figures', async () => {
    const { results } = await evaluated();
    const report = commandsReport([results]);
    storeResults(report, folder);
    const written = readFileSync(join(folder, 'results', 'commands.json'), 'utf8');
    const markdown = readFileSync(join(folder, 'RESULTS.md'), 'utf8');
    expect(written + markdown).not.toContain('secret');
    expect(markdown).toBe(resultsMarkdown([readResults('commands', folder) ?? report]));
    expect(markdown).toContain('| stored | all | 3 | 1 |');
  });

  it('names the line of a file of answers that is wrong', () => {
    const file = join(folder, 'wrong.jsonl');
    writeFileSync(file, '{"id":"a","command":"ls"}\n{"id":3}\n');
    expect(() => systemFromFile(file)).toThrow('wrong.jsonl:2');
  });
});

describe('readEvalOptions', () => {
  it('reads a selection', () => {
    const options = readEvalOptions([
      '--split',
      'dev',
      '--part',
      'amd',
      '--limit',
      '5',
      '--from',
      'a',
      '--from',
      'b',
    ]);
    expect(options).toMatchObject({ split: 'dev', part: 'amd', limit: 5, from: ['a', 'b'] });
    expect(coversAllItems(options)).toBe(false);
    expect(coversAllItems(readEvalOptions([]))).toBe(true);
  });

  it('says in one line what is wrong', () => {
    expect(() => readEvalOptions(['--split', 'test'])).toThrow(
      "--split is one of dev, held, all, not 'test'.",
    );
    expect(() => readEvalOptions(['--limit', '0'])).toThrow('--limit');
    expect(() => readEvalOptions(['--bogus'])).toThrow('--bogus');
  });
});
