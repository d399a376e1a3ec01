import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findSecrets, maskSecrets } from './mask-secrets';
import { SECRET_RULES } from './rules';
import { NEAR_MISSES, SECRETS } from './samples.test-data';

describe('masking', () => {
  it.each(SECRETS)('masks what is secret in: $line', ({ line, secret }) => {
    for (const text of [
      line,
      `2026-01-02T03:04:05Z web-1 app[7]: ${line}`,
      `first line\n${line}\nlast line`,
    ]) {
      expect(text).toContain(secret);
      const masked = maskSecrets(text);
      expect(masked.text).not.toContain(secret);
      expect(masked.count).toBeGreaterThan(0);
      expect(maskSecrets(masked.text)).toEqual({ text: masked.text, count: 0 });
    }
  });

  it.each(NEAR_MISSES)('leaves as it is: %s', (line) => {
    expect(maskSecrets(line)).toEqual({ text: line, count: 0 });
  });

  it('takes a plain word as a password where the line is one of a settings file', () => {
    expect(maskSecrets('db:\n  user: app\n  - password: swordfish\n').text).toBe(
      'db:\n  user: app\n  - password: [masked: password]\n',
    );
    expect(maskSecrets('could not log in with this password: swordfish').count).toBe(0);
  });

  it('keeps what stands around a secret', () => {
    expect(maskSecrets('login user=bob password=hunter2 from 10.0.0.3').text).toBe(
      'login user=bob password=[masked: password] from 10.0.0.3',
    );
    expect(maskSecrets('postgres://app:s3cr3t@db/app').text).toBe(
      'postgres://app:[masked: password in an address]@db/app',
    );
  });

  it('finds every secret of a text, wherever it stands', () => {
    const lines = fc.shuffledSubarray([...SECRETS], { minLength: 1 });
    fc.assert(
      fc.property(
        lines,
        fc.array(fc.constantFrom(...NEAR_MISSES.filter((line) => !/[0-9a-f]{40}/u.test(line)))),
        (samples, others) => {
          const text = [...samples.map(({ line }) => line), ...others].join('\n');
          const { text: masked } = maskSecrets(text);
          // A cut-off key block takes in the lines after it that look like its own.
          for (const { secret } of samples) expect(masked).not.toContain(secret);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('is settled after one pass, over any text', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.constantFrom(...SECRETS.map(({ line }) => line), ...NEAR_MISSES),
      fc.constantFrom(
        'password=',
        '"',
        "'",
        '\n',
        ': ',
        '--token ',
        'Bearer ',
        '[masked: ',
        ']',
        '://a:',
        '@',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        const spans = findSecrets(text);
        let end = 0;
        for (const span of spans) {
          expect(span.start).toBeGreaterThanOrEqual(end);
          expect(span.end).toBeGreaterThan(span.start);
          end = span.end;
        }
        expect(end).toBeLessThanOrEqual(text.length);
        const once = maskSecrets(text).text;
        expect(maskSecrets(once).text).toBe(once);
      }),
      { numRuns: 500 },
    );
  });
});

describe('cost', () => {
  /** What would make a careless pattern try again and again: each hint, and the pieces of each form, many times. */
  const hostile = [
    ...new Set(SECRET_RULES.flatMap(({ hints }) => hints)),
    'a_',
    'a',
    '://a:',
    'password=',
    'password: "',
    '-----BEGIN PRIVATE KEY-----\n',
    'eyJaaaaaaaaaaaa.',
    'mysql  ',
    'curl -u a',
    '--',
    'Authorization: ',
  ];
  it.each(hostile)('is linear in a text of %j', (piece) => {
    const time = (length: number) => {
      const text = piece.repeat(Math.ceil(length / piece.length));
      const start = process.cpuUsage();
      findSecrets(text);
      return process.cpuUsage(start).user / 1000;
    };
    time(20_000);
    // Processor time, so that a busy machine does not count: 0.4 s at most for 160,000 characters.
    expect(time(160_000)).toBeLessThan(2000);
  });
});

describe('false alarms', () => {
  const folders = [
    'e2e/fixtures',
    'e2e/fixtures/diagnose',
    'engine/eval/diagnosis/logs/real',
    'engine/eval/diagnosis/logs/generated',
  ];
  it.each(folders)('masks nothing in the logs of %s but what is a secret', (folder) => {
    const alarms: string[] = [];
    for (const name of readdirSync(folder).filter((file) => file.endsWith('.log'))) {
      const text = readFileSync(join(folder, name), 'utf8');
      for (const { start, end, label } of findSecrets(text))
        alarms.push(`${name}: ${label}: ${text.slice(start - 40, end)}`);
    }
    expect(alarms).toEqual([]);
  });

  const loghub = process.env.SIGMA_OPS_LOGHUB;
  it.skipIf(!loghub || !existsSync(loghub))('is quiet on Loghub', () => {
    const alarms: string[] = [];
    let lines = 0;
    for (const system of readdirSync(loghub ?? '', { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    )) {
      const path = join(loghub ?? '', system.name, `${system.name}_2k.log`);
      const text = readFileSync(path, 'utf8');
      lines += text.split('\n').length;
      for (const { start, end, label } of findSecrets(text))
        alarms.push(`${system.name}: ${label}: ${text.slice(start - 40, end)}`);
    }
    console.log(`Loghub: ${alarms.length} alarms in ${lines} lines`);
    expect(alarms).toEqual([]);
  });
});
