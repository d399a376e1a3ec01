import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MachineKnowledge } from '../machine-knowledge';
import { fromDocuments } from './from-documents';
import { readRequest } from './request';
import { retrieve } from './retrieve';
import { shippedKnowledge } from './test-knowledge.test-data';

let knowledge: MachineKnowledge;
beforeAll(async () => {
  knowledge = await shippedKnowledge();
  await knowledge.gather({});
}, 120_000);
afterAll(() => knowledge.close());

const words = (text: string) => text.split(/\s+/).length;

describe('retrieve', () => {
  it('gives a request examples and option lines within its budget', () => {
    for (const budget of [0, 20, 120, 400]) {
      const found = retrieve(knowledge, 'which directories take the most space', budget, words, null);
      expect(found.tokens).toBeLessThanOrEqual(budget);
      expect(found.near.length).toBeGreaterThan(5);
    }
    const found = retrieve(knowledge, 'which directories take the most space', 400, words, null);
    expect(found.shown.some(({ command }) => command.startsWith('du '))).toBe(true);
    expect(found.optionLines.some((line) => line.startsWith('du: '))).toBe(true);
  });
});

describe('fromDocuments', () => {
  it('makes commands of what only documentation has', () => {
    const commands = (request: string) =>
      fromDocuments(readRequest(request), knowledge).map(({ command }) => command);
    expect(commands('PCIe bus information of AMD GPU 2')).toContain('amd-smi static --bus --gpu 2');
    expect(commands('')).toEqual([]);
  });
});
