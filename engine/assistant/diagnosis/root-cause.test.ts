import { describe, expect, test } from 'vitest';
import { judge } from './confidence';
import { OUT_OF_MEMORY, pack, piece } from './pack.test-data';
import { rootCause } from './root-cause';

const causeOf = (pieces: Parameters<typeof pack>[0]) => {
  const root = rootCause(pack(pieces));
  return root && [root.failure.shown.id, judge(root).confidence];
};
const refused = (firstLine: number) =>
  piece(['connect: Connection refused'], { firstLine, failures: ['connection-refused'] });
const tooMany = (firstLine: number) =>
  piece(['FATAL: sorry, too many clients already'], {
    firstLine,
    severity: 'fatal',
    failures: ['pg-too-many-clients'],
  });

describe('root cause', () => {
  test('what ran out comes before what is felt of it, in either rank', () => {
    expect(causeOf(OUT_OF_MEMORY.pieces)).toEqual(['kernel-oom-kill', 'high']);
    expect(causeOf([...OUT_OF_MEMORY.pieces].reverse())).toEqual(['kernel-oom-kill', 'high']);
  });

  test('a generic failure ranks below a specific one, before or behind it', () => {
    expect(causeOf([refused(10), tooMany(300)])?.[0]).toBe('pg-too-many-clients');
    expect(causeOf([tooMany(10), refused(300)])?.[0]).toBe('pg-too-many-clients');
  });

  test('what came after other errors is less sure', () => {
    const errors = [10, 20, 30].map((firstLine) => piece(['x failed'], { firstLine }));
    expect(causeOf([...errors, tooMany(500)])).toEqual(['pg-too-many-clients', 'medium']);
    expect(causeOf([...errors, refused(500)])).toEqual(['connection-refused', 'low']);
    expect(causeOf([refused(5), ...errors])).toEqual(['connection-refused', 'medium']);
  });

  test('of two of a kind the earlier one', () => {
    const full = piece(['write: No space left on device'], {
      firstLine: 400,
      severity: 'fatal',
      failures: ['disk-full'],
    });
    const memory = { ...OUT_OF_MEMORY.pieces[0], firstLine: 900 } as (typeof OUT_OF_MEMORY.pieces)[0];
    expect(causeOf([full, memory])?.[0]).toBe('disk-full');
  });

  test('a warning is the cause of errors shortly after it, and of no later ones', () => {
    const denied = piece(['audit: apparmor="DENIED" operation="open"'], {
      severity: 'warning',
      failures: ['apparmor-denied'],
    });
    expect(causeOf([denied])).toEqual(['apparmor-denied', 'medium']);
    expect(causeOf([denied, tooMany(20)])?.[0]).toBe('apparmor-denied');
    expect(causeOf([denied, tooMany(500)])?.[0]).toBe('pg-too-many-clients');
  });

  test('a piece is told by its first failure', () => {
    const nccl = piece(['[Rank 3] Watchdog caught collective operation timeout'], {
      severity: 'fatal',
      failures: ['pytorch-nccl-watchdog-timeout', 'pytorch-nccl-async-error'],
    });
    expect(causeOf([nccl])?.[0]).toBe('pytorch-nccl-watchdog-timeout');
  });

  test('none where no failure is known', () => {
    expect(causeOf([piece(['x failed'])])).toBeNull();
  });
});
