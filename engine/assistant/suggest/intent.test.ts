import { describe, expect, it } from 'vitest';
import { intentOf, intentPenalty } from './intent';

describe('intentOf', () => {
  it.each([
    ['show the default route', 'ask'],
    ['which pods were deleted', 'ask'],
    ['please list open ports', 'ask'],
    ['restart the nginx service', 'do'],
    ['GPU 6 is hung, reset it', 'do'],
    ['find core files and delete them', 'look'],
    ['pods in all namespaces', 'look'],
  ])('%s', (request, intent) => {
    expect(intentOf(request)).toBe(intent);
  });

  it('makes no question be answered by a deletion', () => {
    expect(intentPenalty('ask', 'destructive')).toBeGreaterThan(intentPenalty('ask', 'changes'));
    expect(intentPenalty('ask', 'read-only')).toBe(0);
    expect(intentPenalty('do', 'destructive')).toBe(0);
    expect(intentPenalty('do', 'read-only')).toBeGreaterThan(0);
  });
});
