import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CommandSpec } from '../command-spec';
import { builtSpecs } from './built-specs';
import type { PackedSpec } from './packed-spec';
import { encodeSpecs, openSpecFile, type SpecFile } from './spec-file';

const sub = (spec: CommandSpec | null | undefined, ...path: string[]) =>
  path.reduce<CommandSpec | undefined>(
    (at, name) => at?.subcommands.find((one) => one.names.includes(name)),
    spec ?? undefined,
  );

describe('a spec file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'specs-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('has the same bytes for the same specs, and gives them back', () => {
    const blocks = new Map<string, PackedSpec>([
      ['b', { n: ['b'], d: 'Tool b', o: [[['-x'], 'r', 'X', 'An x']] }],
      ['a', { n: ['a'], l: 'b' }],
    ]);
    const programs = [
      { name: 'b', block: 'b' },
      { name: 'a', block: 'a' },
    ];
    const bytes = encodeSpecs('test 1', blocks, programs);
    expect(encodeSpecs('test 1', new Map([...blocks].reverse()), programs.toReversed())).toEqual(bytes);
    const path = join(folder, 'specs.bin');
    writeFileSync(path, bytes);
    const file = openSpecFile(path);
    expect([...file.programs.keys()]).toEqual(['a', 'b']);
    expect(file.spec('a')?.options[0]?.names).toEqual(['-x']);
    expect(file.spec('constructor')).toBeNull();
    file.close();
  });

  it('refuses other files and cut ones', () => {
    const path = join(folder, 'other');
    writeFileSync(path, 'not a spec file');
    expect(() => openSpecFile(path)).toThrow('no file of command specs');
    writeFileSync(path, encodeSpecs('t', new Map(), []).subarray(0, 14));
    expect(() => openSpecFile(path)).toThrow('cut off');
  });
});

describe('the specs of @withfig/autocomplete', () => {
  let file: SpecFile;
  beforeAll(() => {
    file = openSpecFile(builtSpecs());
  }, 120_000);
  afterAll(() => file.close());

  it('are hundreds of programs', () => {
    expect(file.programs.size).toBeGreaterThan(650);
    expect(file.programs.get('git')?.description).toMatch(/version control/i);
  });

  it('open quickly, a program at a time', () => {
    const start = performance.now();
    const again = openSpecFile(builtSpecs());
    again.spec('kubectl');
    expect(performance.now() - start).toBeLessThan(200);
    again.close();
  });

  it('hold subcommands, options, arity and the blocks of cloud tools', () => {
    expect(sub(file.spec('kubectl'), 'get')?.options.some((one) => one.names.includes('--output'))).toBe(
      true,
    );
    const run = sub(file.spec('docker'), 'run');
    expect(run?.options.find((one) => one.names.includes('--name'))?.argument).toBe('required');
    expect(run?.options.find((one) => one.names.includes('--rm'))?.argument).toBe('none');
    expect(sub(file.spec('docker'), 'compose', 'up')?.options.length).toBeGreaterThan(10);
    expect(sub(file.spec('aws'), 's3', 'cp')?.options.length).toBeGreaterThan(10);
    expect(sub(file.spec('gcloud'), 'compute', 'instances', 'list')?.options.length).toBeGreaterThan(3);
    expect(sub(file.spec('az'), 'aks', 'create')?.options.length).toBeGreaterThan(20);
    expect(file.spec('terraform')?.optionStyle).toBe('whole');
  });
});
