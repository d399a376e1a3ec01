import { expect, it, vi } from 'vitest';
import { AppError } from '../../engine/contract/errors';
import type { EngineStatus, KnowledgeStatus } from '../contract/window-api';
import { Knowledge } from './knowledge';

type Watcher = (status: EngineStatus) => void;

function setUp(answers: (() => Promise<unknown>)[]) {
  let tell: Watcher = () => {};
  const add = vi.fn();
  const engine = {
    watch: (watcher: Watcher) => {
      tell = watcher;
    },
    do: vi.fn(
      (_chore: string, _params: unknown) =>
        answers.shift()?.() ?? Promise.reject(new Error('asked too often')),
    ),
  };
  let names = false;
  const knowledge = new Knowledge(engine as never, { add } as never, () => names);
  const seen: KnowledgeStatus['state'][] = [];
  knowledge.watch(({ state }) => seen.push(state), new AbortController().signal);
  knowledge.start();
  const setNames = (on: boolean) => {
    names = on;
    knowledge.refresh();
  };
  return { tell: (state: string) => tell({ state } as EngineStatus), seen, add, engine, setNames };
}
const settle = () => new Promise((resolve) => setImmediate(resolve));

it('gathers once the model is loaded or could not be, once a process', async () => {
  const answer = async () => ({ documents: 3, missing: [] });
  const { tell, seen, engine } = setUp([answer, answer]);
  tell('starting');
  tell('loading');
  expect(engine.do).not.toHaveBeenCalled();
  tell('ready');
  tell('ready');
  await settle();
  expect(seen).toEqual(['waiting', 'gathering', 'ready']);
  tell('starting');
  tell('failed');
  await settle();
  expect(engine.do).toHaveBeenCalledTimes(2);
});

it('gathers again when the names of this machine are allowed, and only then', async () => {
  const answer = async () => ({ documents: 3, missing: [] });
  const { tell, engine, setNames } = setUp([answer, answer]);
  setNames(true);
  setNames(false);
  tell('ready');
  await settle();
  setNames(false);
  setNames(true);
  await settle();
  expect(engine.do.mock.calls.map(([, params]) => params)).toEqual([
    { machineNames: false },
    { machineNames: true },
  ]);
});

it('tells a failure once, and leaves a lost process to its supervisor', async () => {
  const fail = (kind: 'unreadable' | 'unavailable') => () => Promise.reject(new AppError(kind, 'no disk.'));
  const { tell, seen, add } = setUp([fail('unavailable'), fail('unreadable'), fail('unreadable')]);
  for (const told of [0, 1, 1]) {
    tell('starting');
    tell('ready');
    await settle();
    expect(seen.at(-1)).toBe('failed');
    expect(add).toHaveBeenCalledTimes(told);
  }
});
