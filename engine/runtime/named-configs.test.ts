import { describe, expect, it } from 'vitest';
import { parseConfig } from './config';
import { CACHE_FORMS, cacheBytesPerToken } from './kv-cache';
import { CONFIG_NAMES, namedConfig } from './named-configs';

describe('namedConfig', () => {
  it.each(CONFIG_NAMES)('%s is a valid config in both kinds', (name) => {
    for (const kind of ['int4', 'fp32'] as const) {
      const config = namedConfig(name, kind);
      expect(parseConfig(JSON.parse(JSON.stringify(config)))).toEqual(config);
    }
  });

  it.each([
    ['sigma-10b', 9.99e9],
    ['sigma-1.5b', 2.02e9],
    // The trial's models (design notes: 147.2 M and 134.5 M).
    ['diffqkv-135m', 147.2e6],
    ['gqa-135m', 134.5e6],
  ] as const)('%s has the parameters that it should', (name, expected) => {
    expect(namedConfig(name).parameters / expected).toBeCloseTo(1, 2);
  });

  it("saves the paper's 37.5 % of the cache against its standard twin, in every form of the same numbers", () => {
    for (const size of ['1.5b', '10b'] as const) {
      const bytes = (name: 'sigma' | 'std', form: 'fp32' | 'fp16' | 'int8') =>
        cacheBytesPerToken(namedConfig(`${name}-${size}`).shape, CACHE_FORMS[form]);
      for (const form of ['fp32', 'fp16', 'int8'] as const)
        expect(1 - bytes('sigma', form) / bytes('std', form)).toBe(0.375);
    }
  });

  it('saves more when V, of which it has more heads, is in fewer bytes', () => {
    const bytes = (name: 'sigma-1.5b' | 'std-1.5b') =>
      cacheBytesPerToken(namedConfig(name).shape, CACHE_FORMS.mixed);
    // 26 layers of 4 or 16 K heads of 64 floats, and 16 V heads of 64 bytes and a scale.
    expect(bytes('sigma-1.5b')).toBe(26 * (4 * 256 + 16 * 68));
    expect(1 - bytes('sigma-1.5b') / bytes('std-1.5b')).toBeGreaterThan(0.55);
  });

  it('are symmetric 4-bit blocks throughout, so that all are timed in one form', () => {
    const forms = CONFIG_NAMES.map((name) => namedConfig(name).weights);
    expect(new Set(forms.map((form) => JSON.stringify(form))).size).toBe(1);
    expect(forms[0]).toEqual({ kind: 'int4', block: 32, embedBits: 4, offsets: false });
  });
});
