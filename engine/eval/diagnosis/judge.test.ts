import { describe, expect, it } from 'vitest';
import type { Cause, Diagnosis } from '../../contract/diagnosis';
import type { DiagnosisItem } from './item';
import { judge } from './judge';
import { shuffledCauseRate } from './shuffle';

const lines = ['start', 'disk /data is full', 'write failed: No space left on device', 'service stopped'];

const item: DiagnosisItem = {
  id: 'disk-full-here',
  origin: 'generated',
  format: 'plain',
  truth: 'The disk is full.',
  cause: {
    signatures: ['disk-full'],
    keywords: [
      ['disk', 'space'],
      ['full', 'no space'],
    ],
    lines: [[2, 3]],
  },
  effects: [[4, 4]],
  herrings: [],
};

function diagnosis(cause: Partial<Cause> | null, cited: readonly number[] = [3]): Diagnosis {
  const citations = cited.map((line) => ({ file: 'x.log', line, text: lines[line - 1] ?? 'not there' }));
  const whole = cause && {
    text: 'Something else went wrong.',
    source: { kind: 'model' as const },
    citations,
    unsupported: null,
    confidence: 'high' as const,
    because: 'told',
    failure: null,
    ...cause,
  };
  return {
    healthy: cause === null,
    summary: '',
    summarySource: { kind: 'model' },
    what: [],
    when: null,
    cause: whole,
    answer: [],
    checks: [],
    commands: [],
    findings: [],
    dropped: 0,
    linesSeen: [],
    piecesLeftOut: 0,
    prompts: [],
  };
}
const named = (id: string, title = 'Something'): Cause['failure'] => ({ id, title, source: 'us' });
const judged = (given: Diagnosis, of = item) => judge(of, given, lines, 5);

describe('a cause', () => {
  it('is right if an accepted failure is named, or in other words that say it', () => {
    expect(judged(diagnosis({ failure: named('disk-full') })).causeRight).toBe(true);
    expect(judged(diagnosis({ text: 'The DISK has\nno space left.' })).causeRight).toBe(true);
    expect(judged(diagnosis({ failure: named('mysql-disk-full', 'The disk is full') })).causeRight).toBe(
      true,
    );
  });

  it('is wrong if it says something else, half of it, or nothing', () => {
    expect(judged(diagnosis({})).causeRight).toBe(false);
    expect(judged(diagnosis({ text: 'The disk is slow.' })).causeRight).toBe(false);
    expect(judged(diagnosis({ failure: named('connection-refused') })).causeRight).toBe(false);
    expect(judged(diagnosis(null)).causeRight).toBe(false);
  });

  it('is not named by a line of the log that is repeated', () => {
    const text = `The log begins with "write of the day's report failed: disk is full, ${'x'.repeat(20)}".`;
    expect(judged(diagnosis({ text })).causeRight).toBe(false);
    expect(judged(diagnosis({ text: 'The disk is full ("/data").' })).causeRight).toBe(true);
  });
});

describe('citations of a cause', () => {
  it('are right if all of them show it', () => {
    expect(judged(diagnosis({}, [2, 3])).citationsRight).toBe(true);
    expect(judged(diagnosis({}, [3, 4]))).toMatchObject({ citationsRight: false, citationsTouch: true });
    expect(judged(diagnosis({}, [1]))).toMatchObject({ citationsRight: false, citationsTouch: false });
    expect(judged(diagnosis({}, [])).citationsRight).toBe(false);
    expect(judged(diagnosis(null)).citationsRight).toBe(null);
  });
});

describe('claims', () => {
  const count = (given: Diagnosis) => {
    const { claims, claimsBorneOut } = judged(given);
    return [claims, claimsBorneOut];
  };
  it('are borne out by lines that are there and read as shown', () => {
    expect(count(diagnosis({}, [3]))).toEqual([1, 1]);
    expect(count(diagnosis({}, []))).toEqual([1, 0]);
    expect(count(diagnosis({}, [9]))).toEqual([1, 0]);
    const otherText = [{ file: 'x.log', line: 3, text: 'write succeeded' }];
    expect(count(diagnosis({ citations: otherText }))).toEqual([1, 0]);
    const cut = [{ file: 'x.log', line: 3, text: 'write failed: No sp…' }];
    expect(count(diagnosis({ citations: cut }))).toEqual([1, 1]);
  });

  it('of a known failure want a line that shows it, and doubts of the product count', () => {
    expect(count(diagnosis({ failure: named('disk-full') }, [3]))).toEqual([1, 1]);
    expect(count(diagnosis({ failure: named('disk-full') }, [4]))).toEqual([1, 0]);
    expect(count(diagnosis({ unsupported: 'no such word' }, [3]))).toEqual([1, 0]);
  });
});

it('calls a state right where it is', () => {
  const healthy = { ...item, cause: null };
  expect(judged(diagnosis(null), healthy)).toMatchObject({ stateRight: true, causeRight: null, claims: 0 });
  expect(judged(diagnosis({}), healthy).stateRight).toBe(false);
  expect(judged(diagnosis(null)).stateRight).toBe(false);
  expect(judged(diagnosis({})).stateRight).toBe(true);
});

it('answers of other logs are wrong unless truths are the same', () => {
  const kinds = [
    'disk-full',
    'java-heap-space',
    'pg-deadlock',
    'redis-noauth',
    'tls-self-signed',
    'nvidia-xid-79',
  ];
  const answers = kinds.map((id, at) => ({
    item: {
      ...item,
      cause: { signatures: [id], keywords: [[`word${at}`], ['other']], lines: [[1, 1] as [number, number]] },
    },
    diagnosis: diagnosis({ failure: named(id) }),
  }));
  expect(shuffledCauseRate(answers)).toBe(0);
  expect(
    shuffledCauseRate(
      answers.map(({ diagnosis: same }) => ({
        item,
        diagnosis: { ...same, cause: diagnosis({ failure: named('disk-full') }).cause },
      })),
    ),
  ).toBe(1);
});
