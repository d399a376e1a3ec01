import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { runProgram, sigma } from './drivers/command-line';

const INCIDENT = join(import.meta.dirname, 'fixtures', 'sshd-incident.log');
const HEALTHY = join(import.meta.dirname, 'fixtures', 'healthy.log');

let folder: string;
test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sigma-ops-cli-'));
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('suggest --json prints one JSON value of the agreed form and nothing else', async () => {
  const request = 'show disk usage of the current directory, biggest first';
  const { code, stdout } = await sigma(['suggest', request, '--json']);
  expect(code).toBe(0);
  const suggestion = JSON.parse(stdout);
  expect(suggestion).toMatchObject({
    request,
    placeholders: [],
    risk: { level: 'read-only', needsRoot: false },
  });
  expect(suggestion.command).toMatch(/\bdu\b/);
  expect(suggestion.candidates[0].command).toBe(suggestion.command);
  expect(suggestion.ms).toBeGreaterThan(0);
});

test('check says what a command would do, and does not do it', async () => {
  const file = join(folder, 'kept.txt');
  writeFileSync(file, 'kept');
  const { code, stdout } = await sigma(['check', `sh -c 'rm -f ${file}'`, '--json']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ parsed: true, level: 'destructive', runsUnseenCode: false });
  expect(readFileSync(file, 'utf8')).toBe('kept');
});

test('check --batch writes one line for each, in order', async () => {
  const [input, output] = [join(folder, 'in.jsonl'), join(folder, 'out.jsonl')];
  writeFileSync(input, '{"cmd":"df -h","id":7}\n{"cmd":"echo \\"open","id":8}\n');
  expect((await sigma(['check', '--batch', input, '--out', output])).code).toBe(0);
  const lines = readFileSync(output, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines).toMatchObject([
    { id: 7, parsed: true, level: 'read-only' },
    { id: 8, parsed: false, level: 'destructive', runsUnseenCode: true },
  ]);
});

test('suggest prints the command only, and the same one again', async () => {
  const first = await sigma(['suggest', 'list listening tcp ports with their processes']);
  const second = await sigma(['suggest', 'list listening tcp ports with their processes']);
  expect(first.code).toBe(0);
  expect(first.stdout.trim().split('\n')).toHaveLength(1);
  expect(first.stdout).toMatch(/\b(ss|lsof|netstat)\b/);
  expect(second.stdout).toBe(first.stdout);
});

test('ask streams an answer of words', async () => {
  const { code, stdout, stderr } = await sigma(['ask', 'What does the command uptime show?']);
  expect(code).toBe(0);
  expect(stdout.trim().split(/\s+/).length).toBeGreaterThan(5);
  expect(stderr).toBe('');
});

test('diagnose --json cites lines that stand in the file, byte for byte', async () => {
  const { code, stdout } = await sigma(['diagnose', INCIDENT, '--json']);
  expect(code).toBe(0);
  const diagnosis = JSON.parse(stdout);
  expect(diagnosis.healthy).toBe(false);
  expect(diagnosis.findings.length).toBeGreaterThan(0);
  const lines = readFileSync(INCIDENT, 'utf8').split('\n');
  for (const { claim, citations } of diagnosis.findings) {
    expect(claim.length).toBeGreaterThan(0);
    expect(citations.length).toBeGreaterThan(0);
    for (const { line, text } of citations) expect(text).toBe(lines[line - 1]);
  }
  for (const { number, text } of diagnosis.linesSeen) expect(text).toBe(lines[number - 1]);
});

test('diagnose reads standard input and calls a healthy log healthy', async () => {
  const { code, stdout } = await sigma(['diagnose', '-', '--json'], { input: readFileSync(HEALTHY, 'utf8') });
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ healthy: true, findings: [], linesSeen: [] });
});

test('digest counts all lines, and writes the template of each', async () => {
  const csv = join(folder, 'templates.csv');
  const { code, stdout } = await sigma(['digest', INCIDENT, '--json', '--templates', csv]);
  expect(code).toBe(0);
  const digest = JSON.parse(stdout);
  const lines = readFileSync(INCIDENT, 'utf8').trimEnd().split('\n').length;
  expect(digest.lines).toBe(lines);
  const counted = digest.patterns.reduce((sum: number, { count }: { count: number }) => sum + count, 0);
  expect(counted).toBe(lines);
  const rows = readFileSync(csv, 'utf8').trimEnd().split('\n');
  expect(rows[0]).toBe('LineId,EventId,EventTemplate');
  expect(rows).toHaveLength(lines + 1);
  expect(rows.at(-1)).toMatch(new RegExp(`^${lines},E[0-9a-f]{12},`));
});

test('digest reads standard input and tells people what is in it', async () => {
  const { code, stdout } = await sigma(['digest', '-'], { input: readFileSync(INCIDENT, 'utf8') });
  expect(code).toBe(0);
  expect(stdout).toMatch(/^stdin: [\d,]+ lines, /);
  expect(stdout).toContain('Most lines');
  expect(stdout).toContain('First errors');
});

test('bad input gets one clear line on stderr and a non-zero exit', async () => {
  const empty = join(folder, 'empty.log');
  const binary = join(folder, 'binary.log');
  writeFileSync(empty, '');
  writeFileSync(binary, Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 3, 0, 0, 0, 0, 0xff, 0xfe, 0, 0]));
  for (const args of [
    ['diagnose', join(folder, 'missing.log')],
    ['diagnose', folder],
    ['diagnose', empty],
    ['diagnose', binary],
    ['digest', join(folder, 'missing.log')],
    ['digest', folder],
    ['digest', empty],
    ['digest', binary],
    ['digest', INCIDENT, '--templates', INCIDENT],
    ['digest', INCIDENT, '--templates', join(folder, 'no', 'such', 'folder.csv')],
    ['digest', '-', INCIDENT],
    ['ask', 'x', '--model', folder],
    ['ask', 'x', '--loud'],
    ['explode'],
    ['suggest', ''],
  ]) {
    const { code, stdout, stderr } = await sigma(args);
    expect(code, args.join(' ')).not.toBe(0);
    expect(stdout, args.join(' ')).toBe('');
    expect(stderr.trim().split('\n'), args.join(' ')).toHaveLength(1);
    expect(stderr, args.join(' ')).toMatch(/^sigma-ops: /);
  }
});

test('npm start without a display says so and names the command line', async () => {
  test.skip(process.platform !== 'linux', 'Only Linux has sessions without a display.');
  const { DISPLAY: _x, WAYLAND_DISPLAY: _wayland, ...env } = process.env;
  const { code, stderr } = await runProgram('npm', ['start', '--silent'], { env });
  expect(code).not.toBe(0);
  expect(stderr).toContain('There is no display here');
  expect(stderr).toContain('npm run -s sigma -- ask');
});
