/** A program as it is called, without its folder. */
export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Standard folders of programs: a program there is what its name says. A path elsewhere is a file of unknown content. */
const PROGRAM_FOLDER =
  /^(?:\/usr)?(?:\/local)?\/s?bin\/|^\/opt\/(?:rocm[^/]*|homebrew|nvidia|cuda[^/]*|slurm)\/(?:s?bin|libexec)\/|^\/usr\/local\/cuda[^/]*\/bin\/|^\/(?:usr\/)?lib(?:exec)?\/|^\/snap\/bin\/|^\/run\/current-system\/sw\/bin\//;

/** Tests of NCCL, RCCL and CUDA, which everybody builds in a folder of their own. */
const BUILT_TEST =
  /^(?:(?:all_reduce|all_gather|reduce_scatter|broadcast|reduce|alltoall|sendrecv|scatter|gather|hypercube)_perf|deviceQuery|bandwidthTest|p2pBandwidthLatencyTest|nvbandwidth|rocm-bandwidth-test)$/;

/** The program's name; null for a file that is no installed program. */
export function programOfPath(path: string): string | null {
  const name = baseName(path);
  if (BUILT_TEST.test(name)) return name;
  return PROGRAM_FOLDER.test(path) && !path.includes('/../') ? name : null;
}
