import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadExamples } from '../knowledge/examples';
import { examplesInMemory } from '../knowledge/index/knowledge-index';
import { nearExamples } from '../knowledge/index/near-examples';
import { heldOutParaphrases, paraphrases } from '../knowledge/paraphrases.test-data';
import { shippedEncoder } from '../knowledge/shipped-file';
import { type MeaningOfRequests, openMeanings } from './example-meanings';

describe('near examples, by words and meaning', () => {
  const index = examplesInMemory(loadExamples());
  let meanings: MeaningOfRequests;
  beforeAll(async () => {
    meanings = await openMeanings(shippedEncoder() as string);
  });
  afterAll(() => meanings.close());

  const near = async (request: string, limit: number) =>
    nearExamples(index, request, limit, await meanings.of(request));

  async function rates(list: typeof paraphrases) {
    let [top1, top3] = [0, 0];
    for (const [paraphrase, expected] of list) {
      const commands = (await near(paraphrase, 3)).map(({ command }) => command);
      const right = (command: string) =>
        expected.length > 2 ? command.includes(expected) : command === expected;
      top1 += Number(commands.slice(0, 1).some(right));
      top3 += Number(commands.some(right));
    }
    console.info(`top-1 ${top1}, top-3 ${top3} of ${list.length}`);
    return { top1: top1 / list.length, top3: top3 / list.length };
  }

  it('finds the right example for paraphrases, better than by words alone', async () => {
    // Each names one command; others are right as well, and count as misses here.
    for (const list of [paraphrases, heldOutParaphrases]) {
      const { top1, top3 } = await rates(list);
      expect(top1).toBeGreaterThanOrEqual(0.58);
      expect(top3).toBeGreaterThanOrEqual(0.85);
    }
  });

  it('is unsure of what it knows nothing about', async () => {
    for (const request of [
      'write a poem about the sea',
      'translate this to french',
      'book a flight to Rome',
    ]) {
      expect((await near(request, 1))[0]?.similarity ?? 0, request).toBeLessThan(0.5);
    }
  });
});
