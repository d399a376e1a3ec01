import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readableMessages } from './journal-json';

async function readable(text: string, pieceSize = 50) {
  const bytes = Buffer.from(text);
  async function* pieces() {
    for (let start = 0; start < bytes.length; start += pieceSize) {
      yield bytes.subarray(start, start + pieceSize);
    }
  }
  const warnings: string[] = [];
  const parts: Uint8Array[] = [];
  for await (const part of await readableMessages(pieces(), (warning) => warnings.push(warning))) {
    parts.push(part);
  }
  return { text: Buffer.concat(parts).toString(), warnings };
}

const entry = (message: string, asBytes: boolean) =>
  `{"__REALTIME_TIMESTAMP":"1767225600000000","MESSAGE":${JSON.stringify(asBytes ? [...Buffer.from(message)] : message)},"_COMM":"é"}`;

test('messages are text however they were written, in any chunking', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.string({ unit: 'grapheme' }), fc.boolean()), { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 1, max: 200 }),
      async (messages, pieceSize) => {
        const log = messages.map(([message, asBytes]) => entry(message, asBytes)).join('\n');
        const lines = (await readable(log, pieceSize)).text.split('\n').map((line) => JSON.parse(line));
        expect(lines).toEqual(
          messages.map(([message]) => JSON.parse(entry(Buffer.from(message).toString(), false))),
        );
      },
    ),
  );
});

test('colours come as text, with a warning', async () => {
  const { text, warnings } = await readable(entry('\x1b[31mit broke\x1b[0m', true));
  expect(text).toBe(entry('\x1b[31mit broke\x1b[0m', false));
  expect(warnings).toHaveLength(1);
});

test('other logs are not touched', async () => {
  const log = '{"MESSAGE":[104,105]}\n';
  expect(await readable(log)).toEqual({ text: log, warnings: [] });
});
