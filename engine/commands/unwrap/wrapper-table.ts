import type { Place } from './seen';

/** How a program's arguments name another command that it runs. */
export interface Wrapper {
  /** Options whose value is the next word; a missing one would take the value for the command. */
  readonly valued?: string;
  /** Of those, the ones whose value is two words. */
  readonly pairs?: string;
  /** Single-dash options are whole words. */
  readonly whole?: boolean;
  /** Words between the options and the command: `timeout 5 CMD`. */
  readonly operands?: number;
  /** NAME=VALUE may stand before the command. */
  readonly assignments?: boolean;
  /** words: the rest is the command. code: the rest is joined and given to a shell. dashes: only what follows `--`. */
  readonly form?: 'words' | 'code' | 'dashes';
  /** Options whose value is shell code. */
  readonly code?: string;
  /** Options whose value names a file of code. */
  readonly file?: string;
  readonly root?: boolean;
  readonly place?: Place;
  /** Without a command it reads one from its input, as a shell does. */
  readonly stdinIsCode?: boolean;
  /** Rate the program by its own table as well. */
  readonly self?: boolean;
}

const SUDO =
  '-u --user -g --group -h --host -p --prompt -C --close-from -D --chdir -R --chroot -r --role -t --type -T --command-timeout -U --other-user';
const SSH = '-b -c -D -E -e -F -I -i -J -L -l -m -O -o -p -Q -R -S -W -w -B';
const EXEC = '-u --user -w --workdir -e --env --env-file --detach-keys --index';
const SRUN =
  '-A -N -n -c -p -t -w -x -J -o -e -i -D -C -G -d -L -M -m -q -r -T -u --account --nodes --ntasks --cpus-per-task --partition --time --nodelist --exclude --job-name --output --error --chdir --constraint --gpus --qos --mem --gres --jobid --ntasks-per-node --reservation --mpi --container-image --container-mounts';
const NSYS =
  '-o --output -t --trace -s --sample -d --duration -y --delay -c --capture-range -b --backtrace -e --env-var -w --show-output -x --stop-on-exit -f --force-overwrite --session --session-new --start-agent --cuda-memory-usage --cudabacktrace --gpu-metrics-device --gpu-metrics-devices --gpu-metrics-frequency --gpu-metrics-set --nvtx-capture -p --cpuctxsw --cuda-graph-trace --capture-range-end --export --stats --kill --mpi-impl --nic-metrics --python-sampling --python-backtrace --sampling-frequency --samples-per-backtrace --wait --run-as --resolve-symbols --pytorch --trace-fork-before-exec';
const NCU =
  '-o --export --set --section -k --kernel-name --kernel-name-base --kernel-id -c --launch-count -s --launch-skip --launch-skip-before-match --metrics -i --import --page --section-folder --section-folder-recursive --target-processes --target-processes-filter --replay-mode --app-replay-match --app-replay-buffer --app-replay-mode --clock-control --cache-control --devices --filter-mode --nvtx-include --nvtx-exclude --range-filter --print-summary --print-units --print-fp --print-details --print-metric-name --print-nvtx-rename --source-folders --import-source --log-file --mode --port --max-connections --chips --rule --query-metrics-mode --graph-profiling --pm-sampling-interval --pm-sampling-buffer-size --pm-sampling-max-passes --warp-sampling-interval --warp-sampling-buffer-size --warp-sampling-max-passes --csv-separator --config-file-path --check-exit-code --kill --profile-from-start --disable-profiler-start-stop';
/** `--mca btl tcp,self`: a name and a value. */
const MPI_PAIRS = '-mca --mca -gmca --gmca -omca --omca -pmixmca --pmixmca -prtemca --prtemca -genv';
const MPI =
  '-n -np -c -N -H -host --host -hostfile --hostfile -machinefile --machinefile -x -mca --mca -map-by --map-by -bind-to --bind-to -rank-by --rank-by -wd -wdir -ppn -f -hosts -genv -npernode --npernode -rf -prefix --prefix';

/** Keyed by program and subcommands, longest key first. Sources: the programs' manuals. */
export const WRAPPERS: Readonly<Record<string, Wrapper>> = {
  // Rights
  sudo: { valued: SUDO, assignments: true, root: true },
  doas: { valued: '-u -C', assignments: true, root: true },
  pkexec: { valued: '--user', root: true },
  run0: {
    valued: '--unit --property --slice --user -u --group -g --nice --chdir -D --setenv --background',
    root: true,
  },
  su: {
    valued: '-g --group -G --supp-group -s --shell -T -w --whitelist-environment',
    code: '-c --command --session-command',
    operands: 1,
    form: 'dashes',
    root: true,
    stdinIsCode: true,
  },
  // With -u the command follows; without, it is called as su is.
  runuser: {
    valued: '-u --user -g --group -G -s --shell -w',
    code: '-c --command',
    form: 'dashes',
    operands: 1,
    root: true,
  },
  gosu: { operands: 1 },
  'su-exec': { operands: 1 },
  sg: { operands: 1, code: '-c', form: 'code' },
  setpriv: {
    valued:
      '--reuid --regid --groups --inh-caps --ambient-caps --bounding-set --securebits --selinux-label --apparmor-profile --pdeathsig',
  },
  // Time, priority, environment
  env: { valued: '-u --unset -C --chdir', assignments: true, code: '-S --split-string' },
  nohup: {},
  nice: { valued: '-n --adjustment' },
  ionice: { valued: '-c --class -n --classdata', self: true },
  chrt: { valued: '-T -P -D --sched-runtime --sched-period --sched-deadline', operands: 1 },
  taskset: { operands: 1 },
  numactl: {
    valued:
      '-i --interleave -p --preferred -P -m --membind -N --cpunodebind -C --physcpubind --length --offset --file --shm',
    whole: false,
  },
  timeout: { valued: '-k --kill-after -s --signal', operands: 1 },
  gtimeout: { valued: '-k --kill-after -s --signal', operands: 1 },
  time: { valued: '-f --format -o --output' },
  stdbuf: { valued: '-i --input -o --output -e --error' },
  unbuffer: {},
  setsid: {},
  setarch: { operands: 1 },
  linux64: {},
  linux32: {},
  prlimit: { valued: '-p --pid -o --output', self: true },
  chronic: {},
  caffeinate: { valued: '-t -w' },
  rlwrap: { valued: '-f -H -s -C -a -b -p -P -S' },
  faketime: { operands: 1 },
  eatmydata: {},
  daemonize: { valued: '-a -c -e -E -l -o -p -u' },
  coproc: {},
  // The shell's own
  command: {},
  builtin: {},
  exec: { valued: '-a' },
  noglob: {},
  nocorrect: {},
  // Tracing and measuring
  strace: { valued: '-e -o -p -s -u -E -a -O -S -P -b -I -X --trace --output --attach' },
  ltrace: { valued: '-e -o -p -s -u -a -n -l -x -A -D -F' },
  'perf stat': {
    valued: '-e --event -p --pid -t --tid -C --cpu -I -r --repeat -o --output -x -G -D',
    self: true,
  },
  'perf record': {
    valued: '-e --event -p --pid -t --tid -C --cpu -F --freq -o --output -c -G -D -u',
    self: true,
  },
  'perf trace': { valued: '-e -p -t -C -o -u', self: true },
  valgrind: {},
  heaptrack: {},
  hyperfine: {
    form: 'code',
    valued: '-w -r -m -M -L -P -D --warmup --runs --export-json --export-markdown --shell -S',
    code: '-p -s -c --prepare --setup --cleanup',
  },
  // Only these run a program; stats, export and analyze read reports.
  'nsys profile': { valued: NSYS, self: true },
  'nsys launch': { valued: NSYS, self: true },
  'nsys nvprof': { valued: NSYS, self: true },
  ncu: { valued: NCU, self: true },
  'compute-sanitizer': {
    valued:
      '--tool --leak-check --log-file --save --save-session-details --print-limit --print-level --kernel-regex --kernel-regex-exclude --kernel-name --kernel-name-exclude --launch-count --launch-skip --launch-timeout --target-processes --target-processes-filter --error-exitcode --racecheck-report --racecheck-detect-level --track-unused-memory --padding --max-connections --port --filter --exclude --read --num-callers-device --num-callers-host --report-api-errors --check-api-memory-access --coredump-name --generate-coredump --initcheck-address-space --injection-path --demangle --language --suppressions',
  },
  rocprof: { valued: '-i -o -d -t --timestamp --basenames' },
  rocprofv3: { form: 'dashes', self: true },
  // Isolation
  chroot: { valued: '--userspec --groups', operands: 1, root: true, place: 'container', stdinIsCode: true },
  'arch-chroot': { valued: '-u', operands: 1, root: true, place: 'container', stdinIsCode: true },
  nsenter: { valued: '-t --target -S --setuid -G --setgid -W --wdns', root: true, stdinIsCode: true },
  unshare: { valued: '-S --setuid -G --setgid -R --root -w --wd --propagation --map-user --map-group' },
  'systemd-run': {
    valued:
      '-p --property -u --unit --slice -E --setenv --description --uid --gid --nice --working-directory -H --host -M --machine --on-active --on-boot --on-startup --on-unit-active --on-unit-inactive --on-calendar --timer-property --path-property --socket-property --service-type --background',
  },
  'systemd-inhibit': { valued: '--what --who --why --mode' },
  'systemd-cat': { valued: '-t --identifier -p --priority --stderr-priority' },
  'systemd-nspawn': {
    valued: '-D --directory -M --machine -u --user --bind --bind-ro -i --image -E --setenv -p --port',
    place: 'container',
    root: true,
  },
  flock: { valued: '-w --timeout --wait -E --conflict-exit-code', operands: 1, code: '-c --command' },
  'ip netns exec': { operands: 1, root: true },
  'ip vrf exec': { operands: 1, root: true },
  cgexec: { valued: '-g', root: true },
  firejail: {},
  bwrap: {
    valued: '--chdir --dev --proc --tmpfs --dir --unsetenv --uid --gid --hostname --perms --seccomp',
    place: 'container',
  },
  proot: { valued: '-r -b -w -q -R -S', place: 'container' },
  fakeroot: {},
  fakechroot: {},
  'start-stop-daemon': { form: 'dashes', self: true },
  // Other machines
  ssh: { valued: SSH, operands: 1, form: 'code', place: 'remote', stdinIsCode: true },
  autossh: { valued: `${SSH} -M`, operands: 1, form: 'code', place: 'remote' },
  mosh: { valued: '-p --port --ssh --predict', operands: 1, place: 'remote' },
  sshpass: { valued: '-p -f -d -P' },
  rsh: { valued: '-l', operands: 1, form: 'code', place: 'remote' },
  pdsh: { valued: '-w -x -g -l -R -t -u -f -o -X', form: 'code', place: 'remote' },
  clush: { valued: '-w -g -x -l -t -u -f -o -X --pick', form: 'code', place: 'remote' },
  dsh: { valued: '-m -g -r -F -o', form: 'code', code: '-c', place: 'remote' },
  pssh: { valued: '-h -H -l -p -o -e -t -O -x', form: 'code', place: 'remote' },
  'parallel-ssh': { valued: '-h -H -l -p -o -e -t -O -x', form: 'code', place: 'remote' },
  adb: { form: 'words', self: true },
  'vagrant ssh': { operands: 1, code: '-c --command', place: 'remote' },
  'minikube ssh': { form: 'code', place: 'remote' },
  'gcloud compute ssh': {
    operands: 1,
    code: '--command',
    valued: '--zone --project --command',
    place: 'remote',
  },
  'az vm run-command': {
    operands: 1,
    code: '--scripts',
    valued: '--scripts -g -n --name --resource-group --command-id',
    self: true,
  },
  'multipass exec': { form: 'dashes', place: 'container' },
  // Containers
  'docker exec': { valued: EXEC, operands: 1, place: 'container', stdinIsCode: true },
  'docker container exec': { valued: EXEC, operands: 1, place: 'container' },
  'docker compose exec': { valued: EXEC, operands: 1, place: 'container' },
  'docker-compose exec': { valued: EXEC, operands: 1, place: 'container' },
  'podman exec': { valued: EXEC, operands: 1, place: 'container' },
  'podman unshare': {},
  'nerdctl exec': { valued: EXEC, operands: 1, place: 'container' },
  'crictl exec': { valued: '', operands: 1, place: 'container' },
  'ctr exec': { valued: '--exec-id', operands: 1, place: 'container' },
  'lxc exec': { valued: '--env --cwd --user --group --mode', operands: 1, place: 'container' },
  'incus exec': { valued: '--env --cwd --user --group --mode', operands: 1, place: 'container' },
  'lxc-attach': { valued: '-n --name', place: 'container' },
  'pct exec': { operands: 1, place: 'container' },
  'machinectl shell': { operands: 1, place: 'container' },
  'kubectl exec': {
    valued: '-c --container -n --namespace -f --filename --context --kubeconfig',
    operands: 1,
    place: 'container',
  },
  'oc exec': { valued: '-c --container -n --namespace', operands: 1, place: 'container' },
  'oc rsh': { valued: '-c --container -n --namespace --shell', operands: 1, place: 'container' },
  'kubectl debug': { form: 'dashes', self: true, place: 'container' },
  'kubectl run': { form: 'dashes', self: true, place: 'container' },
  'kubectl create job': { form: 'dashes', self: true, place: 'container' },
  'kubectl create cronjob': { form: 'dashes', self: true, place: 'container' },
  'apptainer exec': { valued: '-B --bind --env --home -H --overlay', operands: 1, place: 'container' },
  'singularity exec': { valued: '-B --bind --env --home -H --overlay', operands: 1, place: 'container' },
  toolbox: { operands: 1, form: 'dashes', self: true },
  // Schedulers and launchers
  srun: { valued: SRUN, place: 'remote' },
  salloc: { valued: SRUN, self: true },
  sbatch: { valued: SRUN, code: '--wrap', file: '1', self: true },
  mpirun: { valued: `${MPI} ${MPI_PAIRS}`, pairs: MPI_PAIRS, whole: true },
  mpiexec: { valued: `${MPI} ${MPI_PAIRS}`, pairs: MPI_PAIRS, whole: true },
  'mpiexec.hydra': { valued: `${MPI} ${MPI_PAIRS}`, pairs: MPI_PAIRS, whole: true },
  aprun: { valued: '-n -N -d -L' },
  // Repeating
  watch: { valued: '-n --interval -q --equexit', form: 'code' },
  entr: {},
  'git bisect run': {},
  'git submodule foreach': { form: 'code' },
  // Terminals
  script: { valued: '-t -E --echo -I -O -B -T -m -o', code: '-c --command', self: true },
  screen: { valued: '-c -e -h -p -s -S -t -T -X', self: true },
  'xvfb-run': { valued: '-e -f -n -p -s -w' },
  'dbus-run-session': { form: 'words', valued: '--config-file --dbus-daemon' },
  'dbus-launch': {},
  xterm: { valued: '-T -title -fa -fs', whole: true, self: true },
  proxychains: { valued: '-f' },
  proxychains4: { valued: '-f' },
  torsocks: {},
  tsocks: {},
  'ssh-agent': { valued: '-a -t', self: true },
  'aws-vault exec': { operands: 1, form: 'dashes' },
  direnv: { operands: 2, self: true },
  dotenv: { valued: '-f' },
  'op run': { form: 'dashes' },
};
