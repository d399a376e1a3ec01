import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allSignatures, signaturesOf } from '../../knowledge/signatures';
import { incident } from './incident';
import { Seeded } from './seeded';

const all = allSignatures();

describe('made-up incidents', () => {
  test('the lines that are named show the failure, in any form and with any values', () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat(all.length - 1), (seed, at) => {
        const signature = all[at];
        if (!signature) return;
        const { text, root } = incident(signature, null, new Seeded(seed));
        const lines = text.split('\n');
        expect(root?.lines.length).toBeGreaterThan(0);
        for (const number of root?.lines ?? []) {
          expect(signaturesOf(lines[number - 1] ?? '').map(({ id }) => id)).toContain(signature.id);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('a healthy log shows no known failure', () => {
    for (let seed = 0; seed < 100; seed++) {
      const { text, root } = incident(null, null, new Seeded(seed));
      expect(root).toBeNull();
      expect(text.split('\n').flatMap((line) => signaturesOf(line).map(({ id }) => id))).toEqual([]);
    }
  });
});
