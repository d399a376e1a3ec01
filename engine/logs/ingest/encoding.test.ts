import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toUtf8 } from './encoding';

async function decode(bytes: Uint8Array, pieceSize = 7): Promise<{ text: string; warnings: string[] }> {
  const warnings: string[] = [];
  async function* pieces() {
    for (let start = 0; start < bytes.length; start += pieceSize)
      yield bytes.subarray(start, start + pieceSize);
  }
  const parts: Uint8Array[] = [];
  for await (const part of toUtf8(pieces(), 'x.log', (warning) => warnings.push(warning))) parts.push(part);
  return { text: Buffer.concat(parts).toString(), warnings };
}

describe('encoding', () => {
  test('UTF-16 with a mark is decoded, in both orders and any chunking', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme' }),
        fc.integer({ min: 1, max: 9 }),
        fc.boolean(),
        async (text, pieceSize, bigEndian) => {
          const bytes = Buffer.from(`\uFEFF${text}`, 'utf16le');
          if (bigEndian) bytes.swap16();
          expect((await decode(bytes, pieceSize)).text).toBe(text.toWellFormed());
        },
      ),
    );
  });

  test('a UTF-8 mark is dropped', async () => {
    expect((await decode(Buffer.from('\uFEFFERROR é'))).text).toBe('ERROR é');
  });

  test('UTF-16 without a mark is told by its zeros, in both orders', async () => {
    for (const bigEndian of [false, true]) {
      const bytes = Buffer.from('2026-01-01 ERROR größer als 5\n'.repeat(9), 'utf16le');
      if (bigEndian) bytes.swap16();
      expect((await decode(bytes)).text).toBe('2026-01-01 ERROR größer als 5\n'.repeat(9));
    }
  });

  test('lines that end with CR alone are lines', async () => {
    expect((await decode(Buffer.from('one\rtwo\r'))).text).toBe('one\ntwo\n');
    expect((await decode(Buffer.from('10 %\r20 %\r\ndone\n'))).text).toBe('10 %\r20 %\r\ndone\n');
    expect((await decode(Buffer.from('one line\r'))).text).toBe('one line\r');
  });

  test('NULs at the start are left out, as many pieces as they are', async () => {
    const { text, warnings } = await decode(Buffer.concat([Buffer.alloc(1000), Buffer.from('a line\n')]));
    expect(text).toBe('a line\n');
    expect(warnings).toEqual([expect.stringContaining('1000 NUL bytes')]);
  });

  test('a hole in the middle is kept with a warning', async () => {
    const log = 'a line of a log\n'.repeat(50);
    const { text, warnings } = await decode(Buffer.from(`${log}${'\0'.repeat(4096)}${log}`));
    expect(text).toBe(`${log}${'\0'.repeat(4096)}${log}`);
    expect(warnings).toHaveLength(1);
  });

  test.each([
    ['an executable', Buffer.from('\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0')],
    ['random bytes', Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 7919) & 255))],
    ['text with many NULs', Buffer.from('a\0bb\0ccc\0\0d')],
  ])('%s is refused as binary', async (_, bytes) => {
    await expect(decode(bytes, 4096)).rejects.toMatchObject({ kind: 'unreadable', message: /binary/ });
  });

  test.each([
    ['compressed with lz4', Buffer.from([0x04, 0x22, 0x4d, 0x18, 0, 1, 2])],
    ['a systemd journal', Buffer.from('LPKSHHRH\0\0\0\0\x01')],
    ['a tar archive', Buffer.concat([Buffer.from('x.log'), Buffer.alloc(252), Buffer.from('ustar\x0000')])],
  ])('%s is refused with the way to its text', async (what, bytes) => {
    await expect(decode(bytes, 4096)).rejects.toMatchObject({
      kind: 'unreadable',
      message: expect.stringContaining(what),
    });
  });

  test('one NUL in a long log is a warning', async () => {
    const { text, warnings } = await decode(Buffer.from(`${'a line\n'.repeat(500)}a \0 line\n`), 64);
    expect(text).toContain('a \0 line');
    expect(warnings).toHaveLength(1);
  });

  test('escape codes and Latin-1 are text', async () => {
    await expect(decode(Buffer.from('\x1b[31mred\x1b[0m caf\xe9', 'latin1'))).resolves.toBeDefined();
  });
});
