/**
 * Tools that belong together, by the words that people use for them and the programs that they mean. A request that
 * names one is about it; an example of one that the request does not name is likely about something else.
 */
interface Family {
  readonly words: RegExp;
  readonly commands: RegExp;
  /** One of several tools of a vendor: which of them answers is open where none is named. */
  readonly isOneOf?: boolean;
}

const FAMILIES: readonly Family[] = [
  {
    words: /\b(?:amd|amdgpu|radeon|instinct|rocm|rccl|hip|xgmi|cper|mi[23]\d\d\w?|rocm-smi|amd-smi)\b/i,
    commands:
      /\b(?:amd-smi|rocm-smi|rocminfo|rocm|amdgpu|kfd|rccl|HIP_|ROCR_|hipconfig|rocm-\w+)\b|card0\/device/,
  },
  {
    words: /\b(?:nvidia|cuda|nvlink|mig|nvidia-smi|geforce|h100|a100|dmon|xid|cdi|nccl)\b/i,
    commands: /nvidia|\bCUDA_|\bNCCL_|\bnvcc\b|_perf\b|\bdcgm|NVRM/,
  },
  { words: /\bdcgmi?\b/i, commands: /\bdcgmi?\b/ },
  { words: /\brocm-smi\b/i, commands: /\brocm-smi\b/, isOneOf: true },
  { words: /\bamd-smi\b/i, commands: /\bamd-smi\b/, isOneOf: true },
  { words: /\bnvidia-smi\b/i, commands: /\bnvidia-smi\b/, isOneOf: true },
  {
    words: /\b(?:slurm\w*|squeue|sbatch|srun|scontrol|sinfo|sacct)\b/i,
    commands:
      /\b(?:squeue|sinfo|sbatch|srun|salloc|scancel|sacct|sacctmgr|scontrol|sdiag|sstat|seff|sprio|sreport|sshare|slurm\w*|strigger|sattach|sbcast)\b/,
  },
  { words: /\bpodman\b/i, commands: /\bpodman\b/ },
  { words: /\bcompose\b/i, commands: /\bcompose\b/ },
  { words: /\bcrictl\b/i, commands: /\bcrictl\b/ },
  { words: /\bhelm\b/i, commands: /\bhelm\b/ },
  { words: /\bterraform\b/i, commands: /\bterraform\b/ },
  { words: /\bansible\b/i, commands: /\bansible\b/ },
  { words: /\b(?:aws|ec2|s3|eks|iam|cloudwatch)\b/i, commands: /\baws\b|\beksctl\b/ },
  { words: /\b(?:gcloud|gcp|gke|google cloud)\b/i, commands: /\b(?:gcloud|gsutil|bq)\b/ },
  { words: /\b(?:az|azure|aks)\b/i, commands: /\baz\b/ },
  {
    words: /\bmac ?os\b|\bon (?:a )?mac\b/i,
    commands: /\b(?:brew|launchctl|diskutil|defaults|pbcopy|pmset)\b|sed -i ''/,
  },
  { words: /\b(?:minikube|kind|k3s)\b/i, commands: /\b(?:minikube|kind|k3s)\b/ },
];
/** Named loosely: the words hint at it, and leaving them out says nothing. */
const HINTED: readonly Family[] = [
  {
    words: /\b(?:docker|containers?|images?)\b/i,
    commands: /\b(?:docker|podman|crictl|ctr|nerdctl|kubectl)\b/,
  },
  {
    words:
      /\b(?:kubectl|kubernetes|k8s|pods?|namespaces?|deployments?|daemonsets?|statefulsets?|configmaps?|rollout|kubeconfig|persistent volume|cluster[ -]wide)\b/i,
    commands: /\b(?:kubectl|helm|oc|kustomize|k9s|stern|crictl|minikube|kind|eksctl|gcloud|aws|az)\b/,
  },
  {
    words: /\b(?:services?|units?|systemd|daemons?)\b/i,
    commands: /\b(?:systemctl|systemd\S*|journalctl|service|kubectl|compose|rc-service|svcadm|loginctl)\b/,
  },
  { words: /\bgpus?\b/i, commands: /nvidia|gpu|amd|rocm|dcgm|gres|_perf|NCCL|CUDA/i },
];

/** Named families that the command belongs to or not; 0 where the request names none. */
export interface FamilyFit {
  /** The request names a family (or hints at one) and the command is of none of those. */
  readonly misses: number;
  /** The command, or the example's own request, is of a family that this request does not name. */
  readonly strays: number;
}

/** How an example fits the families that a request names. */
export function familyFit(request: string, example: { request: string; command: string }): FamilyFit {
  const belongs = (family: Family) =>
    family.commands.test(example.command) || family.words.test(example.request);
  let misses = 0;
  let strays = 0;
  for (const family of FAMILIES) {
    const named = family.words.test(request);
    if (named && !belongs(family)) misses++;
    // Without a vendor's name a GPU is most often NVIDIA's.
    if (
      !named &&
      !family.isOneOf &&
      belongs(family) &&
      !(family === FAMILIES[1] && /\bgpus?\b/i.test(request) && !NO_NVIDIA.test(request))
    )
      strays++;
  }
  for (const family of HINTED) {
    const named = family.words.test(request);
    if (named && !belongs(family)) misses += 0.5;
    if (!named && family.words.test(example.request)) strays += 0.5;
  }
  return { misses, strays };
}

const NO_NVIDIA = FAMILIES[0]?.words ?? /$^/;
