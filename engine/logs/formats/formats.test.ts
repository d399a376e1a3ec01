import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { detectFormat, formatOfLine } from './detect';
import { formats } from './index';

describe('formats', () => {
  test.each(formats.map((format) => [format.name, format] as const))(
    '%s: samples are of it and no other',
    (_, format) => {
      for (const sample of format.samples) {
        expect(formatOfLine(sample)?.name, sample).toBe(format.name);
        // Of the same rank no other form fits either, so that no order of files decides.
        const fitting = formats.filter(
          ({ rank, line }) => rank <= format.rank && new RegExp(line).test(sample),
        );
        expect(
          fitting.map(({ name }) => name),
          sample,
        ).toEqual([format.name]);
      }
      expect(detectFormat(format.samples)?.name).toBe(format.name);
    },
  );

  test('names are different', () => {
    expect(new Set(formats.map(({ name }) => name)).size).toBe(formats.length);
  });

  test('patterns take no time on long lines that do not fit', () => {
    const hostile = [
      '"',
      '[',
      '{"',
      '=',
      'a=',
      ' ',
      '0',
      '\\',
      '- ',
      '] [',
      ': ',
      '2026-01-01 00:00:00 ',
    ].map((part) => part.repeat(2000 / part.length));
    for (const { name, line } of formats) {
      const regex = new RegExp(line);
      for (const text of [...hostile, ...formats.flatMap(({ samples }) => samples)]) {
        const start = performance.now();
        regex.test(text);
        expect(performance.now() - start, `${name} on ${text.slice(0, 20)}`).toBeLessThan(200);
      }
    }
  });

  test('the majority decides; stack traces and banners do not', () => {
    const error = '2026-01-01 00:00:00,123 [main] ERROR com.acme.Pool - it broke';
    const trace = Array.from({ length: 6 }, (_, i) => `\tat com.acme.Pool.get(Pool.java:${i})`);
    expect(detectFormat(['starting', '', error, ...trace, error, ...trace])?.name).toBe('log4j / logback');
    expect(detectFormat(['one', 'two', 'three'])).toBeNull();
    expect(detectFormat([])).toBeNull();
    expect(detectFormat([error, ...Array.from({ length: 50 }, () => 'plain')])).toBeNull();
  });

  test('colours and CR do not hide a form', () => {
    expect(formatOfLine('\x1b[32m2026/01/01 00:00:00 [error] 29#29: it broke\x1b[0m\r')?.name).toBe(
      'nginx error log',
    );
  });

  const loghub = process.env.SIGMA_OPS_LOGHUB;
  test.skipIf(!loghub).each([
    ['Android', 'Android logcat'],
    ['Apache', 'Apache error log'],
    ['BGL', 'Blue Gene RAS'],
    ['HDFS', 'HDFS'],
    ['Hadoop', 'log4j / logback'],
    ['Linux', 'syslog (RFC 3164)'],
    ['OpenSSH', 'syslog (RFC 3164)'],
    ['OpenStack', 'OpenStack (oslo)'],
    ['Spark', 'Spark'],
    ['Zookeeper', 'log4j / logback'],
  ])('Loghub %s', (system, name) => {
    const folder = join(loghub ?? '', system);
    const file = readdirSync(folder).find((entry) => entry.endsWith('.log')) ?? '';
    expect(detectFormat(readFileSync(join(folder, file), 'utf8').split('\n'))?.name).toBe(name);
  });
});
