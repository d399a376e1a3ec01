import { describe, expect, test } from 'vitest';
import { Diagnosis } from '../../contract/diagnosis';
import { HEALTHY, NOT_SHOWN } from './form';
import { diagnoseFromData } from './from-data';
import { at, CHECKER, OUT_OF_MEMORY, pack, piece, UNKNOWN } from './pack.test-data';

const from = (...args: [Parameters<typeof diagnoseFromData>[0], string?]) =>
  diagnoseFromData(args[0], CHECKER, args[1]);
const linesOf = (part: { readonly citations: readonly { readonly line: number }[] } | null | undefined) =>
  part?.citations.map(({ line }) => line);

describe('a diagnosis without a model', () => {
  test('says what, when, why and what to check, with lines', () => {
    const diagnosis = from(OUT_OF_MEMORY);
    expect(Diagnosis.parse(diagnosis)).toEqual(diagnosis);
    expect(diagnosis.what.map(({ text }) => text)).toEqual([
      'Out of memory: the kernel killed a process at 10:03:12.',
      'nginx: the server behind refused the connection, 2 times from 10:03:20 to 10:20:00.',
    ]);
    expect(diagnosis.what.map(linesOf)).toEqual([[100], [110, 111]]);
    expect(diagnosis.when).toMatchObject({ from: at('10:03:12'), to: at('10:20:00') });
    expect(linesOf(diagnosis.when)).toEqual([100, 111]);
    expect(diagnosis.cause).toMatchObject({
      confidence: 'high',
      failure: { id: 'kernel-oom-kill' },
      unsupported: null,
    });
    expect(linesOf(diagnosis.cause)).toEqual([100]);
    expect(diagnosis.checks[0]?.piece).toBe(1);
    expect(diagnosis.commands[0]).toMatchObject({ command: 'free -h', check: { level: 'read-only' } });
    expect(diagnosis.findings.map(({ piece, failure }) => [piece, failure?.id])).toEqual([
      [1, 'kernel-oom-kill'],
      [2, 'nginx-upstream-refused'],
    ]);
    const sources = [diagnosis.cause, ...diagnosis.what, ...diagnosis.findings, ...diagnosis.checks];
    for (const part of sources) expect(part?.source.kind).toBe('data');
  });

  test('quotes the log where nothing is known, with little confidence', () => {
    const diagnosis = from(UNKNOWN);
    expect(diagnosis.what[0]?.text).toBe(
      'The log says "flux: capacitor C7 over limit 88 mph, coupling lost" at 10:01:02.',
    );
    expect(diagnosis.cause).toMatchObject({ confidence: 'low', failure: null });
    expect(linesOf(diagnosis.cause)).toEqual([41]);
    expect(diagnosis.commands).toEqual([]);
  });

  test('says that a healthy log is', () => {
    const warning = piece(['slow request'], { severity: 'warning' });
    for (const pieces of [[], [warning]]) {
      const diagnosis = from(pack(pieces, { healthy: true }));
      expect(diagnosis.what.map(({ text }) => text)).toEqual([HEALTHY]);
      expect(diagnosis).toMatchObject({ healthy: true, cause: null, when: null, findings: [], commands: [] });
    }
  });

  test('answers a question with the nearest lines, or says that they do not tell', () => {
    const answer = from(OUT_OF_MEMORY, 'Why was the upstream refused?').answer;
    expect(answer.map(linesOf)).toEqual([[110, 111]]);
    expect(from(OUT_OF_MEMORY, 'Is the printer jammed?').answer).toMatchObject([
      { text: NOT_SHOWN, citations: [] },
    ]);
    expect(from(OUT_OF_MEMORY).answer).toEqual([]);
  });

  test('offers words of the lines for placeholders of commands', () => {
    const unit = piece(['systemd[1]: web.service: Main process exited, code=exited, status=1/FAILURE'], {
      failures: ['systemd-main-process-exited'],
    });
    const values = from(pack([unit])).commands.flatMap((command) => command.values.UNIT ?? []);
    expect(new Set(values)).toEqual(new Set(['web.service']));
  });
});
