import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { allSignatures, signaturesOf } from '.';
import { type Signature, SignatureFile } from './signature';

const folder = join(import.meta.dirname, 'data');
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
const idsOf = (line: string) => signaturesOf(line).map(({ id }) => id);

/** What RE2 does not have: look-around and back references. */
const NOT_RE2 = /\(\?[=!<]|\\[1-9]|\\k</;

describe.each(files)('%s', (file) => {
  const parsed = SignatureFile.safeParse(JSON.parse(readFileSync(join(folder, file), 'utf8')));
  test('has the right shape', () => {
    expect(parsed.error?.issues ?? []).toEqual([]);
  });

  test.each((parsed.data ?? []).map((one): [string, Signature] => [one.id, one]))('%s', (id, one) => {
    expect(NOT_RE2.test(one.match.pattern)).toBe(false);
    expect(one.match.needs).toBe(one.match.needs.toLowerCase());
    expect(idsOf(one.matching)).toContain(id);
    expect(idsOf(one.nearMiss)).not.toContain(id);
    // A case-insensitive pattern must not depend on how a program capitalises.
    expect(idsOf(one.matching.toUpperCase())).toContain(id);
  });
});

test('ids are unique, and no sample line shows more than three failures', () => {
  const all = allSignatures();
  const ids = all.map(({ id }) => id);
  expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
  for (const one of all) expect(idsOf(one.matching).length, one.id).toBeLessThanOrEqual(3);
});
