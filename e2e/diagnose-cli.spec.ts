import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { sigma } from './drivers/command-line';

const FOLDER = join(import.meta.dirname, 'fixtures', 'diagnose');
const path = (name: string) => join(FOLDER, name);

async function diagnose(args: readonly string[], input?: string) {
  const { code, stdout } = await sigma(['diagnose', ...args, '--json'], input ? { input } : {});
  expect(code).toBe(0);
  return JSON.parse(stdout);
}

/** Every citation is a line of its file, byte for byte. */
function expectTrueCitations(diagnosis: Awaited<ReturnType<typeof diagnose>>): void {
  const { what, answer, cause, when, findings } = diagnosis;
  for (const { citations } of [...what, ...answer, cause, when, ...findings].filter(Boolean)) {
    for (const { file, line, text } of citations) {
      expect(text).toBe(readFileSync(file, 'utf8').split('\n')[line - 1]);
    }
  }
}

for (const [name, failure] of [
  ['oom.log', 'kernel-oom-kill'],
  ['disk-full.log', 'disk-full'],
  ['tls-expired.log', 'tls-expired-go'],
  ['postgres-connections.log', 'pg-too-many-clients'],
  ['crashloop.log', 'k8s-crash-loop'],
  ['nccl-timeout.log', 'pytorch-nccl-watchdog-timeout'],
  ['java-heap.log', 'java-heap-space'],
] as const) {
  test(`without a model, ${name} names ${failure} with lines and commands that only look`, async () => {
    const diagnosis = await diagnose([path(name), '--no-ai']);
    expect(diagnosis).toMatchObject({ healthy: false, linesSeen: [], cause: { failure: { id: failure } } });
    expect(diagnosis.cause.citations.length).toBeGreaterThan(0);
    expect(diagnosis.when).not.toBeNull();
    expect(diagnosis.findings[0].failure.id).toBe(failure);
    expect(diagnosis.commands.length).toBeGreaterThan(0);
    expect(diagnosis.commands[0].risk.level).toBe('read-only');
    expect(diagnosis.evidence.pieces.length).toBeGreaterThan(0);
    expectTrueCitations(diagnosis);
  });
}

for (const name of readdirSync(FOLDER).filter((each) => each.startsWith('healthy'))) {
  test(`${name} is healthy`, async () => {
    const diagnosis = await diagnose([path(name), '--no-ai']);
    expect(diagnosis).toMatchObject({ healthy: true, cause: null, findings: [], commands: [] });
    expect(diagnosis.summary).toContain('Nothing in this log points to trouble');
  });
}

test('with the model, what it says is borne out or left out', async () => {
  const diagnosis = await diagnose([path('oom.log'), '--question', 'Why could nginx not connect?']);
  expect(diagnosis.linesSeen.length).toBeGreaterThan(0);
  expect(diagnosis.cause.failure.id).toBe('kernel-oom-kill');
  expect(diagnosis.answer.length).toBeGreaterThan(0);
  expectTrueCitations(diagnosis);
  for (const { source, citations, unsupported } of [...diagnosis.what, diagnosis.cause]) {
    expect(unsupported).toBeNull();
    if (source.kind === 'model') expect(citations.length).toBeGreaterThan(0);
  }
});

test('several files are one log, and each citation names its own file', async () => {
  const files = [path('oom.log'), path('disk-full.log')];
  const diagnosis = await diagnose([...files, '--no-ai']);
  const cited = new Set(
    diagnosis.findings.flatMap(({ citations }: { citations: { file: string }[] }) =>
      citations.map(({ file }) => file),
    ),
  );
  expect(cited).toEqual(new Set(files));
  expectTrueCitations(diagnosis);
});

test('hostile text of a log is quoted and does nothing', async () => {
  const diagnosis = await diagnose([path('hostile.log')]);
  expect(diagnosis).toMatchObject({ healthy: false, cause: { failure: { id: 'disk-full' } } });
  for (const { command } of diagnosis.commands) expect(command).not.toMatch(/curl|rm -rf/);
});

test('for people it is text within 80 columns, with FILE:LINE', async () => {
  const input = readFileSync(path('disk-full.log'), 'utf8');
  const { code, stdout } = await sigma(['diagnose', '-', '--no-ai', '--evidence'], { input });
  expect(code).toBe(0);
  expect(stdout).toContain('What happened\n');
  expect(stdout).toContain('Likely cause (high confidence): No space left on a device\n');
  expect(stdout).toMatch(/^ {4}stdin:64: ERROR \[ingest\] write .*No space/m);
  expect(stdout).toContain('E1 fatal 31x, lines 64 to 95, known-failure');
  for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
});
