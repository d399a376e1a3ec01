import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ChooseOptions, chooseThreads, type TimedSteps } from './choose-threads';
import { threadsFor } from './remembered-threads';

/** A machine whose steps take so many ms; its clock only moves while something runs. */
class FakeMachine {
  clock = 0;
  readonly opened: number[] = [];
  #open = 0;

  constructor(
    private readonly decode: (threads: number) => number,
    private readonly prefill: (threads: number) => number,
    private readonly openMs = 150,
  ) {}

  readonly open = async (threads: number): Promise<TimedSteps> => {
    expect(this.#open).toBe(0);
    this.#open++;
    this.opened.push(threads);
    this.clock += this.openMs;
    let cold = 1.5;
    const step = (time: number) => async () => {
      this.clock += time * cold;
      cold = 1;
    };
    return {
      decode: step(this.decode(threads)),
      prefill: step(this.prefill(threads)),
      dispose: async () => {
        this.#open--;
      },
    };
  };

  async choose(most: number, options: ChooseOptions = {}) {
    const choice = await chooseThreads(most, this.open, { now: () => this.clock, ...options });
    expect(this.#open).toBe(0);
    return choice;
  }
}

/** A step of `work` ms that splits over threads until `useful`, and of `cost` ms more for each thread that must meet. */
const scaling = (work: number, useful: number, cost: number) => (threads: number) =>
  work / Math.min(threads, useful) + cost * threads;

describe('chooseThreads', () => {
  it('measures nothing where there is no choice', async () => {
    const machine = new FakeMachine(
      () => 1,
      () => 1,
    );
    expect(await machine.choose(1)).toEqual({ decode: 1, prefill: 1 });
    expect(machine.opened).toEqual([]);
  });

  it('chooses for decode and prefill separately', async () => {
    const machine = new FakeMachine(scaling(12, 2, 0.1), scaling(120, 8, 0.1), 20);
    expect(await machine.choose(8, { budgetMs: 10_000 })).toEqual({ decode: 2, prefill: 8 });
  });

  it('takes the smaller number where more threads give next to nothing', async () => {
    expect(
      await new FakeMachine(
        () => 15,
        () => 40,
      ).choose(4, { budgetMs: 10_000 }),
    ).toEqual({ decode: 1, prefill: 1 });
  });

  it('stops on the way down once it only gets slower', async () => {
    const machine = new FakeMachine(scaling(20, 8, 0), scaling(200, 8, 0), 20);
    expect(await machine.choose(8, { budgetMs: 10_000 })).toEqual({ decode: 8, prefill: 8 });
    expect(machine.opened).toEqual([8, 6, 7, 7]);
  });

  it('is within 5 % of the best of all numbers, given time, and within 1.5 s by default', async () => {
    const step = fc.record({
      work: fc.double({ min: 1, max: 40, noNaN: true }),
      useful: fc.integer({ min: 1, max: 8 }),
      cost: fc.double({ min: 0, max: 2, noNaN: true }),
    });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 8 }), step, step, async (most, one, many) => {
        const decode = scaling(one.work, one.useful, one.cost);
        const prefill = scaling(4 * many.work, many.useful, many.cost);
        const best = (time: (threads: number) => number) =>
          Math.min(...Array.from({ length: most }, (_, i) => time(i + 1)));
        const choice = await new FakeMachine(decode, prefill).choose(most, { budgetMs: 1e6 });
        expect(decode(choice?.decode ?? 0)).toBeLessThanOrEqual(1.05 * best(decode));
        expect(prefill(choice?.prefill ?? 0)).toBeLessThanOrEqual(1.05 * best(prefill));

        const hurried = new FakeMachine(decode, prefill);
        expect(await hurried.choose(most)).not.toBeNull();
        expect(hurried.clock).toBeLessThan(1500);
      }),
      { numRuns: 500 },
    );
  });

  it('tries at least the largest number, however slow the machine is', async () => {
    const machine = new FakeMachine(
      () => 300,
      () => 3000,
    );
    expect(await machine.choose(4)).toEqual({ decode: 4, prefill: 4 });
    expect(machine.opened).toEqual([4]);
  });

  it('ends with what it has when it is aborted, and frees what is open when a step fails', async () => {
    const abort = new AbortController();
    const machine = new FakeMachine(
      (threads) => {
        if (threads < 4) abort.abort();
        return 10;
      },
      () => 20,
    );
    expect(await machine.choose(4, { signal: abort.signal, budgetMs: 1e6 })).not.toBeNull();
    expect(machine.opened).toEqual([4, 3]);
    expect(await machine.choose(4, { signal: abort.signal })).toBeNull();

    const broken = new FakeMachine(
      () => 10,
      () => 20,
    );
    let disposed = false;
    const open = async (threads: number) => ({
      ...(await broken.open(threads)),
      prefill: () => Promise.reject(new Error('no memory')),
      dispose: async () => {
        disposed = true;
      },
    });
    await expect(chooseThreads(2, open)).rejects.toThrow('no memory');
    expect(disposed).toBe(true);
  });
});

describe('threadsFor', () => {
  const options = (folder: string | null, machine: FakeMachine) => ({
    folder,
    model: 'model',
    machine: 'a processor 8',
    most: 8,
    now: () => machine.clock,
  });
  const fake = () => new FakeMachine(scaling(12, 2, 0.5), scaling(50, 8, 0), 20);

  it('measures once a machine, model and number of cores', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sigma-threads-'));
    const first = fake();
    const choice = await threadsFor(first.open, options(folder, first));
    expect(choice).toEqual({ decode: 2, prefill: 8 });
    const again = fake();
    expect(await threadsFor(again.open, options(folder, again))).toEqual(choice);
    expect(again.opened).toEqual([]);
    for (const other of [{ model: 'another' }, { machine: 'another' }, { most: 4 }]) {
      const machine = fake();
      await threadsFor(machine.open, { ...options(folder, machine), ...other });
      expect(machine.opened).not.toEqual([]);
    }
    expect(await threadsFor(again.open, options(folder, again))).toEqual(choice);
    expect(again.opened).toEqual([]);
    await rm(folder, { recursive: true });
  });

  it('measures again after damage, and goes on where nothing can be kept', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sigma-threads-'));
    const file = join(folder, 'threads.json');
    const first = fake();
    await threadsFor(first.open, options(folder, first));
    const whole = await readFile(file, 'utf8');
    const damaged = ['', '{', '[]', whole.replace('threads-1', 'threads-0'), whole.replaceAll('8', '9')];
    for (const text of [...damaged, whole.replaceAll('"decode": 2', '"decode": 0')]) {
      await writeFile(file, text);
      const machine = fake();
      expect(await threadsFor(machine.open, options(folder, machine))).toEqual({ decode: 2, prefill: 8 });
      expect(machine.opened).not.toEqual([]);
      expect(JSON.parse(await readFile(file, 'utf8')).choices[0].decode).toBe(2);
    }
    for (const nowhere of [null, join(file, 'below')]) {
      const machine = fake();
      expect(await threadsFor(machine.open, options(nowhere, machine))).toEqual({ decode: 2, prefill: 8 });
    }
    await rm(folder, { recursive: true });
  });

  it('gives the default and remembers nothing when it is aborted', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sigma-threads-'));
    const machine = fake();
    const signal = AbortSignal.abort();
    expect(await threadsFor(machine.open, { ...options(folder, machine), signal })).toEqual({
      decode: 8,
      prefill: 8,
    });
    await expect(readFile(join(folder, 'threads.json'))).rejects.toThrow();
    await rm(folder, { recursive: true });
  });
});
