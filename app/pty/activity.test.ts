import { expect, it } from 'vitest';
import { activityOf, type Evidence, whyNotInsert } from './activity';

const nothing: Evidence = {
  ended: false,
  alternate: false,
  programRuns: null,
  phase: null,
  hidden: null,
  shell: null,
};

it.each<[string, Partial<Evidence>]>([
  ['prompt', { phase: 'prompt', programRuns: false, hidden: false, shell: true }],
  ['prompt', { phase: 'prompt' }],
  ['prompt', { programRuns: false, shell: true }],
  ['program', { phase: 'running' }],
  ['program', { phase: 'prompt', programRuns: true }],
  ['program', { programRuns: true, shell: true }],
  ['full-screen', { phase: 'prompt', alternate: true }],
  ['password', { phase: 'prompt', hidden: true }],
  ['password', { programRuns: true, hidden: true }],
  ['unknown', {}],
  ['unknown', { programRuns: false, shell: false }],
  ['unknown', { programRuns: null, shell: true }],
  ['ended', { ended: true, phase: 'prompt' }],
])('is %s with %j', (activity, evidence) => {
  expect(activityOf({ ...nothing, ...evidence })).toBe(activity);
});

it('says why nothing is inserted everywhere but at the prompt', () => {
  expect(whyNotInsert('prompt', null)).toBeNull();
  expect(whyNotInsert('unknown', 'ssh')).toBe("It can't be seen from here whether ssh is at a prompt.");
  for (const activity of ['program', 'full-screen', 'password', 'unknown', 'ended'] as const) {
    expect(whyNotInsert(activity, null)).toMatch(/\.$/);
  }
});
