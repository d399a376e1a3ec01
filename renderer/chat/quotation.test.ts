import { expect, it } from 'vitest';
import { quotation } from './quotation';

it('quotes each line and leaves room below', () => {
  expect(quotation('one\r\n\ntwo\n')).toBe('> one\n>\n> two\n\n');
});
