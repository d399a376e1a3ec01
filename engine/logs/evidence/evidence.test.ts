import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { evidenceOnce } from '../read-once';
import { EVIDENCE_LINE_LIMIT } from './evidence';

const FOLDER = join(import.meta.dirname, '..', '..', '..', 'e2e', 'fixtures', 'diagnose');
const pack = (name: string) => evidenceOnce({ kind: 'files', paths: [join(FOLDER, name)] });
const packOf = (text: string) =>
  evidenceOnce({
    kind: 'stream',
    name: 'x',
    stream: (async function* () {
      yield Buffer.from(text);
    })(),
  });

describe('evidence of real-looking logs', () => {
  test.each([
    ['oom.log', 'kernel-oom-kill'],
    ['disk-full.log', 'disk-full'],
    ['tls-expired.log', 'tls-expired-go'],
    ['postgres-connections.log', 'pg-too-many-clients'],
    ['crashloop.log', 'k8s-crash-loop'],
    ['nccl-timeout.log', 'pytorch-nccl-watchdog-timeout'],
    ['java-heap.log', 'java-heap-space'],
    ['hostile.log', 'disk-full'],
  ])('%s leads with %s', async (name, id) => {
    const { healthy, pieces } = await pack(name);
    expect(healthy).toBe(false);
    expect(pieces[0]?.failures[0]?.id).toBe(id);
    const lines = readFileSync(join(FOLDER, name), 'utf8').split('\n');
    for (const piece of pieces) {
      for (const { number, text } of [...piece.lines, ...piece.before]) {
        expect(text).toBe(lines[number - 1]?.slice(0, EVIDENCE_LINE_LIMIT));
      }
      const shown = piece.lines.map(({ number }) => number);
      for (const { line } of piece.failures) expect(shown).toContain(line);
    }
  });

  test.each(readdirSync(FOLDER).filter((name) => name.startsWith('healthy')))(
    '%s is healthy',
    async (name) => {
      expect((await pack(name)).healthy).toBe(true);
    },
  );

  test('the kernel tells of memory in many lines, and its unit in three: two pieces', async () => {
    const { pieces } = await pack('oom.log');
    const ids = pieces.map(({ failures }) => failures.map(({ id }) => id));
    expect(ids[0]).toEqual(expect.arrayContaining(['kernel-oom-kill', 'kernel-oom-invoked']));
    expect(pieces.filter(({ firstLine }) => firstLine >= 60 && firstLine <= 62)).toHaveLength(1);
  });

  test('what a stack trace tells belongs to its record', async () => {
    const { pieces } = await pack('java-heap.log');
    expect(pieces).toHaveLength(1);
    expect(pieces[0]).toMatchObject({ count: 3, firstLine: 61, failures: [{ line: 66 }] });
    expect(pieces[0]?.lines.map(({ text }) => text)).toContain(
      'Caused by: java.lang.OutOfMemoryError: Java heap space',
    );
  });

  test('pieces have the moments of their lines', async () => {
    const { pieces } = await pack('disk-full.log');
    expect(pieces[0]?.time).toEqual({
      from: Date.parse('2024-05-02T09:15:02.311Z'),
      to: Date.parse('2024-05-02T09:19:14.529Z'),
    });
  });
});

test('a retry that a program calls information is no error', async () => {
  const line = (level: string) =>
    `2024-01-01T00:00:00Z ${level} client: dial tcp 10.0.0.1:80: connect: connection refused\n`;
  expect((await packOf(line('INFO'))).healthy).toBe(true);
  expect((await packOf(line('INFO'))).pieces[0]).toMatchObject({
    severity: 'warning',
    reason: 'known-failure',
  });
  expect((await packOf(line('ERROR'))).healthy).toBe(false);
});
