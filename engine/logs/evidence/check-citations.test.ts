import { expect, test } from 'vitest';
import type { Diagnosis } from '../../contract/diagnosis';
import { checkCitations, citedLines } from './check-citations';

const source = { kind: 'data', name: 'x' } as const;
const cite = (line: number, text: string) => [{ file: 'a.log', line, text }];
const sentence = (line: number, text: string) => ({
  text: 's',
  source,
  citations: cite(line, text),
  unsupported: null,
});
const DIAGNOSIS: Diagnosis = {
  healthy: false,
  summary: '',
  summarySource: source,
  what: [sentence(7, 'disk is f'), sentence(9, 'gone')],
  when: { from: 0, to: 1, citations: cite(9, 'gone') },
  cause: { ...sentence(9, 'gone'), confidence: 'high', because: '', failure: null },
  answer: [],
  checks: [],
  commands: [],
  findings: [
    {
      piece: 1,
      subject: null,
      claim: 's',
      source,
      confidence: 'high',
      citations: cite(7, 'disk is f'),
      failure: null,
    },
  ],
  dropped: 0,
  linesSeen: [],
  piecesLeftOut: 0,
  prompts: [],
};

test('citations get their whole lines; what rests on a line that reads otherwise is marked', () => {
  expect(citedLines(DIAGNOSIS)).toEqual([7, 9]);
  const checked = checkCitations(
    DIAGNOSIS,
    new Map([
      [7, 'disk is full'],
      [9, 'rotated away'],
    ]),
  );
  expect(checked.what[0]).toEqual({ ...DIAGNOSIS.what[0], citations: cite(7, 'disk is full') });
  expect(checked.what[1]).toMatchObject({
    citations: [],
    unsupported: expect.stringContaining('reads otherwise'),
  });
  expect(checked.cause).toMatchObject({ confidence: 'low', citations: [] });
  expect(checked.when?.citations).toEqual([]);
  expect(checked.findings[0]).toMatchObject({ confidence: 'high', citations: cite(7, 'disk is full') });
});
