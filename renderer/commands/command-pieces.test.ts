import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CommandFinding, ExplainedPart } from '../../engine/contract/commands';
import { commandPieces } from './command-pieces';

const COMMAND = 'du -sh --bogus FOLDER | sort';
const part = (start: number, end: number, meaning: string | null = 'says so'): ExplainedPart => ({
  start,
  end,
  text: COMMAND.slice(start, end),
  role: 'option',
  meaning,
  source: 'man du(1)',
});
const finding = (start: number, end: number, severity: 'error' | 'warning' = 'error'): CommandFinding => ({
  kind: 'unknown-option',
  severity,
  message: 'du has no option --bogus.',
  start,
  end,
});

it('makes a piece of each part that has something to say', () => {
  const pieces = commandPieces(
    COMMAND,
    [part(0, 2), part(3, 6), part(7, 14, null), part(15, 21, null), part(3, 5)],
    [finding(7, 14)],
    [{ name: 'FOLDER', start: 15, end: 21, filled: false }],
  );
  expect(pieces.map(({ part: own, cells }) => [own !== null, cells.map(({ text }) => text)])).toEqual([
    [true, ['du']],
    [false, [' ']],
    [true, ['-sh']],
    [false, [' ']],
    [true, ['--bogus']],
    [false, [' ', 'FOLDER', ' | sort']],
  ]);
  expect(pieces[4]?.cells[0]?.severity).toBe('error');
  expect(pieces[4]?.findings).toHaveLength(1);
  expect(pieces[5]?.cells.map(({ placeholder }) => placeholder)).toEqual([null, 'left', null]);
});

it('keeps every character once, whatever the spans', () => {
  const span = fc.tuple(fc.nat(40), fc.nat(40));
  fc.assert(
    fc.property(fc.array(span), fc.array(span), fc.array(span), (parts, findings, placeholders) => {
      const pieces = commandPieces(
        COMMAND,
        parts.map(([a, b]) => part(a, b)),
        findings.map(([a, b]) => finding(a, b)),
        placeholders.map(([start, end]) => ({ name: 'X', start, end, filled: true })),
      );
      expect(pieces.flatMap(({ cells }) => cells.map(({ text }) => text)).join('')).toBe(COMMAND);
    }),
  );
});
