import { describe, expect, it } from 'vitest';
import { familyFit } from './families';

const fitOf = (request: string, command: string, told = '') => familyFit(request, { request: told, command });

describe('familyFit', () => {
  it('tells a command of another family than the request names', () => {
    expect(fitOf('temperature of the AMD GPU', 'amd-smi metric -t')).toEqual({ misses: 0, strays: 0 });
    expect(fitOf('temperature of the AMD GPU', 'nvidia-smi -q -d TEMPERATURE').misses).toBe(1);
    expect(fitOf('usage via rocm-smi', 'amd-smi monitor').misses).toBe(1);
    expect(fitOf('pods in namespace shop', 'docker ps').misses).toBe(0.5);
  });

  it('tells a command of a family that the request does not name; a GPU is an NVIDIA one by default', () => {
    expect(fitOf('restart the web server', 'podman restart web').strays).toBe(1);
    expect(fitOf('temperature of the gpu', 'nvidia-smi').strays).toBe(0);
    expect(fitOf('temperature of the gpu', 'rocm-smi -t').strays).toBe(1);
    expect(fitOf('free space', 'df -h')).toEqual({ misses: 0, strays: 0 });
  });
});
