import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AppError } from '../contract/errors';
import { detectFormat, formatOfLine } from '../logs/formats/detect';
import { jsonFields, logfmtFields } from '../logs/formats/fields';
import { unwrap } from '../logs/formats/unwrap';
import { decodeJournal } from '../logs/ingest/journal-export';
import { readableMessages } from '../logs/ingest/journal-json';
import type { Bytes } from '../logs/ingest/log-source';
import { maskMessage } from '../logs/masks/mask';
import { skeletonOf } from '../logs/masks/scanner';
import { lineRole } from '../logs/records/line-role';
import { cuts, FUZZ_TIMEOUT_MS, fuzz, mutated, mutatedBytes, pieces } from './fuzz';

const LINES = [
  '2024-05-01T12:00:00.123Z ERROR [db] statement 17 failed: deadlock detected',
  '<34>1 2003-10-11T22:14:15.003Z host su - ID47 [a@1 b="c"] message',
  'May  1 12:00:00 host sshd[4711]: Failed password for root from 10.0.0.1 port 22 ssh2',
  '{"level":"error","ts":1714564800.1,"msg":"no","nested":{"a":[1,2,{"b":null}]}}',
  'level=warn ts=2024-05-01T12:00:00Z msg="it \\"failed\\"" took=5ms',
  '10.0.0.1 - - [01/May/2024:12:00:00 +0000] "GET /x?y=1 HTTP/1.1" 500 12 "-" "curl/8"',
  '2024-05-01T12:00:00.1Z stderr F {"log":"x\\n","stream":"stderr","time":"2024-05-01T12:00:00Z"}',
  'E0501 12:00:00.000000    1 reflector.go:138] k8s.io: Failed to watch *v1.Pod',
  '    at org.example.Main.run(Main.java:42)',
  'Traceback (most recent call last):',
  '[   12.345678] Out of memory: Killed process 4711 (java) total-vm:1kB',
];

test('lines of logs: no parser throws, and what is made of a line is bounded', {
  timeout: FUZZ_TIMEOUT_MS,
}, async () => {
  await fuzz('log lines', 2500, mutated(LINES), (line) => {
    const skeleton = skeletonOf(line);
    expect(skeleton.length).toBeLessThanOrEqual(line.length + 64);
    maskMessage(skeleton);
    lineRole(skeleton);
    unwrap(line);
    jsonFields(line);
    logfmtFields(line);
    formatOfLine(line);
  });
  await fuzz('log formats', 150, fc.array(mutated(LINES), { minLength: 1, maxLength: 20 }), (lines) => {
    detectFormat(lines);
  });
});

const entry = (message: string) =>
  Buffer.from(
    `__CURSOR=s=1\n__REALTIME_TIMESTAMP=1714564800000000\n_HOSTNAME=h\nPRIORITY=3\n_PID=7\n${message}\n\n`,
    'latin1',
  );
const binary = Buffer.from('MESSAGE\n\x05\0\0\0\0\0\0\0a\nb\0c', 'latin1').toString('latin1');
const JOURNALS = [
  Buffer.concat([entry('MESSAGE=one'), entry(binary)]),
  Buffer.concat([entry(binary), entry('MESSAGE=two'), entry('MESSAGE\n\xff\xff\xff\xff\xff\xff\xff\x7fx')]),
  Buffer.from(
    '{"__REALTIME_TIMESTAMP":"1","MESSAGE":[104,105,10]}\n{"MESSAGE":"x","__REALTIME_TIMESTAMP":"2"}\n',
  ),
];

async function whole(
  decode: (bytes: Bytes) => Promise<Bytes>,
  parts: readonly Uint8Array[],
): Promise<string> {
  async function* given(): Bytes {
    yield* parts;
  }
  const out: Uint8Array[] = [];
  for await (const piece of await decode(given())) out.push(piece.slice());
  return Buffer.concat(out).toString('latin1');
}

test('exports of the journal read the same however they come', { timeout: FUZZ_TIMEOUT_MS }, async () => {
  await fuzz('journald export', 800, fc.tuple(mutatedBytes(JOURNALS), cuts), async ([bytes, at]) => {
    for (const decode of [
      async (given: Bytes) => (await decodeJournal(given)).bytes,
      (given: Bytes) => readableMessages(given, () => undefined),
    ]) {
      const read = (parts: readonly Uint8Array[]) =>
        whole(decode, parts).catch((thrown: unknown) => {
          if (thrown instanceof AppError) return thrown.message;
          throw thrown;
        });
      expect(await read(pieces(bytes, at))).toBe(await read([bytes]));
    }
  });
});
