import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shellBuiltins } from './builtins';
import { createCommandKnowledge, type ProgramKnowledge } from './command-knowledge';
import type { CommandSpec } from './command-spec';
import { builtSpecs } from './fig/built-specs';
import { mergeSpecs } from './merge-specs';

const FROB =
  '.SH NAME\nfrob \\- turn around\n.SH OPTIONS\n.TP\n\\fB\\-a\\fR, \\fB\\-\\-all\\fR\neverything\n';
const find = (spec: CommandSpec | null | undefined, name: string) =>
  spec?.options.find((one) => one.names.includes(name));

describe('knowledge of programs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'knowledge-'));
  let local: ProgramKnowledge;
  let fixed: ProgramKnowledge;
  beforeAll(() => {
    mkdirSync(join(folder, 'bin'));
    mkdirSync(join(folder, 'man', 'man1'), { recursive: true });
    for (const name of ['frob', 'mytool', 'kubectl']) writeFileSync(join(folder, 'bin', name), '');
    writeFileSync(join(folder, 'man', 'man1', 'frob.1'), FROB);
    writeFileSync(join(folder, 'man', 'man1', 'git.1'), FROB.replaceAll('frob', 'git'));
    writeFileSync(join(folder, 'man', 'man1', 'git-zap.1'), FROB.replaceAll('frob', 'git-zap'));
    const common = { manFolders: [join(folder, 'man')], specsFile: builtSpecs(), platform: 'linux' as const };
    local = createCommandKnowledge({ path: join(folder, 'bin'), ...common });
    fixed = createCommandKnowledge({ path: join(folder, 'bin'), ...common, fixed: true });
  }, 120_000);
  afterAll(() => {
    local.close();
    fixed.close();
    rmSync(folder, { recursive: true });
  });

  it('tells builtins, installed, documented and unknown programs apart', () => {
    expect(local.program('cd')).toBe('builtin');
    expect(local.program('mytool')).toBe('installed');
    expect(local.program('nvidia-smi')).toBe('documented');
    expect(local.program('helm')).toBe('documented');
    expect(local.program('no-such-program')).toBe('unknown');
    expect(local.program('toString')).toBe('unknown');
  });

  it('reads the page of the machine', () => {
    expect(local.spec('frob')?.source.name).toBe('man frob(1)');
    expect(find(local.spec('frob'), '--all')?.description).toBe('everything');
    expect(local.spec('no-such-program')).toBeNull();
  });

  it('uses only what ships when it is fixed', () => {
    expect(fixed.program('frob')).toBe('unknown');
    expect(fixed.program('kubectl')).toBe('documented');
    expect(fixed.spec('frob')).toBeNull();
    expect(fixed.spec('du')?.complete).toBe(true);
    expect(find(fixed.spec('du'), '-h')?.description).not.toBe('');
    // macOS' find has -E and -s; GNU's does not.
    expect(find(fixed.spec('find'), '-E')).toBeUndefined();
    expect(find(fixed.spec('find'), '-newer')?.argument).toBe('required');
  });

  it('joins sources, the page first, and says where an option is from', () => {
    const git = local.spec('git');
    expect(git?.source.name).toBe('man git(1)');
    expect(find(git, '-C')?.source?.kind).toBe('vendor');
    const names = git?.subcommands.flatMap((one) => one.names) ?? [];
    expect(names).toContain('commit');
    expect(git?.subcommands.find((one) => one.names.includes('zap'))?.options[0]?.names).toEqual([
      '-a',
      '--all',
    ]);
  });

  it('gives options of the whole program to each subcommand', () => {
    const get = fixed.spec('kubectl')?.subcommands.find((one) => one.names.includes('get'));
    expect(find(get, '--context')?.argument).toBe('required');
    expect(find(get, '-o')).toBeDefined();
    expect(get?.complete).toBe(true);
  });

  it('does not call completion specs complete that are known to have gaps', () => {
    expect(fixed.spec('npm')?.complete).toBe(false);
    expect(fixed.spec('helm')?.complete).toBe(false);
  });

  it('says in one sentence what is missing', () => {
    expect(local.status()).toBe('');
    const slim = createCommandKnowledge({ path: '', manFolders: [], specsFile: builtSpecs() });
    expect(slim.status()).toMatch(/no manual pages.*ships with the app/);
    expect(slim.spec('tar')?.options.length).toBeGreaterThan(100);
    slim.close();
    const bare = createCommandKnowledge({ path: '', manFolders: [], specsFile: join(folder, 'missing') });
    expect(bare.status()).toMatch(/completion specs/);
    expect(bare.spec('nvidia-smi')).not.toBeNull();
    bare.close();
  });
});

describe('builtins', () => {
  it('are those of bash, with their options', () => {
    const builtins = shellBuiltins();
    expect(builtins.size).toBeGreaterThan(70);
    expect(find(builtins.get('read'), '-p')?.argument).toBe('required');
    expect(find(builtins.get('read'), '-r')?.argument).toBe('none');
    expect(builtins.get('cd')?.complete).toBe(true);
    expect(builtins.get('test')?.complete).toBe(false);
  });
});

describe('merging', () => {
  const spec = (kind: 'man' | 'fig', names: string[][], complete: boolean): CommandSpec => ({
    names: ['x'],
    description: kind,
    source: { kind, name: kind },
    options: names.map((one) => ({ names: one, argument: 'none', argumentName: '', description: kind })),
    subcommands: [],
    takesSubcommand: 'never',
    complete,
    optionStyle: 'clustered',
  });

  it('keeps the meaning of the first source for a spelling that both have', () => {
    const merged = mergeSpecs([
      spec('man', [['-h', '--human']], true),
      spec('fig', [['-h', '--help'], ['-z']], true),
    ]);
    expect(merged.options.map((one) => one.names.join(' '))).toEqual(['-h --human', '--help', '-z']);
    expect(merged.options[1]?.source?.kind).toBe('fig');
    expect(merged.description).toBe('man');
  });

  it('is complete only as far as the page is', () => {
    expect(mergeSpecs([spec('man', [['-a']], false), spec('fig', [['-b']], true)]).complete).toBe(false);
    expect(mergeSpecs([spec('man', [['-a']], true), spec('fig', [['-b']], false)]).complete).toBe(true);
    expect(mergeSpecs([spec('man', [], false), spec('fig', [['-b']], true)]).complete).toBe(true);
  });
});
