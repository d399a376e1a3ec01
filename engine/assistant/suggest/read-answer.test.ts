import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCommandAnswer } from './read-answer';

describe('readCommandAnswer', () => {
  it.each([
    ['df -h', 'df -h'],
    ['df -h\nWhy: free space.', 'df -h'],
    ['```bash\ndf -h\n```\nThis shows it.', 'df -h'],
    ['$ df -h', 'df -h'],
    ['`df -h`', 'df -h'],
    ['# cat /etc/shadow', 'cat /etc/shadow'],
    ['Command: df -h', 'df -h'],
    ['Why: nothing fits', null],
    ['  \n', null],
    ['```', null],
  ])('%j', (answer, expected) => {
    expect(readCommandAnswer(answer)).toBe(expected);
  });

  it('takes no half line of an answer that was cut off', () => {
    expect(readCommandAnswer('find . -na', false)).toBeNull();
    expect(readCommandAnswer('df -h\nThis sho', false)).toBe('df -h');
  });

  it('gives one line or nothing for any answer', () => {
    fc.assert(
      fc.property(fc.string(), fc.boolean(), (answer, whole) => {
        const read = readCommandAnswer(answer, whole);
        expect(read === null || (read !== '' && !read.includes('\n'))).toBe(true);
      }),
    );
  });
});
