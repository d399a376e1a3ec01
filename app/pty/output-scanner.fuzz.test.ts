import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cuts, FUZZ_TIMEOUT_MS, fuzz, mutated, pieces } from '../../engine/fuzz/fuzz';
import { type OutputPart, OutputScanner } from './output-scanner';

const SECRET = '0123456789abcdef';
const OUTPUTS = [
  'plain \x1b[31mred\x1b[0m text\r\n',
  `\x1b]633;A;${SECRET}\x07$ \x1b]633;B;${SECRET}\x07ls\r\n\x1b]633;D;0;${SECRET}\x07`,
  '\x1b]633;E;rm -rf /;0123456789abcdeX\x07\x1b]133;A\x07',
  '\x1b]7;file://host/home/a%20b\x1b\\\x1b[?1049h\x1b[?2004;1049l\x1bc',
  `\x1b]633;C;half`,
];

function scan(parts: readonly string[]): OutputPart[] {
  const scanner = new OutputScanner(SECRET);
  return [...parts.flatMap((part) => scanner.scan(part)), { kind: 'text', text: scanner.rest() }];
}
const textOf = (parts: readonly OutputPart[]) =>
  parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');
const foundIn = (parts: readonly OutputPart[]) => parts.filter(({ kind }) => kind !== 'text');

test('output is read the same however it comes, and nothing is a message without the secret', {
  timeout: FUZZ_TIMEOUT_MS,
}, async () => {
  await fuzz('osc parser', 2000, fc.tuple(mutated(OUTPUTS), cuts), ([output, at]) => {
    const whole = scan([output]);
    const inPieces = scan(pieces(output, at));
    expect(textOf(inPieces)).toBe(textOf(whole));
    expect(foundIn(inPieces)).toEqual(foundIn(whole));
    const messages = whole.filter(({ kind }) => kind === 'message').length;
    expect(messages).toBeLessThanOrEqual(output.split(`;${SECRET}\x07`).length - 1);
    if (messages === 0) expect(textOf(whole)).toBe(output);
  });
});
