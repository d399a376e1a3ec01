import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cmdScores } from './cmd-score';

const script = join(import.meta.dirname, '..', 'cmd_score.py');
const pairs = [
  { command: 'ls -la', references: ['ls -l -a', 'ls -la'] },
  { command: 'df -h', references: ['kubectl delete pod web'] },
];
const found = cmdScores(pairs, script);

describe('cmdScores', () => {
  it('says why there are none', () => {
    expect(cmdScores(pairs, '/no/such/script.py')).toHaveProperty('missing');
    expect(cmdScores([], script)).toEqual({ scores: [] });
  });

  it.skipIf('missing' in found)(
    `takes the best reference${'missing' in found ? ` (${found.missing})` : ''}`,
    () => {
      const [best = 0, far = 1] = 'scores' in found ? found.scores : [];
      expect(best).toBeCloseTo(1, 4);
      expect(far).toBeLessThan(0.5);
    },
  );
});
