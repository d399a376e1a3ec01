import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadExamples } from '../knowledge/examples';
import { readItems } from './item-files';
import { EvalItem, PARTS, parseItems } from './items';
import { canonicalCommand } from './metrics/canonical';

const here = import.meta.dirname;
const items = readItems(join(here, 'items'));
const plain = (request: string) =>
  request
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

describe('the items', () => {
  it('cover all parts, at least 400 in all, half of them held out', () => {
    for (const part of PARTS) expect(items.filter((item) => item.part === part).length).toBeGreaterThan(0);
    expect(items.filter(({ part }) => part === 'linux').length).toBeGreaterThanOrEqual(130);
    expect(items.length).toBeGreaterThanOrEqual(400);
    const held = items.filter(({ split }) => split === 'held').length;
    expect(Math.abs(held / items.length - 0.5)).toBeLessThan(0.02);
  });

  it('have ids and requests of their own', () => {
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
    expect(new Set(items.map(({ request }) => plain(request))).size).toBe(items.length);
  });

  it('run in fixtures that exist, most of the Linux part at least', () => {
    const builders = new Set(items.flatMap(({ fixture }) => (fixture === undefined ? [] : [fixture])));
    for (const name of builders)
      expect(readFileSync(join(here, 'fixtures', `${name}.sh`), 'utf8')).toContain('base');
    const linux = items.filter(({ part }) => part === 'linux');
    expect(linux.filter(({ fixture }) => fixture !== undefined).length / linux.length).toBeGreaterThan(0.8);
  });

  it('are never among the examples that suggestions are grounded in', () => {
    const examples = loadExamples();
    const requests = new Set(examples.map(({ request }) => plain(request)));
    // An equal command alone is no leak: there are not many ways to say `df -hT`. Its share is told, and bounded.
    const commands = new Set(examples.map(({ command }) => canonicalCommand(command)));
    const shared = items.filter(({ references }) =>
      references.some((text) => commands.has(canonicalCommand(text))),
    );
    console.info(
      `${shared.length} of ${items.length} items have a reference that is also an example's command`,
    );
    expect(shared.length / items.length).toBeLessThan(0.35);
    expect(items.filter(({ request }) => requests.has(plain(request))).map(({ id }) => id)).toEqual([]);
  });
});

describe('parseItems', () => {
  const item = {
    id: 'linux-001',
    part: 'linux',
    split: 'dev',
    request: 'print the date',
    references: ['date'],
  };
  const refused = (changes: object) => !EvalItem.safeParse({ ...item, ...changes }).success;

  it('reads a line each and names a wrong one', () => {
    expect(parseItems(`${JSON.stringify(item)}\n\n`, 'a.jsonl')).toEqual([item]);
    expect(() => parseItems('\n{', 'a.jsonl')).toThrow('a.jsonl:2 is no JSON');
    expect(() => parseItems('{"id":1}', 'a.jsonl')).toThrow('a.jsonl:1');
  });

  it('refuses what would spoil the figures', () => {
    expect(refused({})).toBe(false);
    expect(refused({ split: 'held' })).toBe(true);
    expect(refused({ id: 'cloud-001' })).toBe(true);
    expect(refused({ fixture: 'site' })).toBe(true);
    expect(refused({ references: ['date', 'date'] })).toBe(true);
    expect(refused({ references: ['date '] })).toBe(true);
    expect(refused({ hint: 'x' })).toBe(true);
  });
});
