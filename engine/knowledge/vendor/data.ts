import amdSmi from './amd-smi.json';
import clusters from './clusters.json';
import containers from './containers.json';
import dcgmi from './dcgmi.json';
import git from './git.json';
import infiniband from './infiniband.json';
import linux from './linux.json';
import nccl from './nccl.json';
import nvidiaSmi from './nvidia-smi.json';
import programs from './programs.json';
import rocmSmi from './rocm-smi.json';
import slurm from './slurm.json';
import type { VendorFile } from './vendor-spec';

/** All data files. Their shape is checked by a test, not at each start. */
export const VENDOR_FILES = [
  nvidiaSmi,
  dcgmi,
  amdSmi,
  rocmSmi,
  nccl,
  infiniband,
  slurm,
  clusters,
  containers,
  linux,
  git,
  programs,
] as unknown as readonly VendorFile[];
