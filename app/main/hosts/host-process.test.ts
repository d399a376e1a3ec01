import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { z } from 'zod';
import type { ServiceContract } from '../../../engine/contract/rpc';
import { type HostConnection, HostProcess } from './host-process';
import { HEARTBEAT_MS, SILENCE_LIMITS } from './watchdog';

const contract = { ping: { params: z.object({}), result: z.string() } } as const satisfies ServiceContract;

/** A process that the test ends and answers by hand. */
class FakeProcess implements HostConnection {
  /** Calls; heartbeats are counted. */
  sent: { id: number }[] = [];
  pings = 0;
  signals: string[] = [];
  #message: (message: unknown) => void = () => {};
  #exits: ((code: number) => void)[] = [];
  send(message: unknown): void {
    if ((message as { type: string }).type === 'ping') this.pings++;
    else this.sent.push(message as { id: number });
  }
  onMessage(listener: (message: unknown) => void): void {
    this.#message = listener;
  }
  onExit(listener: (code: number) => void): void {
    this.#exits.push(listener);
  }
  kill(signal: string): void {
    this.signals.push(signal);
  }
  answer(result: unknown): void {
    this.#message({ type: 'result', id: this.sent.at(-1)?.id, result });
  }
  beat(): void {
    this.#message({ type: 'pong', id: 0 });
  }
  exit(code: number): void {
    for (const listener of this.#exits) listener(code);
  }
}

let started: FakeProcess[];
let host: HostProcess<typeof contract>;
let states: string[];
const newest = () => started.at(-1) as FakeProcess;

beforeEach(() => {
  vi.useFakeTimers();
  started = [];
  states = [];
  host = new HostProcess({
    name: 'The test process',
    contract,
    start: () => {
      const process = new FakeProcess();
      started.push(process);
      return process;
    },
  });
  host.onState((state) => states.push(state));
});
afterEach(() => {
  vi.useRealTimers();
});

it('answers calls, and refuses them before it was started', async () => {
  await expect(host.call('ping', {})).rejects.toMatchObject({ kind: 'unavailable' });
  host.start();
  const reply = host.call('ping', {});
  newest().answer('pong');
  expect(await reply).toBe('pong');
});

it('fails open calls at a crash and starts again after a pause', async () => {
  host.start();
  const reply = host.call('ping', {});
  newest().exit(139);
  await expect(reply).rejects.toMatchObject({ kind: 'unavailable', detail: 'It ended with code 139.' });
  const waiting = host.call('ping', {});
  expect(started).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(200);
  expect(started).toHaveLength(2);
  expect(states).toEqual(['running', 'restarting', 'running']);
  newest().answer('pong again');
  expect(await waiting).toBe('pong again');
});

it('fails calls that wait for a process which stays down', async () => {
  host.start();
  for (let crash = 0; crash < 3; crash++) {
    newest().exit(1);
    await vi.advanceTimersByTimeAsync(5000);
  }
  const starts = started.length;
  newest().exit(1);
  expect(host.state).toBe('failed');
  await expect(host.call('ping', {})).rejects.toMatchObject({ kind: 'unavailable' });
  expect(started).toHaveLength(starts);
});

it('gives up after crashes in a row, until the person asks', () => {
  host.start();
  for (let crash = 0; crash < 4; crash++) {
    newest().exit(1);
    vi.advanceTimersByTime(5000);
  }
  expect(host.state).toBe('failed');
  expect(started).toHaveLength(4);
  host.restart();
  expect(host.state).toBe('running');
});

it('does not count crashes that are far apart', () => {
  host.start();
  for (let crash = 0; crash < 10; crash++) {
    vi.advanceTimersByTime(60_000);
    newest().exit(1);
    vi.advanceTimersByTime(200);
  }
  expect(host.state).toBe('running');
});

it('replaces a process that hangs, and does not take its late end for a crash', () => {
  host.start();
  const old = newest();
  host.restart();
  expect(old.signals).toEqual(['SIGKILL']);
  old.exit(137);
  expect(states).toEqual(['running', 'running']);
  expect(started).toHaveLength(2);
});

it('stops for good, by force if it must', async () => {
  host.start();
  const stopped = host.stop();
  expect(newest().signals).toEqual(['SIGTERM']);
  vi.advanceTimersByTime(1500);
  await stopped;
  expect(newest().signals).toEqual(['SIGTERM', 'SIGKILL']);
  newest().exit(0);
  vi.advanceTimersByTime(60_000);
  expect(started).toHaveLength(1);
});

/** Lets time pass for a process that answers each heartbeat. */
function live(ms: number): void {
  for (let passed = 0; passed < ms; passed += HEARTBEAT_MS) {
    vi.advanceTimersByTime(HEARTBEAT_MS);
    newest().beat();
  }
}

it('tells of a process that answers no heartbeat, then ends it and starts another', async () => {
  const verdicts: string[] = [];
  host.onSilence((verdict) => verdicts.push(verdict));
  host.start();
  live(600_000);
  expect(newest().pings).toBe(200);
  expect(verdicts).toEqual([]);
  vi.advanceTimersByTime(SILENCE_LIMITS.idle / 2 + 2 * HEARTBEAT_MS);
  expect(verdicts).toEqual(['silent']);
  vi.advanceTimersByTime(SILENCE_LIMITS.idle / 2);
  expect(verdicts).toEqual(['silent', 'hung']);
  expect(newest().signals).toEqual(['SIGKILL']);
  newest().exit(137);
  await vi.advanceTimersByTimeAsync(200);
  expect(started).toHaveLength(2);
  live(600_000);
  expect(host.state).toBe('running');
});

it('gives a process more time that is starting or has a call open', async () => {
  const verdicts: string[] = [];
  host.onSilence((verdict) => verdicts.push(verdict));
  host.start();
  vi.advanceTimersByTime(SILENCE_LIMITS.busy / 2 - HEARTBEAT_MS);
  newest().beat();
  const reply = host.call('ping', {});
  await vi.advanceTimersByTimeAsync(SILENCE_LIMITS.busy / 2 - HEARTBEAT_MS);
  expect(verdicts).toEqual([]);
  newest().answer('late');
  expect(await reply).toBe('late');
});

it('takes nobody for hung because time was lost: the machine slept, or this process was stopped', () => {
  const verdicts: string[] = [];
  host.onSilence((verdict) => verdicts.push(verdict));
  host.start();
  live(30_000);
  for (let sleep = 0; sleep < 20; sleep++) {
    // Timers that fell due meanwhile come once, however long it was.
    vi.setSystemTime(Date.now() + 3_600_000);
    vi.advanceTimersByTime(HEARTBEAT_MS);
    newest().beat();
  }
  vi.setSystemTime(Date.now() - 7 * 86_400_000);
  live(30_000);
  expect(verdicts).toEqual([]);
  expect(states).toEqual(['running']);
});

it('counts how long a process ran by a clock that is never set back', () => {
  host.start();
  for (let crash = 0; crash < 10; crash++) {
    live(60_000);
    vi.setSystemTime(Date.now() - 86_400_000);
    newest().exit(1);
    vi.advanceTimersByTime(200);
  }
  expect(host.state).toBe('running');
});
