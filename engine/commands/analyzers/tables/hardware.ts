import type { Rule } from '../rule';

const RO = 'read-only';
const destroys = (why: string): Rule => ({ level: 'destructive', why, root: true });

/** GPUs, fabrics, batch systems and server boards. */
export const HARDWARE: Readonly<Record<string, Rule>> = {
  multipathd: {
    level: 'changes',
    why: 'changes paths to disks',
    when: [
      { text: /^(?:-k ?)?(?:show|list)\b[^;\n]*$/, level: 'read-only' },
      {
        text: /(?:^|\s|-k)(?:del|remove|flush|fail|shutdown|unsetprstatus)(?:\s|$)/,
        level: 'destructive',
        why: 'removes paths or maps',
      },
    ],
  },
  'nvidia-smi': {
    level: RO,
    whole: true,
    valued:
      '-i --id -f --filename -x -l --loop -lms --loop-ms -d --display --query-gpu --query-compute-apps --format -c -pl',
    when: [
      { text: /^(?:dmon|pmon|topo)(?:\s|$)/, lacks: '-f --filename', level: RO },
      {
        has: '-r --gpu-reset',
        level: 'destructive',
        why: 'resets a GPU and ends what runs on it',
        root: true,
      },
      {
        text: /(?:^|\s)(?:-mig|--multi-instance-gpu)[= ]?\d/,
        level: 'destructive',
        why: 'switches MIG, which resets the GPU',
        root: true,
      },
      {
        text: /(?:^|\s)mig\s.*(?:-dci|-dgi|--destroy)/,
        level: 'destructive',
        why: 'removes GPU instances',
        root: true,
      },
      {
        text: /(?:^|\s)(?:drain|vgpu|clocks|boost-slider|power-hint|compute-policy|nvlink|mig|conf-compute)\s.*(?:-m\s*1|-r\b|--remove|--reset-|-c[gc]i|--create|-s[a-z]*\b\s+\d|--set)/,
        level: 'destructive',
        why: 'removes, resets or remakes parts of a GPU',
        root: true,
      },
      {
        text: /^pci\s.*-c(?:lear)?\w*/i,
        level: 'changes',
        why: 'sets error counters of a GPU to zero',
        root: true,
      },
      {
        text: /^nvlink\s.*(?:-re|--reseterrorcounters)\b/,
        level: 'changes',
        why: 'sets error counters of a GPU to zero',
        root: true,
      },
      {
        // Of `nvlink`, -e shows error counters.
        text: /^(?!nvlink\b)(?:.*\s)?(?:-e|--ecc-config|-p|--reset-ecc-errors|-am|--accounting-mode|-caa|--clear-accounted-apps|-dm|--driver-model|-fdm|--gom|-gom)[= ]?\d?/,
        level: 'changes',
        why: 'sets a property of a GPU',
        root: true,
      },
      {
        has: '-pm --persistence-mode -pl --power-limit -c --compute-mode -ac --applications-clocks -rac --reset-applications-clocks -lgc --lock-gpu-clocks -rgc --reset-gpu-clocks -lmc --lock-memory-clocks -rmc --reset-memory-clocks -acp -cc --cuda-clocks -gtt --gpu-target-temp -lmcd -lgcm -spc -acr --auto-boost-default --auto-boost-permission',
        level: 'changes',
        why: 'sets a property of a GPU',
        root: true,
      },
      { has: '-f --filename', level: 'changes', why: 'writes its report to a file' },
    ],
  },
  dcgmi: {
    level: 'changes',
    why: 'changes settings of DCGM',
    sub: {
      'discovery dmon topo nvlink version introspect': RO,
      'health modules': {
        level: RO,
        when: [{ has: '-s --set --denylist', level: 'changes' }],
      },
      diag: { level: RO },
      'group fieldgroup policy config stats profile': {
        level: RO,
        when: [
          { has: '-d --delete', level: 'destructive', why: 'removes a group' },
          {
            has: '-c --create -a --add -r --remove --set -e --enable -x --jremove -s --jstart --clear --pause --resume --enforce',
            level: 'changes',
            why: 'changes settings of DCGM',
          },
        ],
      },
    },
  },
  'nvidia-cuda-mps-control': {
    level: 'destructive',
    why: 'starts or stops sharing of a GPU',
    when: [{ has: '-d', level: 'changes', why: 'starts sharing of a GPU' }],
  },
  'nv-hostengine nvidia-persistenced nvidia-fabricmanager': {
    level: 'changes',
    why: 'starts or stops a GPU service',
    root: true,
    when: [{ has: '-t --term', level: 'destructive', why: 'stops a GPU service' }],
  },
  'nvidia-settings nvidia-xconfig': {
    level: RO,
    whole: true,
    when: [
      { has: '-a --assign', level: 'changes', why: 'sets a property of a GPU' },
      { text: /--enable|--cool-bits|-c/, level: 'changes' },
    ],
  },
  'nvidia-ctk nvidia-container-cli nvidia-container-toolkit': {
    level: 'changes',
    when: [{ text: /^(?:cdi list|--version|info|list|system print)/, level: RO }],
  },
  'nvidia-bug-report.sh': { level: 'changes', why: 'writes a report', root: true },
  'nvidia-debugdump nvidia-topologyd nvtop nvitop gpustat radeontop intel_gpu_top rocminfo clinfo vulkaninfo glxinfo nvidia-modprobe-q gpu-burn-info rocm_agent_enumerator hipconfig nvcc-v vainfo lspci lsusb lshw lscpu lsmem lsipc lsns lslocks lslogins lsdev hwinfo inxi dmidecode biosdecode sensors numastat numad-v turbostat mcelog ras-mc-ctl acpi upower powertop cpuid likwid-topology lstopo hwloc-ls nvidia-imex-ctl':
    { level: RO },
  'rocm-smi': {
    level: RO,
    whole: true,
    valued: '-d --device',
    when: [
      {
        text: /--(?:gpureset|resetxgmierr|rasdisable|rasinject)/,
        level: 'destructive',
        why: 'resets a GPU or its counters',
        root: true,
      },
      {
        text: /(?:^|\s)(?:-r|--reset\S*|--set\S*|--auto\S*|--load|-f|--overdrive|--compute-partition|--memory-partition|--rasenable)(?:\s|=|$)/,
        level: 'changes',
        why: 'sets a property of a GPU',
        root: true,
      },
      { has: '--save', level: 'changes', why: 'writes settings to a file' },
    ],
  },
  'amd-smi': {
    level: RO,
    sub: {
      'list static firmware bad-pages metric process profile event topology version monitor dmon xgmi ras partition default node':
        { level: RO, when: [{ text: /--(?:file)/, level: 'changes', why: 'writes its output to a file' }] },
      reset: {
        level: 'changes',
        why: 'resets properties of a GPU',
        root: true,
        when: [
          {
            has: '-G --gpureset -l --clean-local-data -r --reload-driver',
            level: 'destructive',
            why: 'resets a GPU and ends what runs on it',
          },
          { text: /gpureset|-g\b.*-G|clean/i, level: 'destructive', why: 'resets a GPU' },
        ],
      },
      set: {
        level: 'changes',
        why: 'sets a property of a GPU',
        root: true,
        when: [
          {
            text: /--(?:compute|memory)-partition|-[CM]\b/,
            level: 'destructive',
            why: 'repartitions a GPU, which resets it',
          },
        ],
      },
    },
  },
  'xpu-smi': {
    level: RO,
    sub: {
      'config updatefw amcsensor-set agentset policy': { level: 'changes', root: true },
      diag: RO,
      reset: destroys('resets a GPU'),
    },
  },
  // InfiniBand
  'ibstat ibstatus ibv_devinfo ibv_devices ibhosts ibswitches ibnodes iblinkinfo ibnetdiscover ibping ibtracert ibaddr ibroute perfquery-r smpquery saquery sminfo ibqueryerrors ibdev2netdev show_gids ibdiagnet ibcheckerrors ibcheckstate ibnodesinmcgrp rping ib_pkey ucx_info fi_info mst-status ibsysstat ibcacheedit-v ibdump-v sharp_hello':
    { level: RO, root: false },
  perfquery: {
    level: RO,
    when: [
      {
        has: '-R -r --reset_after_read --Reset_only',
        level: 'destructive',
        why: 'resets the counters of a port',
      },
    ],
  },
  ibqueryerrors: {
    level: RO,
    when: [
      {
        has: '-k -K --clear-errors --clear-counts',
        level: 'destructive',
        why: 'clears the counters of the fabric',
      },
    ],
  },
  ibclearerrors: destroys('clears the error counters of the fabric'),
  ibclearcounters: destroys('clears the counters of the fabric'),
  ibportstate: {
    level: RO,
    when: [
      {
        text: /(?:^|\s)(?:disable|reset|off|down|arm|active|vls|mtu)(?:\s|$)/i,
        level: 'destructive',
        why: 'switches a port of the fabric off or resets it',
        root: true,
      },
      {
        text: /(?:^|\s)(?:enable|on|speed|espeed|fdr10|width|mkey|lid)(?:\s|$)/i,
        level: 'changes',
        why: 'sets a port of the fabric',
        root: true,
      },
    ],
  },
  mlxconfig: {
    level: 'changes',
    why: 'sets a network card',
    root: true,
    when: [
      { text: /(?:^|\s)(?:q|query|i|show_confs|gen_tlvs_file)(?:\s|$)/, level: RO },
      {
        text: /(?:^|\s)(?:r|reset|backup|raw|set_raw|clear_semaphore)(?:\s|$)/,
        level: 'destructive',
        why: 'resets a network card',
      },
    ],
  },
  mlxlink: {
    level: RO,
    root: true,
    when: [
      {
        text: /--(?:port_state|pc|clear_counters|reset)|-a\s*(?:DN|TG)/,
        level: 'destructive',
        why: 'switches a port or clears its counters',
      },
      { text: /--(?:speeds|fec|loopback|set\S*)/, level: 'changes' },
    ],
  },
  'mlxfwreset mlxburn flint mstflint mlxfwmanager mstfwreset mlxprivhost': {
    level: 'destructive',
    why: 'resets or rewrites a network card',
    root: true,
    when: [
      { text: /(?:^|\s)(?:q|query|--query|dc|hw query|v|verify)(?:\s|$)/, level: RO },
      { text: /^$/, level: RO },
    ],
  },
  mst: { level: 'changes', root: true, sub: { 'status version help': RO } },
  opensm: { level: 'changes', why: 'starts a subnet manager', root: true },
  // Batch systems
  'sinfo squeue sacct sstat sprio sshare sreport sdiag scontrol-show smap sview squeue-l bjobs bhosts bqueues bacct lsload lshosts qstat qhost pbsnodes-a pestat nodeinfo jobinfo seff reportseff bpeek qacct condor_q condor_status condor_history flux-jobs showq showres':
    { level: RO },
  'scancel bkill qdel condor_rm': { level: 'destructive', why: 'cancels jobs' },
  pbsnodes: { level: RO, when: [{ has: '-o -d -r -c', level: 'changes', why: 'switches nodes' }] },
  'sbatch salloc srun bsub qsub condor_submit': {
    level: 'changes',
    why: 'submits a job',
    when: [{ has: '--test-only --version --help', level: RO }],
  },
  'bstop bresume bswitch bmod qhold qrls qalter condor_hold condor_release': {
    level: 'changes',
    why: 'changes jobs',
  },
  scontrol: {
    level: 'changes',
    why: 'changes jobs or nodes',
    when: [
      {
        text: /(?:^|\s)state=(?:down|drain|draining|fail|power_down\S*|power_off)\b/i,
        level: 'destructive',
        why: 'takes a node out of service',
      },
    ],
    sub: {
      'show ping listpids listjobs liststeps version details getaddrs completing write-q help errnumstr': {
        level: RO,
      },
      'reboot reboot_nodes': destroys('restarts nodes'),
      'delete shutdown abort takeover cancel_reboot': destroys('removes reservations or stops the scheduler'),
      requeue: { level: 'destructive', why: 'ends jobs and puts them back into the queue' },
      requeuehold: { level: 'destructive', why: 'ends jobs and holds them' },
      'hold release suspend resume update create reconfigure setdebug top uhold': {
        level: 'changes',
        why: 'changes jobs or nodes',
      },
    },
  },
  sacctmgr: {
    level: 'changes',
    why: 'changes accounts',
    sub: {
      'show list dump version ping problem stats': RO,
      'delete remove archive': { level: 'destructive', why: 'removes accounts' },
      load: { level: 'destructive', why: 'replaces accounts', unseen: true },
    },
  },
  'sdiag-reset strigger': { level: 'changes' },
  // Boards
  ipmitool: {
    level: 'changes',
    why: 'changes a server board',
    valued: '-H -U -P -I -L -E -p -f -C -k -y -e -o -t -b -B -T -d -A',
    when: [
      {
        text: /(?:^|\s)(?:power|chassis power)\s+(?:off|cycle|reset|soft|diag)(?:\s|$)/,
        level: 'destructive',
        why: 'switches a server off or restarts it',
      },
      {
        text: /(?:^|\s)(?:mc|bmc)\s+reset|(?:^|\s)(?:sel clear|sel delete|raw|hpm|fwum|ekanalyzer|sol set|user (?:disable|set password)|lan set|i2c)(?:\s|$)/,
        level: 'destructive',
        why: 'resets or rewrites a server board',
      },
      {
        text: /(?:^|\s)(?:sdr|sensor|fru|sel|mc info|bmc info|lan print|user list|user summary|channel info|chassis status|chassis poh|(?:chassis )?power status|session info|dcmi power reading|pef info|sol info|chassis restart_cause|mc guid|mc getenables|chassis selftest|mc selftest)(?:\s|$)/,
        level: RO,
      },
    ],
  },
  'ipmi-power bmc-config ipmiconfig racadm perccli storcli storcli64 megacli MegaCli64 ssacli hpssacli arcconf sas3ircu':
    {
      level: 'changes',
      why: 'changes a server board or disk controller',
      root: true,
      when: [
        {
          text: /(?:^|\s|-)(?:del\w*|delete|erase|init|reset|off|cycle|powerdown|powercycle|hardreset|racreset|racresetcfg|clear|clr\w*|cfg\w*(?:Clr|Del|LdDel)\w*|offline|missing|format|secureerase|flush)(?:\s|$)/i,
          level: 'destructive',
          why: 'removes, erases or resets hardware',
        },
        {
          text: /(?:^|\s|-)(?:show|get\w*|-?stat|--stat|AdpAllInfo|LDInfo|PDList|LdPdInfo|AdpBbuCmd|getsysinfo|getsel|status|display|adpeventlog)(?:\s|$)/i,
          level: RO,
        },
      ],
    },
  'sensors-detect': { level: 'changes', why: 'probes hardware', root: true },
  wrmsr: { level: 'destructive', why: 'writes to hardware registers', root: true },
  setpci: {
    level: 'destructive',
    why: 'writes to hardware registers',
    root: true,
    when: [{ text: /^(?!.*=)/, level: RO }],
  },
  rdmsr: { level: RO, root: true },
  'all_reduce_perf all_gather_perf reduce_scatter_perf broadcast_perf reduce_perf alltoall_perf sendrecv_perf scatter_perf gather_perf hypercube_perf deviceQuery bandwidthTest p2pBandwidthLatencyTest nvbandwidth rocm-bandwidth-test rvs TransferBench gpu_burn dcgmproftester12 dcgmproftester11 rccl-prim-test':
    { level: RO },
};
