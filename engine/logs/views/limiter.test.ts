import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Limiter } from './limiter';

test('all work is done, no more at once than allowed, whatever fails or is cancelled', async () => {
  const kind = fc.constantFrom('done', 'failed', 'cancelled');
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(kind, { maxLength: 12 }),
      fc.integer({ min: 1, max: 3 }),
      async (s, kinds, most) => {
        const limiter = new Limiter(most);
        let running = 0;
        let peak = 0;
        const results = kinds.map((each) => {
          const stop = new AbortController();
          const work = limiter.run(stop.signal, async () => {
            peak = Math.max(peak, ++running);
            await s.schedule(Promise.resolve());
            running--;
            if (each === 'failed') throw new Error('failed');
            return each;
          });
          if (each === 'cancelled') s.schedule(Promise.resolve()).then(() => stop.abort());
          return work.catch((thrown: Error) => thrown.message);
        });
        const settled = await s.waitFor(Promise.all(results));
        settled.forEach((result, index) => {
          const expected = kinds[index] === 'cancelled' ? ['cancelled', 'Stopped.'] : [kinds[index]];
          expect(expected).toContain(result);
        });
        expect(running).toBe(0);
        expect(peak).toBeLessThanOrEqual(most);
        expect(await limiter.run(undefined, async () => 'free')).toBe('free');
      },
    ),
  );
});
