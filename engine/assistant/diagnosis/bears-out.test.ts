import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unsupportedReason } from './bears-out';

const LINES = [
  'kernel: Out of memory: Killed process 4242 (java) total-vm:8124844kB, UID:1000',
  'nginx: connect() failed (111: Connection refused) to 10.0.0.7:8080, /srv/www/index.html',
  'error 45 times',
  '10:03:12',
];

describe('what lines bear out', () => {
  test.each([
    'The kernel killed process 4242 (java) since memory ran out.',
    'Connections to 10.0.0.7:8080 were refused 45 times.',
    'At 10:03:12 the process java was killed.',
    'Nginx could not connect and failed on /srv/www/index.html.',
  ])('%s', (sentence) => expect(unsupportedReason(sentence, LINES)).toBeNull());

  test.each([
    ['The kernel killed process 4243 (java).', '4243'],
    ['The kernel killed process 424.', '424'],
    ['Connections to 10.0.0.70:8080 were refused.', '10.0.0.70:8080'],
    ['The kernel killed Postgres since memory ran out.', 'Postgres'],
    ['It failed at 10:03:13, the process was killed.', '10:03:13'],
    ['The kernel killed nine processes.', 'nine'],
    ['The kernel could not write /var/log.', '/var/log'],
  ])('not: %s', (sentence, word) => expect(unsupportedReason(sentence, LINES)).toContain(`"${word}"`));

  test('a sentence that shares no telling word is not', () => {
    expect(unsupportedReason('The disk is full.', LINES)).toContain('do not stand');
  });

  test('a number that no line has is never let through', () => {
    const text = LINES.join('\n');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999 }), (number) => {
        fc.pre(!new RegExp(`(?<![\\p{L}\\p{N}])${number}(?![\\p{L}\\p{N}])`, 'u').test(text));
        expect(unsupportedReason(`The kernel killed process ${number} (java).`, LINES)).not.toBeNull();
      }),
    );
  });
});
