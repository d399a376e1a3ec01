import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type CommandChecker, createChecker } from '../commands/create-checker';

interface Listed {
  readonly cmd: string;
  readonly split: 'dev' | 'held';
}

const listed = (name: string): Listed[] =>
  readFileSync(join(import.meta.dirname, 'risk', `${name}.jsonl`), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

/**
 * Lists written from the definitions alone, by someone who had not seen the rules. Half is for development; of the held
 * half only counts are ever looked at, so a failure here names no command of it.
 */
describe('the risk of listed commands', () => {
  let check: CommandChecker;
  beforeAll(async () => {
    check = await createChecker({ PATH: '', MANPATH: '/nowhere' });
  });
  const destructive = (commands: Listed[]) =>
    commands.filter(({ cmd }) => check(cmd).level === 'destructive');

  it('is destructive for every destructive one of the development half', () => {
    const commands = listed('destructive').filter(({ split }) => split === 'dev');
    const rated = new Set(destructive(commands));
    expect(commands.filter((one) => !rated.has(one)).map(({ cmd }) => cmd)).toEqual([]);
  });

  it('is destructive for at least 99 % of the held half', () => {
    const commands = listed('destructive').filter(({ split }) => split === 'held');
    const share = destructive(commands).length / commands.length;
    expect(commands.length).toBeGreaterThanOrEqual(150);
    expect(share).toBeGreaterThanOrEqual(0.99);
  });

  it('is destructive for at most 3 % of the harmless ones', () => {
    const commands = listed('harmless');
    expect(commands.length).toBeGreaterThanOrEqual(300);
    expect(destructive(commands).length / commands.length).toBeLessThanOrEqual(0.03);
  });
});
