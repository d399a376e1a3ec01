import type { Rule } from '../rule';

const RO = 'read-only';
const destroys = (why: string): Rule => ({ level: 'destructive', why });
const changes = (why: string): Rule => ({ level: 'changes', why });

const DOCKER: Rule = {
  level: 'changes',
  why: 'changes containers or images',
  valued: '-H --host -c --context -l --log-level --config',
  when: [{ text: /^(?:-v|--version|--help|help|info|version)?$/, level: RO }],
  sub: {
    'ps logs inspect stats top port diff images history search version info events wait attach help': RO,
    'rm rmi': destroys('removes containers or images'),
    kill: destroys('kills containers'),
    'run create start stop restart pause unpause rename update commit tag pull push build buildx load import login logout exec cp export save':
      {
        level: 'changes',
        why: 'changes containers or images',
        when: [{ text: /^prune|(?:^|\s)--rm-dist/, level: 'destructive', why: 'removes build data' }],
      },
    container: {
      level: 'changes',
      why: 'changes containers',
      sub: {
        'ls list ps logs inspect stats top port diff': RO,
        'rm remove prune': destroys('removes containers'),
        kill: destroys('kills containers'),
      },
    },
    image: {
      level: 'changes',
      why: 'changes images',
      sub: { 'ls list inspect history': RO, 'rm remove prune': destroys('removes images') },
    },
    'volume network context secret config plugin builder buildx manifest machine pod kube checkpoint trust scout sbom artifact farm':
      {
        level: 'changes',
        why: 'changes what belongs to containers',
        sub: {
          'ls list inspect show imagetools du ps exists logs top stats help version df': RO,
          'rm remove prune disconnect reset kill down revoke': destroys('removes what belongs to containers'),
        },
      },
    system: {
      level: RO,
      sub: {
        'prune reset': destroys('removes unused containers, images and networks'),
        'migrate renumber': 'changes',
      },
    },
    'swarm node service stack': {
      level: 'changes',
      why: 'changes a swarm',
      sub: {
        'ls list ps inspect logs services config unlock-key join-token': RO,
        'rm remove leave rollback down demote': destroys('removes parts of a swarm'),
      },
    },
    compose: {
      level: 'changes',
      why: 'changes the services of a project',
      valued: '-f --file -p --project-name --profile --env-file --project-directory',
      dry: '--dry-run',
      sub: {
        'ps logs config top images ls port events version convert stats volumes': RO,
        'down rm kill': destroys('removes or kills containers'),
        'up create start stop restart pause unpause build pull push run exec cp scale watch': {
          level: 'changes',
          why: 'changes the services of a project',
          when: [
            {
              has: '--force-recreate --remove-orphans -V --renew-anon-volumes',
              level: 'destructive',
              why: 'removes and remakes containers',
            },
          ],
        },
      },
    },
  },
};

const KUBE_VALUED =
  '-n --namespace --context --kubeconfig -s --server --cluster --user --as --as-group --token --request-timeout -v -l --selector -o --output -c --container -f --filename --field-selector --sort-by -L --label-columns --tail --since --since-time --timeout --grace-period -k --kustomize -p --patch --type --replicas --image --port --field-manager --template';

const KUBECTL: Rule = {
  level: 'changes',
  why: 'changes the cluster',
  valued: KUBE_VALUED,
  dry: '--dry-run -h --help',
  sub: {
    'get describe logs top explain version api-resources api-versions cluster-info diff events wait kustomize options completion plugin help who-can tree neat view-secret ctx-list stern status whoami adm-top adm-inspect':
      RO,
    auth: { level: RO, sub: { reconcile: 'changes' } },
    'port-forward proxy attach': { level: RO },
    exec: { level: RO },
    'delete del': destroys('deletes objects of the cluster'),
    drain: destroys('evicts everything from a node'),
    evict: destroys('evicts a pod'),
    replace: {
      level: 'changes',
      why: 'replaces an object',
      when: [{ has: '--force', level: 'destructive', why: 'deletes an object and makes it again' }],
    },
    apply: {
      level: 'changes',
      why: 'changes objects as a file says',
      when: [
        { has: '--prune', level: 'destructive', why: 'deletes objects that the files lack' },
        { has: '--force', level: 'destructive', why: 'deletes and makes again what conflicts' },
      ],
      sub: { 'view-last-applied': RO },
    },
    rollout: { level: 'changes', why: 'restarts or changes a rollout', sub: { 'status history': RO } },
    config: {
      level: 'changes',
      why: 'changes the settings of kubectl',
      sub: {
        'view get-contexts get-clusters get-users current-context': RO,
        'delete-context delete-cluster delete-user unset': destroys('removes settings of kubectl'),
      },
    },
    taint: {
      level: 'changes',
      why: 'taints a node',
      when: [{ text: /:NoExecute(?:\s|$)/, level: 'destructive', why: 'evicts pods from a node' }],
    },
    scale: changes('sets the number of pods'),
    'edit patch label annotate set create expose autoscale run cordon uncordon cp debug certificate': changes(
      'changes objects of the cluster',
    ),
    adm: {
      level: 'changes',
      sub: { 'top inspect node-logs': RO, 'drain prune': destroys('evicts or removes objects') },
    },
    rsh: { level: RO },
  },
};

/** Containers, Kubernetes and what deploys to it. */
export const CONTAINERS: Readonly<Record<string, Rule>> = {
  'docker podman nerdctl': DOCKER,
  'docker-compose podman-compose': DOCKER.sub?.compose as Rule,
  'kubectl oc microk8s.kubectl k3s-kubectl k': KUBECTL,
  microk8s: {
    level: 'changes',
    root: true,
    sub: {
      'status inspect version config': RO,
      'reset disable': destroys('removes parts of the cluster'),
      kubectl: KUBECTL,
    },
  },
  k3s: {
    level: 'changes',
    root: true,
    sub: { 'check-config version': RO, kubectl: KUBECTL, crictl: 'changes' },
  },
  'k3s-uninstall.sh k3s-killall.sh k3s-agent-uninstall.sh rke2-uninstall.sh rke2-killall.sh': destroys(
    'removes or stops the cluster',
  ),
  'kubectx kubens': {
    level: 'changes',
    when: [
      { has: '-d', level: 'destructive', why: 'removes a context' },
      { most: 0, level: RO },
      { has: '-c --current', level: RO },
    ],
  },
  'stern kubetail kubectl-tree popeye kube-score kubeval kubeconform kubescape kube-bench dive k9s lazydocker ctop hadolint trivy grype syft':
    { level: RO, when: [{ text: /--fix/, level: 'changes' }] },
  helm: {
    level: 'changes',
    why: 'changes a release',
    dry: '--dry-run',
    valued:
      '-n --namespace --kube-context --kubeconfig -f --values --set --set-string --version -o --output --timeout',
    sub: {
      'list ls status get history hist show inspect search template lint version env verify help diff dependency-list':
        RO,
      'uninstall delete del un': destroys('removes a release'),
      rollback: destroys('rolls a release back'),
      'repo plugin dependency dep registry': {
        level: 'changes',
        sub: { 'list ls': RO, 'remove rm uninstall logout': destroys('removes a repository or plugin') },
      },
      'install upgrade': {
        level: 'changes',
        why: 'installs or upgrades a release',
        when: [
          { has: '--force --force-replace', level: 'destructive', why: 'replaces objects by force' },
          { has: '--reset-values --cleanup-on-fail', level: 'changes' },
        ],
      },
      pull: changes('downloads a chart'),
    },
  },
  helmfile: {
    level: 'changes',
    sub: {
      'list status diff template lint build write-values version': RO,
      'destroy delete': destroys('removes releases'),
    },
  },
  kustomize: { level: RO, sub: { edit: 'changes' } },
  kubeadm: {
    level: 'changes',
    root: true,
    dry: '--dry-run',
    sub: {
      'version config certs-check help': RO,
      reset: destroys('takes this machine out of its cluster'),
      token: { level: 'changes', sub: { list: RO, delete: destroys('removes a token') } },
      certs: { level: 'changes', sub: { 'check-expiration': RO } },
      upgrade: { level: 'changes', sub: { 'plan diff': RO } },
    },
  },
  'minikube kind k3d': {
    level: 'changes',
    why: 'changes a local cluster',
    sub: {
      'status version ip profile service-list logs list get dashboard ssh-key addons-list node-list': {
        level: RO,
      },
      delete: destroys('removes a local cluster'),
      'cluster node registry addons image': {
        level: 'changes',
        sub: { 'list ls': RO, 'delete rm stop-force': destroys('removes a local cluster') },
      },
    },
  },
  crictl: {
    level: 'changes',
    sub: {
      'ps pods images image img inspect inspecti inspectp info stats statsp logs version imagefsinfo events metricsp':
        RO,
      'rm rmi rmp stop stopp': destroys('removes or stops containers'),
    },
  },
  ctr: {
    level: 'changes',
    valued: '-n --namespace -a --address',
    when: [
      {
        text: /(?:^|\s)(?:rm|remove|delete|del|kill|prune)(?:\s|$)/,
        level: 'destructive',
        why: 'removes or kills containers',
      },
      { text: /(?:^|\s)(?:ls|list|check|info|metrics|usage|ps|version)(?:\s|$)/, level: RO },
    ],
  },
  'buildah skopeo crane regctl oras': {
    level: 'changes',
    when: [
      { text: /(?:^|\s)(?:delete|rm|rmi|prune|umount)(?:\s|$)/, level: 'destructive', why: 'removes images' },
      {
        text: /^(?:inspect|list-tags|images|containers|ls|catalog|manifest|config|digest|validate|version|info|discover|image (?:inspect|manifest|digest))(?:\s|$)/,
        level: RO,
      },
    ],
  },
  'lxc incus': {
    level: 'changes',
    why: 'changes containers',
    sub: {
      'list ls info version remote-list monitor operation': RO,
      'delete rm': destroys('removes containers'),
      restore: destroys('rolls a container back'),
      'config profile network storage image snapshot remote project': {
        level: 'changes',
        sub: {
          'show list ls get info': RO,
          'delete unset remove rm edit-force': destroys('removes what belongs to containers'),
        },
      },
    },
  },
  'lxc-ls lxc-info lxc-top lxc-checkconfig': { level: RO },
  'lxc-destroy': destroys('removes a container'),
  virsh: {
    level: 'changes',
    why: 'changes virtual machines',
    valued: '-c --connect',
    sub: {
      'list dominfo domstate domstats domblklist domblkinfo domblkstat domiflist domifaddr domifstat dumpxml nodeinfo nodememstats version capabilities net-list net-info net-dumpxml net-dhcp-leases pool-list pool-info vol-list vol-info snapshot-list snapshot-info sysinfo vcpuinfo vcpucount memstat dommemstat cpu-stats uri hostname iface-list domid domuuid domjobinfo help domtime schedinfo-q console screenshot-q':
        RO,
      'destroy undefine shutdown reset reboot vol-delete vol-wipe pool-delete pool-destroy pool-undefine net-destroy net-undefine snapshot-delete snapshot-revert managedsave-remove detach-disk detach-device detach-interface checkpoint-delete blockcommit':
        destroys('stops, removes or rolls back virtual machines or their disks'),
    },
  },
  'qm pct': {
    level: 'changes',
    root: true,
    sub: {
      'list status config pending showcmd snapshots df cpusets': RO,
      'destroy stop reset rollback delsnapshot unlink shutdown reboot': destroys(
        'stops, removes or rolls back virtual machines',
      ),
    },
  },
  'qemu-img': {
    level: 'destructive',
    why: 'makes or overwrites a disk image',
    sub: {
      'info check map measure compare': {
        level: RO,
        when: [{ has: '-r', level: 'destructive', why: 'repairs an image' }],
      },
      snapshot: { level: 'destructive', why: 'changes snapshots', when: [{ has: '-l', level: RO }] },
    },
  },
  'vagrant multipass': {
    level: 'changes',
    sub: {
      'status global-status version box-list ssh-config port validate list info ls find get': RO,
      'destroy delete purge halt-force': destroys('removes virtual machines'),
      'box snapshot plugin': {
        level: 'changes',
        sub: {
          list: RO,
          'remove delete pop restore prune uninstall': destroys('removes or rolls back virtual machines'),
        },
      },
    },
  },
  'VBoxManage vboxmanage': {
    level: 'changes',
    when: [
      { text: /^(?:list|showvminfo|showmediuminfo|metrics|guestproperty (?:get|enumerate))/, level: RO },
      {
        text: /(?:^|\s)(?:unregistervm|poweroff|closemedium|delete|--delete|remove|reset|discardstate|restore)(?:\s|$)/,
        level: 'destructive',
        why: 'stops or removes virtual machines',
      },
    ],
  },
  'argocd flux istioctl linkerd cilium calicoctl velero rke rke2 eksctl kops kubespray cmctl tkn fluxctl crossplane kubeseal':
    {
      level: 'changes',
      why: 'changes a cluster',
      when: [
        {
          text: /(?:^|\s)(?:delete|destroy|uninstall|remove|rm|purge|terminate-op|rollback|prune|--prune|cancel|terminate|drain)(?:\s|$)/,
          level: 'destructive',
          why: 'removes parts of a cluster',
        },
        {
          text: /(?:^|\s)(?:list|get|show|status|describe|check|version|diff|logs|history|analyze|proxy-status|proxy-config|tree|stats|top|observe|manifests|events|inspect|ps|viz|edges|dashboard|trace|export|resources|connectivity)(?:\s|$)/,
          level: RO,
        },
      ],
    },
};
