import { describe, expect, test } from 'vitest';
import { IDS_OF_LINE, idRules, idsOfLine } from './related-ids';

describe('ids of a line', () => {
  test.each(idRules.map(({ name, sample }) => [name, ...sample] as const))('%s', (_, line, id) => {
    expect(idsOfLine(line)).toEqual([id]);
  });

  test.each([
    '2024-05-01T10:00:00.123456Z INFO started',
    '1714557600 start',
    '081109 203615 148 INFO dfs.DataNode: started',
    '20240501 backup of 10.20.30.40:8080 and 192.168.100.200',
    'version 1.2.345678 at 12:00:00,123456',
    'took 12345 ms, 99.123456 % of 1234567.5',
    'deadbeef is no word of digits, facade neither',
  ])('none in: %s', (line) => {
    expect(idsOfLine(line)).toEqual([]);
  });

  test('an id is found once, and no part of it again', () => {
    const uuid = '54fadb41-4f65-4a08-8b1a-3a2f4e8c7b11';
    expect(idsOfLine(`request_id=${uuid} again ${uuid} user_id="u-77"`)).toEqual([uuid, 'u-77']);
  });

  test('of a long line only some are looked for, in time', () => {
    const many = Array.from({ length: 500 }, (_, index) => `[tx-${10_000 + index}]`).join(' ');
    expect(idsOfLine(many)).toHaveLength(IDS_OF_LINE);
    expect(idsOfLine('a_'.repeat(5000)).length + idsOfLine('1'.repeat(9000)).length).toBe(0);
  });
});
