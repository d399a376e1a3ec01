import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { MachineKnowledge } from '../assistant/machine-knowledge';
import { shippedKnowledge } from '../assistant/suggest/test-knowledge.test-data';
import { batchLines } from './batch-lines';
import { suggestBatch } from './suggest';

const folder = mkdtempSync(join(tmpdir(), 'batch-'));
const files = { input: join(folder, 'in.jsonl'), output: join(folder, 'out.jsonl') };
let knowledge: MachineKnowledge;
beforeAll(async () => {
  knowledge = await shippedKnowledge();
}, 120_000);
afterAll(() => {
  knowledge.close();
  rmSync(folder, { recursive: true });
});

const lines = () =>
  readFileSync(files.output, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('batchLines', () => {
  const form = z.looseObject(
    { cmd: z.string("no JSON object with a text 'cmd'.") },
    "no JSON object with a text 'cmd'.",
  );

  it('answers in order and reports a broken line in its place', async () => {
    writeFileSync(files.input, '{"cmd":"a","n":1}\n\n{"id":7,"cmd":2}\nnope\n{"cmd":"b"}\n');
    expect(await batchLines(files, form, async ({ cmd }) => ({ said: cmd }))).toBe(2);
    expect(lines()).toEqual([
      { said: 'a' },
      { id: 7, cmd: 2, line: 3, error: "Line 3: no JSON object with a text 'cmd'." },
      { line: 4, error: "Line 4: no JSON object with a text 'cmd'." },
      { said: 'b' },
    ]);
    writeFileSync(files.input, '{"cmd":"a"}\n');
    expect(await batchLines(files, form, ({ cmd }) => ({ cmd }))).toBe(0);
  });

  it('says which file can not be read', async () => {
    await expect(batchLines({ ...files, input: join(folder, 'none') }, form, () => ({}))).rejects.toThrow(
      'none',
    );
  });
});

describe('suggest --batch', () => {
  it('writes a suggestion each, with risk, and null where nothing stands; the folder counts for lines with cwd only', async () => {
    const requests = [
      { id: 'a', request: 'how much free space is left on my disks' },
      { id: 2, request: 'tell me a joke about penguins' },
      { id: 'c' },
      { id: 'd', request: 'number of lines in missing-4711.txt', cwd: folder },
      { id: 'e', request: 'number of lines in missing-4711.txt' },
    ];
    writeFileSync(files.input, `${requests.map((one) => JSON.stringify(one)).join('\n')}\n`);
    const context = { engine: null, knowledge, signal: new AbortController().signal, emit: () => {} };
    expect(await suggestBatch(files, context)).toBe(2);
    const [disks, joke, broken, inFolder, anywhere] = lines();
    expect(disks).toMatchObject({ id: 'a', risk: { level: 'read-only' }, placeholders: [] });
    expect(joke).toMatchObject({ id: 2, command: null, risk: null, candidates: [] });
    expect(broken).toMatchObject({ id: 'c', command: null, line: 3 });
    const missing = (line: { candidates: { check: { findings: { kind: string }[] } }[] }) =>
      line.candidates[0]?.check.findings.some(({ kind }) => kind === 'missing-path');
    expect(missing(inFolder)).toBe(true);
    expect(missing(anywhere)).toBe(false);
  });
});
