import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openMachineKnowledge } from './machine-knowledge';

const folder = mkdtempSync(join(tmpdir(), 'machine-'));
afterAll(() => rmSync(folder, { recursive: true }));

function setting() {
  const home = mkdtempSync(join(folder, 'home-'));
  const bin = join(home, 'bin');
  mkdirSync(bin);
  const add = (name: string) => {
    writeFileSync(join(bin, name), '');
    chmodSync(join(bin, name), 0o755);
  };
  add('zork');
  const cacheFolder = join(home, 'cache');
  const options = {
    environment: { PATH: bin, MANPATH: join(home, 'man') },
    home,
    cacheFolder,
    // Tests of the specs have their own; without them this is quick.
    specsFile: join(home, 'none.bin'),
  };
  return { add, cacheFolder, home, options };
}

describe('knowledge of the machine', () => {
  it('answers before it is gathered, is gathered once, and again when PATH changes', async () => {
    const { add, cacheFolder, options } = setting();
    const knowledge = await openMachineKnowledge(options);
    expect(knowledge.index.count('example')).toBeGreaterThan(1000);
    const seen: string[] = [];
    const { documents, missing } = await knowledge.gather({ onProgress: ({ what }) => seen.push(what) });
    expect(documents).toBeGreaterThan(1000);
    expect(seen.length).toBeGreaterThan(0);
    expect(missing.join(' ')).toMatch(/manual pages/);
    expect(missing.join(' ')).toMatch(/tldr/);
    const [first] = readdirSync(cacheFolder);
    await knowledge.gather({});
    expect(readdirSync(cacheFolder)).toEqual([first]);
    expect(knowledge.programs.program('grue')).toBe('unknown');
    add('grue');
    await Promise.all([knowledge.gather({}), knowledge.gather({})]);
    expect(readdirSync(cacheFolder)).not.toEqual([first]);
    expect(knowledge.programs.program('grue')).toBe('installed');
    add('lamp');
    knowledge.refresh();
    await knowledge.gather({});
    expect(knowledge.programs.program('lamp')).toBe('installed');
    knowledge.close();
  }, 60_000);

  it('looks through the aliases of the user', async () => {
    const { home, options } = setting();
    writeFileSync(join(home, '.bashrc'), "alias tidy='rm -rf ./build'\n");
    const knowledge = await openMachineKnowledge(options);
    const { check } = knowledge.check('tidy', null);
    expect(check.level).toBe('destructive');
    expect(check.findings).toEqual([]);
    knowledge.close();
  });

  it('uses the tldr cache of the user', async () => {
    const { home, options } = setting();
    mkdirSync(join(home, '.cache', 'tldr', 'pages', 'common'), { recursive: true });
    const page = '# zork\n\n> Plays.\n\n- Start a saved adventure:\n\n`zork --file {{path/to/save}}`\n';
    writeFileSync(join(home, '.cache', 'tldr', 'pages', 'common', 'zork.md'), page);
    const knowledge = await openMachineKnowledge(options);
    await knowledge.gather({});
    const [match] = knowledge.index.search('start a saved adventure', { limit: 1, kinds: ['example'] });
    expect(match?.body).toBe('zork --file SAVE');
    knowledge.close();
  }, 60_000);

  it('has names of units and the like only when they are wanted', async () => {
    const { options } = setting();
    const knowledge = await openMachineKnowledge(options);
    expect(knowledge.names(null)).toBeNull();
    knowledge.offerNames(true);
    expect(knowledge.names(null)?.contexts).toEqual([]);
    knowledge.close();
  });

  it('checks paths in a folder, and none without', async () => {
    const { home, options } = setting();
    const knowledge = await openMachineKnowledge(options);
    const kinds = (cwd: string | null) =>
      knowledge.check('cat missing.txt', cwd).check.findings.map(({ kind }) => kind);
    expect(kinds(home)).toContain('missing-path');
    expect(kinds(null)).not.toContain('missing-path');
    knowledge.close();
  });
});
