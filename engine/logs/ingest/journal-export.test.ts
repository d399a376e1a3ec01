import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeJournal } from './journal-export';

/** An entry as journald writes it: values with control bytes are binary. */
function entry(fields: Record<string, string | Uint8Array>): Buffer {
  const parts = Object.entries(fields).map(([name, value]) => {
    const bytes = Buffer.from(value as Uint8Array);
    if (bytes.every((byte) => byte >= 0x20)) return Buffer.concat([Buffer.from(`${name}=`), bytes, LF]);
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(bytes.length));
    return Buffer.concat([Buffer.from(`${name}\n`), length, bytes, LF]);
  });
  return Buffer.concat([...parts, LF]);
}
const LF = Buffer.from('\n');

async function decode(bytes: Uint8Array, pieceSize = 1000): Promise<string> {
  async function* pieces() {
    for (let start = 0; start < bytes.length; start += pieceSize) {
      yield bytes.subarray(start, start + pieceSize);
    }
  }
  const parts: Uint8Array[] = [];
  for await (const part of (await decodeJournal(pieces())).bytes) parts.push(part);
  return Buffer.concat(parts).toString();
}

const HEAD = {
  __CURSOR: 's=1;i=2',
  __REALTIME_TIMESTAMP: '1767225600123456',
  _HOSTNAME: 'web1',
  SYSLOG_IDENTIFIER: 'sshd',
  _PID: '99',
  PRIORITY: '3',
};
const HEADER = '<3>2026-01-01T00:00:00.123456Z web1 sshd[99]: ';

test('entries become lines, in any chunking, whatever else they hold', async () => {
  const message = fc.string({ unit: 'grapheme', maxLength: 50 }).filter((text) => !text.includes('\n'));
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(message, fc.uint8Array({ maxLength: 300 })), { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 1, max: 400 }),
      async (entries, pieceSize) => {
        const bytes = Buffer.concat(
          entries.map(([MESSAGE, COREDUMP]) => entry({ ...HEAD, COREDUMP, MESSAGE: Buffer.from(MESSAGE) })),
        );
        expect(await decode(bytes, pieceSize)).toBe(
          entries.map(([text]) => `${HEADER}${Buffer.from(text).toString()}\n`).join(''),
        );
      },
    ),
  );
});

test('further lines of a message are indented below it', async () => {
  const bytes = entry({ ...HEAD, MESSAGE: 'it broke\nat main.ts\n' });
  expect(await decode(bytes)).toBe(`${HEADER}it broke\n    at main.ts\n`);
});

test('a field larger than memory should hold is passed over', async () => {
  const bytes = Buffer.concat([
    entry({ ...HEAD, COREDUMP: Buffer.alloc(5_000_000), MESSAGE: 'one' }),
    entry({ ...HEAD, MESSAGE: Buffer.alloc(3_000_000, 'x\x01') }),
    entry({ ...HEAD, MESSAGE: 'three' }),
  ]);
  const lines = (await decode(bytes, 100_000)).split('\n');
  expect([lines[0], lines[2]]).toEqual([`${HEADER}one`, `${HEADER}three`]);
  expect(lines[1]).toHaveLength(HEADER.length + 1024 * 1024);
});

test('an entry that is cut off gives what is there', async () => {
  const bytes = entry({ ...HEAD, MESSAGE: 'it broke' });
  expect(await decode(bytes.subarray(0, -5))).toBe(`${HEADER}it br\n`);
});

test('other text is handed on', async () => {
  expect(await decode(Buffer.from('CURSOR=1\n'))).toBe('CURSOR=1\n');
});
