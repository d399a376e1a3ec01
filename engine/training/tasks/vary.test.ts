import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Seeded } from './seeded';
import { paraphrase, withOtherValues } from './vary';

describe('other ways to ask', () => {
  test('values change in request and command alike', () => {
    const pair = {
      request: 'find files larger than 45 MB in /var/log/app',
      command: 'find /var/log/app -size +45M',
    };
    for (let seed = 0; seed < 50; seed++) {
      const other = withOtherValues(pair, new Seeded(seed));
      const path = /in (\S+)$/.exec(other?.request ?? '')?.[1] ?? '-';
      expect(path).not.toBe('/var/log/app');
      expect(other?.command).toContain(`find ${path} -size`);
    }
  });

  test('a request without values in its command has no other', () => {
    expect(withOtherValues({ request: 'list open ports', command: 'ss -tlnp' }, new Seeded(1))).toBeNull();
  });

  test('paraphrases keep values as they are', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const text = paraphrase('delete files older than 30 days in /srv/old-backups', new Seeded(seed));
        expect(text).toContain('/srv/old-backups');
        expect(text).toContain('30');
      }),
    );
  });

  test('the same seed gives the same text', () => {
    fc.assert(
      fc.property(fc.integer(), fc.string(), (seed, request) => {
        expect(paraphrase(request, new Seeded(seed))).toBe(paraphrase(request, new Seeded(seed)));
      }),
    );
  });
});
