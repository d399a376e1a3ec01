import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadParserFromNodeModules } from '../../commands/parse/node-modules-parser';
import { type Candidate, commandKey } from './candidate';
import { shellQuote } from './quote';
import { compareCandidates, scoreCandidate } from './rank';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const candidate = fc.record({
  command: fc.constant('ls -l'),
  source: fc.constant({ kind: 'model' as const }),
  why: fc.constant(''),
  whySource: fc.constant({ kind: 'model' as const }),
  similarity: share,
  agreement: share,
  confidence: share,
  values: share,
  open: fc.nat(5),
  stale: fc.nat(5),
  notes: fc.constant([]),
}) satisfies fc.Arbitrary<Candidate>;

describe('ranking', () => {
  it('puts whatever has an error behind all that have none', () => {
    fc.assert(
      fc.property(share, share, (a, b) => {
        expect(
          compareCandidates({ score: a, hasError: true }, { score: b, hasError: false }),
        ).toBeGreaterThan(0);
      }),
    );
  });

  it('counts the model the more, the surer it is and the more of its answers agree', () => {
    fc.assert(
      fc.property(candidate, share, share, (one, more, surer) => {
        const better = {
          ...one,
          agreement: Math.max(one.agreement, more),
          confidence: Math.max(one.confidence, surer),
        };
        expect(scoreCandidate(better, [])).toBeGreaterThanOrEqual(scoreCandidate(one, []));
      }),
    );
  });

  it('lets a model that knows outweigh a middling example, and one that guesses not', () => {
    const base = { command: 'ls -l', why: '', open: 0, stale: 0, notes: [], values: 1 } as const;
    const model = { kind: 'model' } as const;
    const of = (parts: Pick<Candidate, 'similarity' | 'agreement' | 'confidence'>) =>
      scoreCandidate({ ...base, source: model, whySource: model, ...parts }, []);
    const example = of({ similarity: 0.75, agreement: 0, confidence: 0 });
    expect(of({ similarity: 0, agreement: 0.9, confidence: 0.95 })).toBeGreaterThan(example);
    expect(of({ similarity: 0, agreement: 0.4, confidence: 0.65 })).toBeLessThan(example);
  });
});

describe('commandKey', () => {
  it('is the same for other quoting and space, and another for other words', async () => {
    const parser = await loadParserFromNodeModules();
    const key = (command: string) => commandKey(command, parser.parse(command));
    expect(key("grep  'a b'   x | wc -l")).toBe(key('grep "a b" x|wc -l'));
    expect(key('cat x > y')).not.toBe(key('cat x >> y'));
    const word = fc.stringMatching(/^[ -~]{1,12}$/);
    fc.assert(
      fc.property(word, word, (a, b) => {
        const same = key(`echo ${shellQuote(a)}`) === key(`echo ${shellQuote(b)}`);
        expect(same).toBe(a === b);
      }),
    );
  });
});
