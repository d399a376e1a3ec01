/** How a program's options are written, as far as equal spellings need it. */
export interface ToolOptions {
  /** Short or other name to the name used for comparing. */
  readonly names: ReadonlyMap<string, string>;
  /** Options (by that name) that take a value. */
  readonly values: ReadonlySet<string>;
  /** `-abc` is `-a -b -c`. False where `-abc` is one option. */
  readonly clusters: boolean;
  /** `-5` stands for this option with 5 as its value. */
  readonly digits: string | null;
  /** The order of the arguments is the meaning (find): nothing is sorted. */
  readonly ordered: boolean;
}

/**
 * Options by program: `s=long` are one option, `:` behind it takes a value, `#x` lets a bare number stand for x. A first
 * word `word` means that single-dash options are whole words, `ordered` that nothing may be sorted. Only options that
 * have two spellings or a value need to stand here.
 */
const TABLE: Readonly<Record<string, string>> = {
  find: 'ordered',
  awk: 'F: v: f:',
  sed: 'n=quiet =silent=quiet e=expression: f=file: E=regexp-extended r=regexp-extended',
  grep: 'i=ignore-case v=invert-match c=count l=files-with-matches n=line-number r=recursive o=only-matching E=extended-regexp F=fixed-strings P=perl-regexp w=word-regexp x=line-regexp q=quiet H=with-filename h=no-filename e=regexp: f=file: m=max-count: A=after-context: B=before-context: C=context: =include: =exclude: =exclude-dir: =color:',
  sort: 'n=numeric-sort r=reverse u=unique k=key: t=field-separator: h=human-numeric-sort V=version-sort g=general-numeric-sort f=ignore-case o=output:',
  uniq: 'c=count d=repeated u=unique D=all-repeated i=ignore-case w=check-chars: f=skip-fields:',
  head: 'n=lines: c=bytes: #n',
  tail: 'n=lines: c=bytes: f=follow #n',
  cut: 'd=delimiter: f=fields: c=characters: =output-delimiter:',
  wc: 'l=lines w=words c=bytes m=chars',
  tr: 'd=delete s=squeeze-repeats c=complement',
  ls: 'a=all A=almost-all h=human-readable r=reverse R=recursive',
  du: 's=summarize h=human-readable d=max-depth: a=all c=total b=bytes =exclude:',
  df: 'h=human-readable T=print-type i=inodes t=type: x=exclude-type:',
  cp: 'r=recursive R=recursive a=archive p f=force v=verbose t=target-directory:',
  mv: 'f=force v=verbose n=no-clobber t=target-directory:',
  rm: 'r=recursive R=recursive f=force v=verbose i',
  mkdir: 'p=parents m=mode: v=verbose',
  chmod: 'R=recursive v=verbose =reference:',
  chown: 'R=recursive v=verbose =reference: h=no-dereference',
  touch: 'd=date: t: r=reference:',
  tar: 'x=extract =get=extract c=create t=list z=gzip j=bzip2 J=xz f=file: C=directory: r=append v=verbose p=preserve-permissions =exclude: =strip-components: k=keep-old-files O=to-stdout',
  gzip: 'd=decompress k=keep c=stdout t=test f=force',
  xz: 'd=decompress k=keep c=stdout t=test f=force',
  diff: 'u=unified r=recursive q=brief y=side-by-side i=ignore-case w=ignore-all-space',
  xargs: '0=null r=no-run-if-empty n=max-args: I: P=max-procs:',
  journalctl:
    'u=unit: f=follow b=boot p=priority: n=lines: k=dmesg S=since: U=until: o=output: r=reverse =no-pager =vacuum-size: =vacuum-time:',
  systemctl: 't=type: a=all n=lines: H=host: =state: l=full',
  ps: 'ordered',
  dmesg: 'T=ctime H=human w=follow l=level: k=kernel',
  free: 'm=mebi g=gibi h=human s=seconds: c=count:',
  usermod: 'a=append G=groups: L=lock U=unlock s=shell: d=home:',
  watch: 'n=interval: d=differences',
  date: 'd=date: u=utc I R',
  ss: 'l=listening t=tcp n=numeric p=processes u=udp a=all s=summary 4=ipv4',
  ip: 'word',
  last: 'n: #n',
  rsync:
    'a=archive v=verbose z=compress n=dry-run e=rsh: h=human-readable P r=recursive =exclude: =include: =bwlimit:',
  scp: 'r P: i: p',
  ssh: 'p: i: l: L: R: J: o: N f A',
  curl: 's=silent S=show-error L=location o=output: O=remote-name I=head X=request: H=header: d=data: k=insecure f=fail w=write-out: m=max-time: =connect-timeout:',
  git: 'n=max-count: m=message: b: B: D d f=force q=quiet a S: u=set-upstream C: =format: =pretty: =author: =since: #n',
  kubectl:
    'n=namespace: l=selector: o=output: f=filename: c=container: A=all-namespaces i=stdin t=tty p=previous w=watch =since: =tail: =replicas: =context: =sort-by: =field-selector: =grace-period: =image: =timeout: =from-file: =from-literal: =for: =to-revision: =overwrite =dry-run:',
  docker:
    'a=all q=quiet f: i=interactive t d=detach p=publish: v=volume: e=env: n=tail: u=user: w=workdir: m=memory: =since: =until: =name: =format: =filter: =network: =gpus: =restart: =rm =cpus: =platform:',
  podman:
    'a=all q=quiet f: i=interactive t d=detach p=publish: v=volume: e=env: u=user: =name: =format: =filter: =since: =tail:',
  crictl: 'a=all q=quiet o=output: r=runtime-endpoint: =tail: =name: =state: =pod:',
  helm: 'n=namespace: f=values: A=all-namespaces o=output: a=all =set: =version: =timeout: =revision: i=install',
  'nvidia-smi':
    'word =i=id: =id: =q=query =d=display: =l=loop: =loop: =lms=loop-ms: =loop-ms: =f=filename: =filename: =x=xml-format =pm=persistence-mode: =persistence-mode: =pl=power-limit: =power-limit: =c=compute-mode: =compute-mode: =L=list-gpus =r=gpu-reset =lgc=lock-gpu-clocks: =lock-gpu-clocks: =rgc=reset-gpu-clocks =lmc=lock-memory-clocks: =lock-memory-clocks: =rmc=reset-memory-clocks =e=ecc-config: =ecc-config: =p=reset-ecc-errors: =reset-ecc-errors: =mig=multi-instance-gpu: =multi-instance-gpu: =ac=applications-clocks: =applications-clocks: =rac=reset-applications-clocks =query-gpu: =query-compute-apps: =format: =s: =o: =cgi: =dgi =dci =C =gi: =ci: =cc: =m',
  dcgmi: 'l=list g=group: i: e: r=run: d=delay: c: a=add: p: j=json v s: t: f: h =host: m:',
  'amd-smi': 'g=gpu: w=watch: W=watch_time: i=iterations: =json =csv =file: p t u c a b e k l m o v f:',
  'rocm-smi':
    'd=device: i=showid t=showtemp f=showfan g=showgpuclocks c=showclocks p=showperflevel P=showpower u=showuse a=showallinfo v=showvbios r=resetclocks =setfan: =setperflevel: =setsclk: =setmclk: =setpoweroverdrive:',
  squeue:
    'u=user: p=partition: t=states: o=format: O=Format: l=long j=jobs: h=noheader i=iterate: w=nodelist: A=account: =me =start =sort: S=sort:',
  sinfo:
    'N=Node l=long p=partition: o=format: O=Format: R=list-reasons s=summarize h=noheader n=nodes: t=states: =state=states:',
  sbatch:
    'N=nodes: n=ntasks: p=partition: t=time: c=cpus-per-task: J=job-name: o=output: e=error: G=gpus: A=account: d=dependency: w=nodelist: a=array: =mem: =gres: =wrap: =exclude: x=exclude:',
  srun: 'N=nodes: n=ntasks: p=partition: t=time: c=cpus-per-task: J=job-name: G=gpus: w=nodelist: A=account: =mem: =gres: =pty =jobid: =overlap',
  salloc:
    'N=nodes: n=ntasks: p=partition: t=time: c=cpus-per-task: J=job-name: G=gpus: w=nodelist: =mem: =gres:',
  scancel: 'u=user: p=partition: t=state: n=name: =jobname=name: s=signal: A=account:',
  sacct:
    'j=jobs: u=user: S=starttime: E=endtime: o=format: s=state: X=allocations P=parsable2 n=noheader a=allusers',
  ansible:
    'm=module-name: a=args: i=inventory: b=become l=limit: f=forks: u=user: K=ask-become-pass o=one-line',
  'ansible-playbook':
    'i=inventory: l=limit: t=tags: C=check D=diff b=become e=extra-vars: f=forks: =start-at-task: =skip-tags:',
  mpirun: 'word =np=n: =n: =H=host: =host: =hostfile=machinefile: =machinefile: =x: =mca:: =npernode: =N:',
  aws: '=region: =profile: =output: =query: =filters: =instance-ids: =bucket: =recursive =cluster-name: =name: =dryrun',
  gcloud: '=zone: =project: =region: =format: =filter: =command: =quiet q=quiet',
  az: 'g=resource-group: n=name: o=output: =query: l=location: =subscription: y=yes',
  etcdctl: '=endpoints: w=write-out: =cacert: =cert: =key: =prefix',
  pdsh: 'w: g: R: u: f: x: l:',
  openssl: 'ordered',
};

function readRow(row: string): ToolOptions {
  const names = new Map<string, string>();
  const values = new Set<string>();
  const words = row.split(/\s+/);
  let digits: string | null = null;
  for (const word of words) {
    if (word === 'word' || word === 'ordered') continue;
    if (word.startsWith('#')) {
      digits = word.slice(1);
      continue;
    }
    const takesValue = word.endsWith(':');
    const parts = word
      .replace(/:+$/, '')
      .split('=')
      .filter((part) => part !== '');
    const name = parts.at(-1) as string;
    for (const part of parts) names.set(part, name);
    if (takesValue) values.add(name);
  }
  const wordy = words[0] === 'word' || words[0] === 'ordered';
  return {
    names,
    values,
    clusters: !wordy,
    digits: digits === null ? null : (names.get(digits) ?? digits),
    ordered: words[0] === 'ordered',
  };
}

const TOOLS: ReadonlyMap<string, ToolOptions> = new Map(
  Object.entries(TABLE).map(([tool, row]) => [tool, readRow(row)]),
);

/** Names that stand for the same program. */
const SAME = new Map([
  ['egrep', 'grep'],
  ['zgrep', 'grep'],
  ['docker-compose', 'docker'],
  ['mawk', 'awk'],
  ['gawk', 'awk'],
  ['gunzip', 'gzip'],
]);

/** What is known of a program's options; null for others. */
export function toolOptions(program: string): ToolOptions | null {
  return TOOLS.get(SAME.get(program) ?? program) ?? null;
}
