import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { skeletonOf } from '../masks/scanner';
import { describeSkeleton } from '../templates/describe-skeleton';
import { unwrap } from './unwrap';

const unwrapped = (line: string) => {
  const result = unwrap(line);
  return result && [result.text, result.level, result.partial];
};

describe('unwrap', () => {
  test.each([
    [
      'docker',
      '{"log":"ERROR it broke\\n","stream":"stderr","time":"2026-01-01T00:00:00Z"}',
      ['ERROR it broke', null, false],
    ],
    [
      'docker, cut',
      '{"log":"a part","stream":"stdout","time":"2026-01-01T00:00:00Z"}',
      ['a part', null, true],
    ],
    [
      'docker, stack trace',
      '{"log":"\\tat main(\\"x\\")\\n","stream":"stderr","time":""}',
      ['\tat main("x")', null, false],
    ],
    [
      'docker with JSON inside',
      '{"log":"{\\"level\\":\\"error\\",\\"msg\\":\\"it \\\\\\"broke\\\\\\"\\"}\\n","stream":"stderr","time":""}',
      ['it "broke"', 'error', false],
    ],
    ['CRI', '2026-01-01T00:00:00.1Z stderr F E0101 it broke', ['E0101 it broke', null, false]],
    ['CRI, cut', '2026-01-01T00:00:00.1Z stdout P a part', ['a part', null, true]],
    ['CRI, empty', '2026-01-01T00:00:00.1Z stdout F ', ['', null, false]],
    [
      'CRI with JSON inside',
      '2026-01-01T00:00:00.1Z stdout F {"lvl":"warn","message":"slow"}',
      ['slow', 'warn', false],
    ],
    [
      'journald',
      '{"__REALTIME_TIMESTAMP":"1","PRIORITY":"3","MESSAGE":"it broke"}',
      ['it broke', '3', false],
    ],
    [
      'zap',
      '{"level":"error","ts":1.5,"msg":"it broke","error":"timeout"}',
      ['it broke error=timeout', 'error', false],
    ],
    ['ECS', '{"@timestamp":"","log.level":"WARN","message":"slow"}', ['slow', 'WARN', false]],
    ['nested', '{"log":{"level":"warn"},"fields":{"message":"slow"}}', ['slow', 'warn', false]],
    [
      'pino',
      '{"level":50,"time":1,"msg":"it broke","err":{"message":"no"}}',
      ['it broke err.message=no', '3', false],
    ],
    ['mongod', '{"t":{"$date":""},"s":"E","c":"NETWORK","msg":"it broke"}', ['it broke', '3', false]],
    ['status', '{"severity":"INFO","message":"request","status":502}', ['request status=502', 'INFO', false]],
    [
      'GELF, whose digit a skeleton folds',
      '{"short_message":"it broke","level":3}',
      ['it broke', null, false],
    ],
    ['cut off', '{"level":"info","msg":"a long mess', ['a long mess', 'info', false]],
    [
      'escapes',
      '{"msg":"\\u001b[31ma \\u003cb\\u003e \\u0026 \\u00e9\\u001b[0m"}',
      ['a <b> & é', null, false],
    ],
    ['lines in a message', '{"msg":"one\\n\\tat two\\n"}', ['one at two', null, false]],
    ['logfmt', 'time=1 level=warn msg="it \\"broke\\"" err=no', ['it "broke" err=no', 'warn', false]],
  ])('%s', (_, line, expected) => {
    expect(unwrapped(line)).toEqual(expected);
  });

  test.each([
    'it broke',
    '{"a":1}',
    '{',
    '{"',
    '{"msg"',
    '{}{}',
    '[{"msg":"x"}]',
    'retries=3 then it broke',
    'a=1 b=2 c=3',
    '2026-01-01T00:00:00Z stdout was closed',
  ])('%s is nothing that wraps', (line) => {
    expect(unwrap(line)).toBeNull();
  });

  test('a skeleton says the same as its line, folded', () => {
    for (const line of [
      '{"log":"\\u001b[31mE0101 00:00:00.123 4242 it \\u003cbroke\\u003e 17\\n","stream":"stderr","time":"2026-01-01T00:00:00Z"}',
      '{"level":"error","ts":1767225600.123,"msg":"took 123 ms","error":"dial 10.0.0.1:5432"}',
      '2026-01-01T00:00:00.123456789Z stderr F took 123 ms',
      'ts=2026-01-01T00:00:00Z level=error msg="took 123 ms"',
    ]) {
      const fromLine = unwrap(line);
      expect(unwrap(skeletonOf(line))).toEqual({ ...fromLine, text: skeletonOf(fromLine?.text ?? '') });
    }
  });

  test('severity and template are those of the line inside', () => {
    const described = (line: string) => {
      const { severity, masked } = describeSkeleton(skeletonOf(line));
      return `${severity} ${masked}`;
    };
    const plain = described('2026-01-01 00:00:00 ERROR request 17 failed');
    const inside = '2026-01-01 00:00:00 ERROR request 17 failed';
    expect([
      described(`{"log":"${inside}\\n","stream":"stderr","time":"2026-01-01T00:00:00Z"}`),
      described(`2026-01-01T00:00:00.123Z stderr F ${inside}`),
      described('{"__REALTIME_TIMESTAMP":"1767225600123456","PRIORITY":"3","MESSAGE":"request 17 failed"}'),
      described('{"level":50,"time":1767225600123,"msg":"request 17 failed"}'),
      described('{"level":"error","ts":1767225600.123,"msg":"request 17 failed"}'),
      described('ts=2026-01-01T00:00:00Z level=error msg="request 17 failed"'),
    ]).toEqual(Array(6).fill(plain));
    expect(described('{"level":30,"msg":"0 errors"}')).toMatch(/^info /);
    expect(described('{"level":"info","msg":"error page shown"}')).toMatch(/^info /);
  });

  test('any text is read, JSON as a parser reads it', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        unwrap(text);
        unwrap(`{"${text}`);
        unwrap(`{"msg":"${text}`);
      }),
    );
    fc.assert(
      fc.property(
        fc
          .string({ unit: 'grapheme', minLength: 1 })
          .filter((text) => !/[\\{=\p{Cc}]|stdout|stderr/u.test(text)),
        fc.json(),
        (message, value) => {
          const line = JSON.stringify({ a: JSON.parse(value), msg: message });
          expect(unwrap(line)?.text).toBe(message.trimEnd());
        },
      ),
    );
  });
});
