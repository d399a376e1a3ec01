import { expect, test } from 'vitest';
import type { AssistantEvent, Diagnosis } from '../../engine/contract/assistant';
import {
  failDiagnosis,
  finishDiagnosis,
  reduceDiagnosis,
  spokenText,
  startDiagnosis,
} from './diagnosis-model';

const diagnosis = (summary: string): Diagnosis => ({
  healthy: false,
  summary,
  summarySource: { kind: 'data', name: 'counts' },
  what: [],
  when: null,
  cause: null,
  answer: [{ text: 'It was the disk.', source: { kind: 'model' }, citations: [], unsupported: null }],
  checks: [],
  commands: [],
  findings: [],
  dropped: 0,
  linesSeen: [],
  piecesLeftOut: 0,
  prompts: [],
});
const feed = (...events: AssistantEvent[]) => events.reduce(reduceDiagnosis, startDiagnosis(''));

test('data come first, then the model’s words, then the result in their place', () => {
  const writing = feed(
    { type: 'diagnosis', diagnosis: diagnosis('3 errors') },
    { type: 'prefill', done: 10, total: 20 },
    { type: 'text', text: 'The disk' },
    { type: 'text', text: ' is' },
  );
  expect(writing).toMatchObject({ state: 'running', reading: null, text: 'The disk is' });
  expect(writing.diagnosis?.summary).toBe('3 errors');
  const done = finishDiagnosis(writing, diagnosis('3 errors and a cause'));
  expect(done).toMatchObject({ state: 'complete', text: '' });
  expect(done.diagnosis?.summary).toBe('3 errors and a cause');
});

test('reading ends when all tokens are read', () => {
  expect(feed({ type: 'prefill', done: 5, total: 20 }).reading).toEqual({ done: 5, total: 20 });
  expect(feed({ type: 'prefill', done: 20, total: 20 }).reading).toBeNull();
});

test('a stop keeps what came; only what is settled is read out', () => {
  const view = feed({ type: 'diagnosis', diagnosis: diagnosis('3 errors') }, { type: 'text', text: 'maybe' });
  expect(spokenText(view)).toBe('');
  const stopped = failDiagnosis(view, { kind: 'cancelled', message: 'Stopped.' });
  expect(stopped).toMatchObject({ state: 'stopped', text: 'maybe' });
  expect(stopped.diagnosis?.summary).toBe('3 errors');
  expect(failDiagnosis(view, { kind: 'model', message: 'No model.' }).state).toBe('failed');
  expect(spokenText(finishDiagnosis(view, diagnosis('Two errors.')))).toBe('Two errors.\nIt was the disk.');
});
