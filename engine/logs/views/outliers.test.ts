import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PlaceValues } from './outliers';
import { quantityValue, TemplateValues } from './template-values';

function valuesOf(values: readonly number[]): PlaceValues {
  const place = new PlaceValues();
  values.forEach((value, index) => {
    place.add(index + 1, value);
  });
  return place;
}

describe('outliers', () => {
  const latencies = Array.from({ length: 200 }, (_, index) => 20 + ((index * 37) % 50));

  test('the greatest value, with the line it is in and what is usual', () => {
    const outlier = valuesOf([...latencies, 4000, ...latencies]).outlier();
    expect(outlier).toMatchObject({ line: 201, value: 4000 });
    expect(outlier?.median).toBeGreaterThan(42);
    expect(outlier?.median).toBeLessThan(47);
    expect(outlier?.p95).toBeGreaterThan(64);
    expect(outlier?.p95).toBeLessThan(70);
  });

  test('usual spread, heavy tails, counters and few values are none', () => {
    expect(valuesOf(latencies).outlier()).toBeNull();
    const heavy = Array.from({ length: 2000 }, (_, index) =>
      Math.exp(3 * Math.sqrt(-2 * Math.log((index + 1) / 2001))),
    );
    expect(valuesOf(heavy.sort((a, b) => (a % 1) - (b % 1))).outlier()).toBeNull();
    expect(valuesOf(Array.from({ length: 300 }, (_, index) => 1.1 ** index)).outlier()).toBeNull();
    expect(valuesOf([1, 2, 3, 9000]).outlier()).toBeNull();
    expect(valuesOf([...Array.from({ length: 99 }, () => 0), 7]).outlier()).toBeNull();
  });
});

describe('values of a template', () => {
  test('are what stands at the masked places, behind any header', () => {
    const template = new TemplateValues('request <*> to <*> took <*> ms');
    expect(template.read('2024-05-01T10:00:00Z INFO [web] request 17 to /a/b?c=1 took 35.5 ms')).toEqual([
      '17',
      '/a/b?c=1',
      '35.5',
    ]);
    expect(template.quantities).toEqual([{ place: 2, unit: 'ms', scale: 1 }]);
    expect(template.read('request 17 to /a took long')).toBeNull();
  });

  test('come back from any line that is made of a template and values without its words', () => {
    const word = fc.constantFrom('alpha', 'beta=', '[gamma', 'delta:');
    const value = fc.stringMatching(/^[0-9]{1,6}$/);
    fc.assert(
      fc.property(fc.array(fc.tuple(word, value), { minLength: 1, maxLength: 6 }), (parts) => {
        const template = parts.map(([text]) => `${text} <*>`).join(' ');
        const line = `10:00 x ${parts.map(([text, number]) => `${text} ${number}`).join('  ')} `;
        expect(new TemplateValues(template).read(line)).toEqual(parts.map(([, number]) => number));
      }),
    );
  });

  test.each([
    ['took <*>ms', '12', 12],
    ['took <*> s', '1.5', 1500],
    ['took <*>', '1h2m3.5s', 3_723_500],
    ['elapsed=<*>', '250us', 0.25],
    ['duration_ms=<*>', '17', 17],
    ['freed <*> KB', '2,048', 2_097_152],
    ['{"bytes":<*>}', '100', 100],
    ['at <*>% of', '99', 99],
  ])('%s with %s', (template, text, expected) => {
    const [quantity] = new TemplateValues(template).quantities;
    expect(quantity && quantityValue(text, quantity)).toBeCloseTo(expected);
  });

  test.each(['port <*>', 'pid=<*>', 'block blk_<*>', 'at <*> of', 'user <*> logged in', 'version <*>'])(
    'in "%s" is no quantity',
    (template) => {
      expect(new TemplateValues(template).quantities).toEqual([]);
    },
  );
});
