import { describe, expect, it } from 'vitest';
import { environmentVariables, vendorToolSpec, vendorTools } from '.';
import { VENDOR_FILES } from './data';
import { VendorFile } from './vendor-spec';

const spec = (...path: string[]) => {
  const [program = '', ...names] = path;
  let found = vendorToolSpec(program);
  for (const name of names) found = found?.subcommands.find((one) => one.names.includes(name)) ?? null;
  return found;
};
const option = (spelled: string, ...path: string[]) =>
  spec(...path)?.options.find((one) => one.names.includes(spelled));

describe("vendors' tools", () => {
  it.each(VENDOR_FILES.map((file) => [file.source, file] as const))('%s has the right shape', (_, file) => {
    expect(VendorFile.safeParse(file).error?.issues ?? []).toEqual([]);
  });

  it('can all be read, and no option is written down twice', () => {
    let options = 0;
    for (const name of vendorTools()) {
      const visit = (one: NonNullable<ReturnType<typeof vendorToolSpec>>, path: string) => {
        const names = one.options.flatMap((each) => each.names);
        expect(
          new Set(names).size,
          `${path}: ${names.filter((n, at) => names.indexOf(n) !== at).join(' ')}`,
        ).toBe(names.length);
        options += one.options.length;
        for (const below of one.subcommands) visit(below, `${path} ${below.names[0]}`);
      };
      const found = vendorToolSpec(name);
      if (found) visit(found, name);
    }
    expect(options).toBeGreaterThan(5000);
  });

  it('know the GPU tools', () => {
    expect(option('--query-gpu', 'nvidia-smi')).toMatchObject({ argument: 'required' });
    expect(option('--query-gpu', 'nvidia-smi')?.values).toContain('utilization.gpu');
    expect(option('-m', 'nvidia-smi', 'topo')?.argument).toBe('none');
    expect(option('-r', 'dcgmi', 'diag')).toMatchObject({ names: ['-r', '--run'], argument: 'required' });
    expect(option('--gpu', 'amd-smi', 'metric')?.argument).toBe('several');
    expect(spec('amd-smi', 'ucode')?.names[0]).toBe('firmware');
    expect(option('--showmeminfo', 'rocm-smi')?.argument).toBe('several');
    expect(option('-g', 'all_reduce_perf')).toMatchObject({ argument: 'required', argumentName: 'NUMBER' });
    expect(environmentVariables().map((one) => one.name)).toContain('NCCL_DEBUG');
  });

  it('know cluster and Linux tools', () => {
    expect(option('--gres', 'sbatch')?.argument).toBe('required');
    expect(option('-np', 'mpirun')?.argument).toBe('required');
    expect(option('--endpoints', 'etcdctl', 'endpoint', 'health')?.argument).toBe('required');
    expect(option('-u', 'systemctl', 'start')).toBeUndefined();
    expect(option('--user', 'systemctl', 'start')?.argument).toBe('none');
    expect(option('-name', 'find')).toMatchObject({ argument: 'required' });
    expect(spec('ip', 'addr', 'show')).not.toBeNull();
    expect(spec('git', 'commit')?.options.length).toBeGreaterThan(30);
  });
});
