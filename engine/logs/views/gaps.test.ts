import { expect, test } from 'vitest';
import { type Gap, GapFinder } from './gaps';
import { TimeProfile } from './log-clock';

const START = Date.UTC(2024, 4, 1);
const MINUTE = 60_000;

function gapsOf(times: readonly number[]): Gap[] {
  const profile = new TimeProfile();
  times.forEach((time, index) => {
    profile.add(index + 1, time);
  });
  const clock = profile.clock();
  if (!clock) return [];
  const finder = new GapFinder(clock);
  for (let at = 0; at < times.length; at += 2048) {
    const part = times.slice(at, at + 2048);
    finder.add({
      first: at + 1,
      count: part.length,
      times: Float64Array.from(part),
      shapes: new Uint32Array(part.length),
      severities: new Uint8Array(part.length),
      continues: new Uint8Array(part.length),
    });
  }
  return finder.finish();
}

/** Repeatable numbers between 0 and 1. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Lines whose steps are as those of a steady flow of requests: exponential, a second on average. */
function steady(lines: number, seed: number): number[] {
  const next = random(seed);
  let now = START;
  return Array.from({ length: lines }, () => {
    now += Math.round(-Math.log(1 - next()) * 1000);
    return now;
  });
}

test('a steady flow has no gaps', () => {
  for (let seed = 1; seed <= 20; seed++) expect(gapsOf(steady(5000, seed))).toEqual([]);
});

test('an outage is found, with the line after it and the moments around it', () => {
  const before = steady(3000, 7);
  const end = before.at(-1) ?? 0;
  const after = steady(3000, 8).map((time) => time - START + end + 10 * MINUTE);
  expect(gapsOf([...before, ...after])).toEqual([{ line: 3001, from: end, to: after[0] }]);
});

test('silence that comes again and again, as at night, is usual', () => {
  const days = Array.from({ length: 14 }, (_, day) =>
    steady(500, day + 1).map((time) => time + day * 24 * 60 * MINUTE),
  );
  expect(gapsOf(days.flat())).toEqual([]);
});

test('lines that come late leave no gap behind', () => {
  const times = steady(2000, 3);
  expect(gapsOf(times.map((time, index) => (index % 100 === 50 ? time - 5 * MINUTE : time)))).toEqual([]);
});

test('a short log with one long silence', () => {
  const times = Array.from(
    { length: 15 },
    (_, index) => START + index * 1000 + (index > 8 ? 60 * MINUTE : 0),
  );
  expect(gapsOf(times).map(({ line }) => line)).toEqual([10]);
});
