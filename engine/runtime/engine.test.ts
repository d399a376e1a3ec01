import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, type GenerateOptions, type GenerateOutcome, loadEngine } from './engine';

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine(join(import.meta.dirname, 'fixtures/tiny-gqa'));
});
afterAll(() => engine.dispose());

const VOCAB = 259;
const CONTEXT = 256;
const prompt = (length: number) => Array.from({ length }, (_, i) => 3 + ((i * 37) % 250));

async function generate(ids: readonly number[], options: GenerateOptions) {
  const pieces: string[] = [];
  const run = engine.generate(ids, options);
  for (;;) {
    const result = await run.next();
    if (result.done) return { ...result.value, pieces };
    pieces.push(result.value);
  }
}

/** Forces the generated ids to be those of `text`, then the end token. */
function saying(text: string): NonNullable<GenerateOptions['mask']> {
  const ids = [...engine.tokenizer.encode(text), engine.tokenizer.endIds[0] as number];
  return (logits, generated) => {
    logits.fill(Number.NEGATIVE_INFINITY);
    logits[ids[generated.length] as number] = 0;
  };
}

describe('generate', () => {
  it('streams the text it returns, with a log-probability for each token', async () => {
    const outcome = await generate(prompt(100), { maxTokens: 20, sampling: { temperature: 1, seed: 4 } });
    expect(outcome.pieces.join('')).toBe(outcome.text);
    expect(outcome.tokens).toHaveLength(20);
    expect(outcome.logProbs).toHaveLength(20);
    expect(outcome.logProbs.every((value) => value <= 0)).toBe(true);
    expect(outcome.stats).toMatchObject({ promptTokens: 100, generatedTokens: 20, stop: 'length' });
    expect(outcome.stats.prefillMs).toBeGreaterThan(0);
    expect(outcome.stats.decodeMs).toBeGreaterThan(0);
  });

  it('gives the same tokens for the same seed, and others for another', async () => {
    const run = async (seed: number) =>
      (await generate(prompt(9), { maxTokens: 30, sampling: { temperature: 1, seed } })).tokens;
    const first = await run(1);
    expect(await run(1)).toEqual(first);
    expect(await run(2)).not.toEqual(first);
  });

  it('reuses the prefix that is in the cache and gives what an empty cache gives', async () => {
    const ids = prompt(150);
    await generate([5, 6, 7], { maxTokens: 1 });
    const fresh = await generate(ids, { maxTokens: 10 });
    expect(fresh.stats.reusedTokens).toBe(0);
    const again = await generate(ids, { maxTokens: 10 });
    expect(again.stats.reusedTokens).toBe(149);
    expect(again.tokens).toEqual(fresh.tokens);
    const changed = [...ids.slice(0, 70), 3, 4, 5];
    const partial = await generate(changed, { maxTokens: 10 });
    expect(partial.stats.reusedTokens).toBe(70);
    await generate([5, 6, 7], { maxTokens: 1 });
    expect(partial.tokens).toEqual((await generate(changed, { maxTokens: 10 })).tokens);
  });

  it('reports prefill progress to the end', async () => {
    const progress: number[][] = [];
    await generate([9, ...prompt(149)], { maxTokens: 1, onPrefill: (...counts) => progress.push(counts) });
    expect(progress.at(-1)).toEqual([150, 150]);
    expect(progress.length).toBeGreaterThan(1);
  });

  it('never shows half a character', async () => {
    const text = 'naïve 你好 😀 done';
    const outcome = await generate(prompt(4), { maxTokens: 100, mask: saying(text) });
    expect(outcome.text).toBe(text);
    expect(outcome.pieces.join('')).toBe(text);
    expect(outcome.stats.stop).toBe('end');
    // Cut inside the emoji, whose four bytes are four tokens of this model: the character is left out.
    const cut = await generate(prompt(4), {
      maxTokens: Buffer.byteLength('naïve 你好 ') + 2,
      mask: saying(text),
    });
    expect(cut.text).toBe('naïve 你好 ');
  });

  it('stops at a stop string and leaves it out', async () => {
    const mask = saying('first line\n###\nsecond');
    const outcome = await generate(prompt(4), { maxTokens: 100, stopStrings: ['\n###'], mask });
    expect(outcome.text).toBe('first line');
    expect(outcome.pieces.join('')).toBe('first line');
    expect(outcome.stats.stop).toBe('stop-string');
  });

  it('shows text held back for a stop string that never came', async () => {
    const outcome = await generate(prompt(4), {
      maxTokens: 100,
      stopStrings: ['END'],
      mask: saying('the EN'),
    });
    expect(outcome.text).toBe('the EN');
    expect(outcome.pieces.join('')).toBe('the EN');
  });

  it('stops when the context is full', async () => {
    const outcome = await generate(prompt(CONTEXT - 3), { maxTokens: 100, mask: saying('a'.repeat(50)) });
    expect(outcome.stats.stop).toBe('context');
    expect(outcome.tokens).toHaveLength(4);
  });

  it('refuses an empty prompt, one beyond the context, and ids outside the vocabulary', async () => {
    await expect(generate([], { maxTokens: 1 })).rejects.toMatchObject({ kind: 'invalid-input' });
    await expect(generate(prompt(CONTEXT + 1), { maxTokens: 1 })).rejects.toMatchObject({
      kind: 'too-large',
    });
    await expect(generate([VOCAB], { maxTokens: 1 })).rejects.toMatchObject({ kind: 'invalid-input' });
    await expect(generate([-1], { maxTokens: 1 })).rejects.toMatchObject({ kind: 'invalid-input' });
  });

  it('keeps the text so far when it is stopped, and works again afterwards', async () => {
    const controller = new AbortController();
    const run = engine.generate(prompt(8), {
      maxTokens: 200,
      mask: saying('x'.repeat(200)),
      signal: controller.signal,
    });
    await run.next();
    await run.next();
    controller.abort();
    const result = await run.next();
    expect(result.done).toBe(true);
    expect((result.value as GenerateOutcome).text).toBe('xx');
    expect((result.value as GenerateOutcome).stats.stop).toBe('cancelled');
    expect((await generate(prompt(8), { maxTokens: 3 })).tokens).toHaveLength(3);
  });

  it('stops during prefill', async () => {
    const controller = new AbortController();
    const outcome = await generate([11, ...prompt(200)], {
      maxTokens: 5,
      signal: controller.signal,
      onPrefill: () => controller.abort(),
    });
    expect(outcome.stats.stop).toBe('cancelled');
    expect(outcome.tokens).toEqual([]);
  });

  it('sees a stop that arrives while a prefill step blocks the thread before the next step', async () => {
    const controller = new AbortController();
    const progress: number[] = [];
    await generate([13, ...prompt(200)], {
      maxTokens: 5,
      signal: controller.signal,
      onPrefill: (done) => {
        progress.push(done);
        setImmediate(() => controller.abort());
      },
    });
    expect(progress).toHaveLength(1);
  });

  it('lets a second call wait for the first, also when that is abandoned', async () => {
    const order: string[] = [];
    const first = engine.generate(prompt(8), { maxTokens: 100, mask: saying('abc') });
    await first.next();
    const second = generate(prompt(5), { maxTokens: 1 }).then(() => order.push('second'));
    await new Promise((resolve) => setTimeout(resolve, 50));
    order.push('first');
    await first.return(undefined as never);
    await second;
    expect(order).toEqual(['first', 'second']);
  });
});

describe('candidates', () => {
  it('writes each as it would be written alone, from one reading of the prompt', async () => {
    const ids = prompt(60);
    const options = { maxTokens: 24, sampling: { temperature: 1.5, seed: 3 } };
    const all = await engine.candidates(ids, 5, options);
    expect(all.map(({ stats }) => stats.reusedTokens)).toEqual(Array(5).fill(all[0]?.stats.reusedTokens));
    expect(new Set(all.map(({ text }) => text)).size).toBeGreaterThan(2);
    for (const [i, candidate] of all.entries()) {
      const sampling = i === 0 ? {} : { temperature: 1.5, seed: 3 + i };
      const alone = await generate(ids, { maxTokens: 24, sampling });
      expect(candidate.tokens).toEqual(alone.tokens);
      expect(candidate.text).toBe(alone.text);
      candidate.logProbs.forEach((logProb, at) => {
        expect(logProb).toBeCloseTo(alone.logProbs[at] as number, 3);
      });
    }
  });

  it('leaves the prompt in the cache, and nothing of the candidates', async () => {
    const ids = prompt(70);
    const before = await generate(ids, { maxTokens: 8 });
    await engine.candidates(ids, 3, { maxTokens: 8, sampling: { temperature: 2 } });
    const after = await generate(ids, { maxTokens: 8 });
    expect(after.stats.reusedTokens).toBe(69);
    expect(after.tokens).toEqual(before.tokens);
  });

  it('ends all of them at a stop, and each where the context is full', async () => {
    const controller = new AbortController();
    let calls = 0;
    const mask: GenerateOptions['mask'] = () => {
      if (++calls === 6) controller.abort();
    };
    const stopped = await engine.candidates(prompt(5), 3, { maxTokens: 50, mask, signal: controller.signal });
    expect(stopped.map(({ stats }) => stats.stop)).toEqual(Array(3).fill('cancelled'));
    const full = await engine.candidates(prompt(CONTEXT - 6), 3, {
      maxTokens: 50,
      mask: saying('a'.repeat(50)),
    });
    expect(full.map(({ stats }) => stats.stop)).toEqual(Array(3).fill('context'));
    expect(full.every(({ tokens }) => tokens.length >= 2)).toBe(true);
  });
});

describe('prompts of the app itself', () => {
  it('are kept on disk as far as they are its own, and used by the next start', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sigma-engine-'));
    const model = join(import.meta.dirname, 'fixtures/tiny-gqa');
    const ids = prompt(120);
    const ask = async () => {
      const started = await loadEngine(model, { derivedDir: folder, threads: 1 });
      const run = started.generate(ids, { maxTokens: 8, ownTokens: 90 });
      let next = await run.next();
      while (!next.done) next = await run.next();
      await started.dispose();
      return next.value;
    };
    const first = await ask();
    const second = await ask();
    expect([first.stats.reusedTokens, second.stats.reusedTokens]).toEqual([0, 90]);
    expect(second.tokens).toEqual(first.tokens);
    await rm(folder, { recursive: true });
  });
});

describe('dispose', () => {
  it('ends a running generation as cancelled and refuses later ones', async () => {
    const other = await loadEngine(join(import.meta.dirname, 'fixtures/tiny-mha'));
    const run = other.generate([5, 6, 7], { maxTokens: 100 });
    await run.next();
    await other.dispose();
    let result = await run.next();
    while (!result.done) result = await run.next();
    expect(result.value.stats.stop).toBe('cancelled');
    await expect(other.generate([5], { maxTokens: 1 }).next()).rejects.toMatchObject({ kind: 'unavailable' });
  });
});
