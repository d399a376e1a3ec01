import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadExamples, parseExamples } from '../examples';
import { heldOutParaphrases, paraphrases } from '../paraphrases.test-data';
import { examplesInMemory } from './knowledge-index';
import { nearExamples } from './near-examples';

const examples = loadExamples();
const index = examplesInMemory(examples);

describe('the examples', () => {
  it('are at least 2,000', () => {
    expect(examples.length).toBeGreaterThanOrEqual(2000);
  });

  it('hold no request twice', () => {
    const squeeze = (text: string) => text.trim().replace(/\s+/g, ' ').toLowerCase();
    const requests = examples.map((one) => squeeze(one.request));
    expect(requests.filter((one, at) => requests.indexOf(one) !== at)).toEqual([]);
  });

  it('parse with bash -n, are one line and hold no <angle> placeholders', () => {
    // One shell checks all and names those that are broken.
    const broken = examples.filter(({ command }) => command.includes('\n') || /<[a-z]+>/i.test(command));
    expect(broken).toEqual([]);
    const script =
      'while IFS= read -r -d "" c; do printf "%s\\n" "$c" | bash -n || printf "%s\\n" "$c"; done';
    const input = examples.map(({ command }) => `${command}\0`).join('');
    const run = spawnSync('bash', ['-c', script], { input, encoding: 'utf8' });
    expect(run.stdout + run.stderr).toBe('');
  });

  it('names the line that is broken', () => {
    expect(() => parseExamples('{"request":"a","command":"b","why":"c"}\n{"request":""}', 'x.jsonl')).toThrow(
      'x.jsonl line 2',
    );
  });
});

describe('nearExamples, by words alone', () => {
  const rates = (name: string, list: typeof paraphrases) => {
    let top1 = 0;
    const missed: string[] = [];
    for (const [paraphrase, expected] of list) {
      const commands = nearExamples(index, paraphrase, 3).map(({ command }) => command);
      const right = (command: string) =>
        expected.length > 2 ? command.includes(expected) : command === expected;
      if (commands.slice(0, 1).some(right)) top1 += 1;
      if (!commands.some(right)) missed.push(paraphrase);
    }
    const top3 = list.length - missed.length;
    console.info(`${name}: top-1 ${top1}/${list.length}, top-3 ${top3}/${list.length}; missed:`, missed);
    return { top1: top1 / list.length, top3: top3 / list.length };
  };

  it('finds the right example for paraphrased requests', () => {
    expect(paraphrases.length).toBeGreaterThanOrEqual(60);
    // Each names one command; among thousands of examples others are right as well, and count as misses here.
    const { top1, top3 } = rates('paraphrases', paraphrases);
    expect(top1).toBeGreaterThanOrEqual(0.6);
    expect(top3).toBeGreaterThanOrEqual(0.78);
  });

  it('finds it for requests that nothing was tuned on', () => {
    const { top1, top3 } = rates('held out', heldOutParaphrases);
    expect(top1).toBeGreaterThanOrEqual(0.5);
    expect(top3).toBeGreaterThanOrEqual(0.6);
  });

  it('is sure of an example by its own words, and unsure of what it knows nothing about', () => {
    for (const { request } of examples.filter((_, at) => at % 23 === 0)) {
      expect(nearExamples(index, request, 5)[0]?.similarity ?? 1, request).toBeGreaterThan(0.6);
    }
    for (const request of [
      'write a poem about the sea',
      'translate this to french',
      'book a flight to Rome',
    ]) {
      expect(nearExamples(index, request, 1)[0]?.similarity ?? 0, request).toBeLessThan(0.55);
    }
  });

  it('takes any text, gives the same answer twice, sorted and within bounds', () => {
    const word = fc.constantFrom(...examples.slice(0, 300).flatMap((one) => one.request.split(' ')));
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(word, { maxLength: 12 }).map((words) => words.join(' ')),
    );
    fc.assert(
      fc.property(text, fc.integer({ min: -2, max: 20 }), (request, limit) => {
        const found = nearExamples(index, request, limit);
        expect(nearExamples(index, request, limit)).toEqual(found);
        expect(found.length).toBeLessThanOrEqual(Math.max(0, limit));
        found.forEach((one, at) => {
          expect(one.similarity).toBeLessThanOrEqual(found[at - 1]?.similarity ?? 1);
          expect(one.similarity).toBeGreaterThanOrEqual(0);
        });
      }),
    );
  });

  it('finds nothing in an empty index', () => {
    expect(nearExamples(examplesInMemory([]), 'disk usage', 3)).toEqual([]);
  });
});
