import type { Rule } from '../rule';

const RO = 'read-only';
const destroys = (why: string): Rule => ({ level: 'destructive', why });

/** Verbs of cloud command lines; they name what they do in the subcommand itself. */
const REMOVING =
  /(?:^|\s|:)(?:delete|del|remove|rm|rb|terminate|destroy|purge|deregister|disassociate|detach|revoke|cancel|stop|reset|disable|release|reboot|reject|untag|schedule-key-deletion|deprovision|abandon|evict|drain|failover|rollback|restore|wipe|flush|undeploy|uninstall|deallocate|rotate|regenerate|kill|abort|clear|batch-delete|force|forget|expire|invalidate|shutdown|power-off|poweroff|redeploy|reimage|rebuild|recreate-instances|suspend)(?:-[a-z0-9-]+)?(?:\s|$)/;
const READING =
  /(?:^|\s)(?:describe|list|ls|get|show|view|head|lookup|search|scan|query|filter|test|validate|estimate|preview|simulate|wait|help|info|version|configure list|read|tail|presign|check|batch-get|select|explain|diff|export-template|print-access-token|print-identity-token|list-locations|get-value|account list|status|whoami|logs)(?:-[a-z0-9-]+)?(?:\s|$)/;

const cloud = (extra: Partial<Rule> = {}): Rule => ({
  level: 'changes',
  why: 'changes something in the cloud',
  ...extra,
  when: [
    ...(extra.when ?? []),
    { text: REMOVING, level: 'destructive', why: 'removes, stops or discards something in the cloud' },
    { text: READING, level: RO },
    { text: /^(?:-\S+\s*)*$/, level: RO },
  ],
});

/** Clouds, infrastructure as code, and stores of secrets and messages. */
export const CLOUD: Readonly<Record<string, Rule>> = {
  aws: cloud({
    dry: '--dry-run --dryrun --generate-cli-skeleton',
    when: [
      { text: /"Action"\s*:\s*"DELETE"/, level: 'destructive', why: 'deletes records' },
      { text: /(?:^|\s)s3\s+(?:rm|rb|mv)(?:\s|$)/, level: 'destructive', why: 'removes or moves objects' },
      {
        text: /(?:^|\s)s3\s+sync\s.*--delete(?:\s|$)/,
        level: 'destructive',
        why: 'removes objects that the source lacks',
      },
      {
        text: /(?:^|\s)ssm\s+(?:send-command|start-automation\S*)/,
        level: 'destructive',
        why: 'runs commands on machines',
        unseen: true,
      },
      {
        text: /(?:^|\s)(?:lambda\s+invoke|stepfunctions\s+start-execution|ecs\s+execute-command)(?:\s|$)/,
        level: 'destructive',
        why: 'runs code that was not seen',
        unseen: true,
      },
      {
        text: /(?:^|\s)ec2\s+(?:stop|reboot)-instances|(?:^|\s)rds\s+(?:stop|reboot)-db/,
        level: 'changes',
        why: 'stops or restarts machines',
      },
      {
        text: /(?:^|\s)(?:s3\s+(?:ls|presign)|sts\s+\S+|configure\s+list\S*|logs\s+(?:tail|start-query|stop-query|filter-log-events))(?:\s|$)/,
        level: RO,
      },
      { text: /(?:^|\s)s3\s+(?:cp|sync|mb|website)(?:\s|$)/, level: 'changes', why: 'copies objects' },
      {
        text: /(?:^|\s)eks\s+update-kubeconfig/,
        level: 'changes',
        why: 'adds a cluster to the settings of kubectl',
      },
      {
        text: /(?:^|\s)update-\S+\s.*--(?:desired|min)-\S*\s*0(?:\s|$)/,
        level: 'changes',
        why: 'scales down',
      },
    ],
  }),
  gcloud: cloud({
    when: [
      {
        text: /(?:^|\s)instances\s+(?:stop|start|suspend|resume)(?:\s|$)/,
        level: 'changes',
        why: 'stops or starts machines',
      },
      {
        text: /(?:^|\s)(?:get-serial-port-output|get-credentials|config\s+list|info|auth\s+list|projects\s+list|read)(?:\s|$)/,
        level: RO,
      },
    ],
  }),
  az: cloud({
    when: [
      {
        text: /(?:^|\s)vm\s+(?:stop|deallocate|start|restart)(?:\s|$)/,
        level: 'changes',
        why: 'stops or starts machines',
      },
      {
        text: /(?:^|\s)(?:run-command)\s+(?:invoke|create)/,
        level: 'destructive',
        why: 'runs commands on machines',
        unseen: true,
      },
      {
        text: /(?:^|\s)(?:deployment\s+\S+\s+what-if|account\s+(?:list|show)|aks\s+get-credentials)(?:\s|$)/,
        level: RO,
      },
      {
        text: /(?:^|\s)--mode\s+Complete/i,
        level: 'destructive',
        why: 'removes resources that the template lacks',
      },
    ],
  }),
  'doctl linode-cli hcloud oci ibmcloud scw openstack nova neutron cinder glance swift flyctl fly heroku vercel netlify wrangler civo exo vultr-cli ovhcloud aliyun tccli yc govc sam cdk serverless sls cf eb railway render supabase firebase amplify copilot ecs-cli s4cmd databricks snow':
    cloud({
      when: [
        {
          text: /(?:^|\s)(?:servers?|instances?|droplet\S*)\s+(?:stop|start)(?:\s|$)/,
          level: 'changes',
          why: 'stops or starts machines',
        },
      ],
    }),
  gsutil: {
    level: 'changes',
    why: 'changes objects',
    sub: {
      'ls cat stat du hash version help': RO,
      'rm rb mv': destroys('removes objects'),
      rsync: {
        level: 'changes',
        dry: '-n',
        when: [{ has: '-d', level: 'destructive', why: 'removes objects that the source lacks' }],
      },
      'iam acl': { level: 'changes', sub: { get: RO } },
    },
  },
  s3cmd: {
    level: 'changes',
    dry: '-n --dry-run',
    sub: {
      'ls la du info get-acl': RO,
      'del rm rb mv expire delpolicy': destroys('removes objects'),
      sync: {
        level: 'changes',
        when: [
          { has: '--delete-removed', level: 'destructive', why: 'removes objects that the source lacks' },
        ],
      },
    },
  },
  mc: {
    level: 'changes',
    sub: {
      'ls cat head stat du diff find tree watch ping version': {
        level: RO,
        when: [{ text: /--exec/, level: 'destructive', why: 'runs a command for each object', unseen: true }],
      },
      'rm rb mv undo': destroys('removes objects'),
      mirror: {
        level: 'changes',
        when: [{ has: '--remove --overwrite', level: 'destructive', why: 'removes or overwrites objects' }],
      },
      admin: {
        level: 'changes',
        when: [
          { text: /(?:^|\s)(?:info|list|ls|trace|logs|prometheus|top|status)(?:\s|$)/, level: RO },
          {
            text: /(?:^|\s)(?:remove|rm|stop|disable|detach)(?:\s|$)/,
            level: 'destructive',
            why: 'removes or stops parts of the store',
          },
        ],
      },
      'alias config': { level: 'changes', sub: { 'list ls': RO, 'remove rm': destroys('removes settings') } },
    },
  },
  azcopy: {
    level: 'changes',
    dry: '--dry-run',
    sub: {
      'list jobs-list': RO,
      'remove rm': destroys('removes objects'),
      sync: {
        level: 'changes',
        when: [
          {
            text: /--delete-destination[= ](?:true|prompt)/,
            level: 'destructive',
            why: 'removes objects that the source lacks',
          },
        ],
      },
    },
  },
  bq: cloud({
    when: [
      {
        text: /(?:^|\s)(?:rm|load --replace|cp -f)(?:\s|$)|--replace/,
        level: 'destructive',
        why: 'removes or replaces tables',
      },
    ],
  }),
  'terraform tofu terragrunt': {
    level: 'changes',
    why: 'changes infrastructure',
    whole: true,
    when: [{ has: '-help --help -version --version', level: RO }],
    sub: {
      'plan show validate version output providers graph console fmt-check metadata hclvalidate': {
        level: RO,
        when: [{ has: '-out --out', level: 'changes', why: 'writes a plan to a file' }],
      },
      fmt: { level: 'changes', why: 'formats files', when: [{ has: '-check --check -diff', level: RO }] },
      destroy: { level: 'destructive', why: 'destroys infrastructure' },
      apply: {
        level: 'changes',
        why: 'changes infrastructure after it asked',
        when: [
          {
            has: '-auto-approve --auto-approve -destroy --destroy -replace --replace --terragrunt-non-interactive',
            level: 'destructive',
            why: 'changes or destroys infrastructure without asking',
          },
          { least: 1, level: 'destructive', why: 'carries out a saved plan that was not seen' },
        ],
      },
      state: {
        level: 'changes',
        sub: {
          'list show pull': RO,
          'rm mv push replace-provider': destroys('removes or replaces parts of the state'),
        },
      },
      workspace: { level: 'changes', sub: { 'list show': RO, delete: destroys('removes a workspace') } },
      'taint force-unlock': destroys('marks infrastructure for replacement or takes a lock away'),
      'run-all run': {
        level: 'destructive',
        why: 'changes infrastructure',
        when: [{ text: /^(?:plan|show|validate|output)(?:\s|$)/, level: RO }],
      },
      'init import untaint refresh get login logout test': {
        level: 'changes',
        why: 'changes the state or files of the project',
      },
    },
  },
  pulumi: {
    level: 'changes',
    dry: '--preview-only',
    sub: {
      'preview pre about whoami version logs': RO,
      'destroy dn down': destroys('destroys infrastructure'),
      up: {
        level: 'changes',
        when: [
          {
            has: '-y --yes -f --skip-preview',
            level: 'destructive',
            why: 'changes or destroys infrastructure without asking',
          },
        ],
      },
      cancel: destroys('cancels an update'),
      stack: {
        level: RO,
        sub: { rm: destroys('removes a stack'), 'init select rename import tag': 'changes' },
      },
      state: { level: 'destructive', why: 'edits the state' },
      refresh: 'changes',
      config: {
        level: RO,
        sub: { 'set set-all cp env': 'changes', 'rm rm-all': destroys('removes settings') },
      },
    },
  },
  packer: {
    level: 'changes',
    sub: {
      'validate inspect version fmt-check': RO,
      build: { level: 'destructive', why: 'runs a build that was not seen', unseen: true },
    },
  },
  vault: {
    level: 'changes',
    sub: {
      'read list status version path-help print': RO,
      delete: destroys('deletes secrets'),
      'kv token lease auth secrets policy audit plugin namespace operator': {
        level: 'changes',
        sub: {
          'get list read lookup metadata-get capabilities members status raft-list-peers diagnose': RO,
          'delete destroy revoke disable deregister seal step-down rekey rotate rollback remove-peer raft metadata':
            {
              level: 'destructive',
              why: 'removes or seals secrets',
              when: [{ text: /^(?:list-peers|autopilot state|get|list)/, level: RO }],
            },
        },
      },
    },
  },
  consul: {
    level: 'changes',
    sub: {
      'members info version monitor catalog validate rtt': RO,
      kv: { level: 'changes', sub: { 'get export': RO, delete: destroys('deletes keys') } },
      'leave force-leave': destroys('takes a machine out of the cluster'),
      'services intention acl snapshot config operator': {
        level: 'changes',
        when: [
          { text: /(?:^|\s)(?:list|read|get|inspect|check|list-peers)(?:\s|$)/, level: RO },
          {
            text: /(?:^|\s)(?:delete|deregister|remove-peer|restore)(?:\s|$)/,
            level: 'destructive',
            why: 'removes or replaces data',
          },
        ],
      },
    },
  },
  nomad: {
    level: 'changes',
    when: [
      {
        text: /(?:^|\s)(?:stop|purge|-purge|drain|delete|gc|force-leave|revert|remove-peer|system gc)(?:\s|$)/,
        level: 'destructive',
        why: 'stops or removes jobs or nodes',
      },
      {
        text: /(?:^|\s)(?:status|inspect|logs|plan|validate|version|members|list|history|fs|info|read|monitor|ui)(?:\s|$)|^alloc (?:logs|status|fs)/,
        level: RO,
      },
    ],
  },
  'etcdctl etcdutl': {
    level: 'changes',
    when: [
      {
        text: /(?:^|\s)(?:del|rm|member remove|lease revoke|compaction|defrag|(?:user|role) delete|auth disable|snapshot restore|backup|rmdir|move-leader|txn|role revoke-permission|user revoke-role)(?:\s|$)/,
        level: 'destructive',
        why: 'removes or discards data of etcd',
      },
      {
        text: /(?:^|\s)(?:get|ls|watch|endpoint \S+|member list|lease (?:list|timetolive)|alarm list|version|user (?:list|get)|role (?:list|get)|check \S+|snapshot status|auth status|hashkv)(?:\s|$)/,
        level: RO,
      },
    ],
  },
  rabbitmqctl: {
    level: 'changes',
    when: [
      {
        text: /(?:^|\s)(?:delete_\S+|purge_\S+|reset|force_reset|stop|stop_app|forget_\S+|clear_\S+|close_\S+|shutdown|rename_\S+|hard_reset|remove_\S+|force_boot|decommission_\S+)(?:\s|$)/,
        level: 'destructive',
        why: 'removes data or stops the broker',
      },
      {
        text: /(?:^|\s)(?:list_\S+|status|cluster_status|report|environment|ping|version|node_health_check|eval_x|check_\S+|authenticate_user)(?:\s|$)/,
        level: RO,
      },
      {
        text: /(?:^|\s)(?:eval|eval_file|exec)(?:\s|$)/,
        level: 'destructive',
        why: 'runs code in the broker',
        unseen: true,
      },
    ],
  },
  'rabbitmq-diagnostics': { level: RO },
  'rabbitmqadmin nats pulsar-admin rpk kaf': {
    level: 'changes',
    when: [
      {
        text: /(?:^|\s)(?:delete|purge|close|rm|del|drop|remove|unload|terminate|truncate|skip\S*|reset\S*)(?:\s|$)/,
        level: 'destructive',
        why: 'removes messages or queues',
      },
      {
        text: /(?:^|\s)(?:list|show|ls|info|get|stats|report|describe|status|peek\S*|view|sub|cluster info|topics|groups|consume)(?:\s|$)/,
        level: RO,
      },
    ],
  },
  'kafka-topics kafka-topics.sh kafka-consumer-groups kafka-consumer-groups.sh kafka-configs kafka-configs.sh kafka-acls kafka-acls.sh kafka-delete-records kafka-delete-records.sh kafka-reassign-partitions kafka-reassign-partitions.sh kafka-streams-application-reset kafka-leader-election':
    {
      level: 'changes',
      whole: true,
      when: [
        {
          has: '--delete --delete-offsets --remove --delete-config --offset-json-file --execute --cancel --reset-offsets',
          lacks: '--dry-run',
          level: 'destructive',
          why: 'removes or resets topics, groups or records',
        },
        {
          has: '--list --describe --verify --dry-run --version --help --generate --state --members',
          level: RO,
        },
      ],
    },
  'kafka-console-consumer kafka-console-consumer.sh kafka-run-class kafka-dump-log kafka-dump-log.sh kafka-get-offsets kafka-get-offsets.sh kafka-broker-api-versions kafka-broker-api-versions.sh kafka-log-dirs kafka-log-dirs.sh kcat kafkacat':
    { level: RO, when: [{ has: '-P', level: 'changes', why: 'sends messages' }] },
  'kafka-console-producer kafka-console-producer.sh': { level: 'changes', why: 'sends messages' },
  'zkCli.sh zkcli': {
    level: 'changes',
    when: [
      {
        text: /(?:^|\s)(?:delete|deleteall|rmr|reconfig|set)(?:\s|$)/,
        level: 'destructive',
        why: 'removes or overwrites nodes',
      },
      { text: /(?:^|\s)(?:ls|get|stat|getAcl|ls2|config)(?:\s|$)/, level: RO },
    ],
  },
  'ceph rados rbd radosgw-admin cephadm ceph-volume ceph-objectstore-tool cephfs-shell': {
    level: 'changes',
    why: 'changes the storage cluster',
    when: [
      {
        text: /(?:^|\s)(?:rm|remove|delete|purge|destroy|zap|lost|rollback|out|down|fail|reset|unprotect|flatten|trash|del|rmfailed|purge-snap|repair|rmsnap|truncate|cleanup|force-create-pg|prune|unlink|rm-cluster|drain|export-import|import|set-omap-x|clear)(?:\s|$)/,
        level: 'destructive',
        why: 'removes data or takes parts of the storage cluster away',
      },
      {
        text: /(?:^|\s)(?:-s|status|health|df|osd (?:tree|stat|status|df|perf|dump|lspools|find|metadata|ls|pool (?:ls|get|stats)|blocked-by|crush (?:tree|dump|rule ls|rule dump))|mon (?:stat|dump|metadata)|pg (?:stat|dump|ls|query|dump_stuck|map)|mds (?:stat|dump)|mgr (?:stat|services|module ls|dump)|fs (?:ls|status|dump|get)|auth (?:ls|list|get|get-key)|versions|version|crash (?:ls|info|stat)|orch (?:ls|ps|status|host ls|device ls|upgrade status)|log last|quorum_status|features|report|tell \S+ \S*(?:perf|dump|version|config get)\S*|-w|ls|lspools|du|info|snap ls|showmapped|stat|listomapkeys|user list|user info|bucket (?:list|stats)|config (?:get|dump|show|log)|time-sync-status|iostat|balancer status|telemetry show|list|lvm list|perf image|children|lock ls|pool ls|usage show|shell -- ceph (?:-s|status))(?:\s|$)/,
        level: RO,
      },
    ],
  },
  gluster: {
    level: 'changes',
    root: true,
    when: [
      {
        text: /(?:^|\s)(?:delete|stop|detach|remove-brick|reset|replace-brick|reset-brick|clear-locks|restore)(?:\s|$)/,
        level: 'destructive',
        why: 'removes parts of the storage',
      },
      {
        text: /(?:^|\s)(?:status|info|list|get|top|profile \S+ info|heal \S+ info\S*|pool list)(?:\s|$)/,
        level: RO,
      },
    ],
  },
  lfs: {
    level: 'changes',
    when: [{ text: /^find\s.*-delete/, level: 'destructive', why: 'removes files' }],
    sub: {
      'df check quota getstripe getname find osts mdts path2fid fid2path project-q changelog getdirstripe pool_list help':
        { level: RO, when: [{ has: '-delete', level: 'destructive', why: 'removes files' }] },
    },
  },
  'mmlsfs mmlscluster mmgetstate mmlsdisk mmdf mmlsquota mmlsconfig mmhealth mmdiag mmlsmgr mmlsnsd beegfs-df beegfs-net weka-status showmount nfsstat exportfs-v rpcinfo nfsiostat smbstatus testparm':
    { level: RO },
  'mmdeldisk mmdelfs mmdelnode mmdelnsd mmshutdown mmdelfileset': destroys('removes parts of the storage'),
  exportfs: {
    level: 'changes',
    root: true,
    when: [
      { has: '-u', level: 'destructive', why: 'takes an export away' },
      { has: '-v', lacks: '-a -r -o', level: RO },
      { text: /^$/, level: RO },
    ],
  },
  influx: cloud(),
  gh: {
    level: 'changes',
    when: [
      {
        text: /^(?:\S+\s+)(?:delete|archive|remove|cancel|disable|close|delete-asset|logout)(?:\s|$)/,
        level: 'destructive',
        why: 'removes or closes something on GitHub',
      },
      {
        text: /^api\s.*(?:-X|--method)[ =]?DELETE/i,
        level: 'destructive',
        why: 'deletes something on GitHub',
      },
      {
        text: /^api\s.*(?:-X|--method|-f|-F|--field|--raw-field|--input)/,
        level: 'changes',
        why: 'changes something on GitHub',
      },
      {
        text: /^(?:api|status|search|browse|version|--version|auth status|\S+\s+(?:list|view|status|diff|checks|watch|get))(?:\s|$)/,
        level: RO,
      },
    ],
  },
  glab: {
    level: 'changes',
    when: [
      {
        text: /(?:^|\s)(?:delete|close|cancel)(?:\s|$)/,
        level: 'destructive',
        why: 'removes or closes something',
      },
      { text: /(?:^|\s)(?:list|view|status|diff|get)(?:\s|$)/, level: RO },
    ],
  },
  // Databases' own tools
  'pg_dump pg_dumpall mysqldump mariadb-dump mongodump mongoexport': {
    level: RO,
    when: [{ has: '-f --file -r --result-file -o --out', level: 'changes', why: 'writes a dump to a file' }],
  },
  'pg_restore mongorestore mongoimport mysqlimport': {
    level: 'changes',
    why: 'loads data into a database',
    when: [
      {
        has: '-c --clean --drop -C --create --delete --replace',
        level: 'destructive',
        why: 'drops what is there before it loads',
      },
      { has: '-l --list', level: RO },
    ],
  },
  'dropdb dropuser dropindex mongo-drop': destroys('drops a database or user'),
  'createdb createuser vacuumdb reindexdb clusterdb pgbench sysbench': {
    level: 'changes',
    why: 'changes a database',
  },
  'pg_isready pg_config pg_controldata pg_waldump pg_lsclusters pgbadger mysqlshow mysqlcheck-c mongostat mongotop mysqltuner pt-query-digest innotop pg_activity pg_top pt-summary pt-mysql-summary':
    { level: RO },
  mysqladmin: {
    level: 'changes',
    valued: '-u -h -P -S',
    when: [
      {
        text: /(?:^|\s)(?:drop|kill|shutdown|stop-slave|stop-replica|password|flush-\S+|reload|refresh)(?:\s|$)/,
        level: 'destructive',
        why: 'drops, ends or resets parts of the server',
      },
      {
        text: /(?:^|\s)(?:status|processlist|proc|ping|version|variables|extended-status)(?:\s|$)/,
        level: RO,
      },
    ],
  },
  mysqlcheck: {
    level: RO,
    when: [
      {
        has: '-r --repair --auto-repair -o --optimize -a --analyze',
        level: 'changes',
        why: 'repairs or rewrites tables',
      },
    ],
  },
  pg_ctl: {
    level: 'changes',
    sub: {
      status: RO,
      'stop kill': destroys('stops the database server'),
      promote: destroys('promotes the server'),
    },
  },
  pg_ctlcluster: {
    level: 'changes',
    when: [
      { text: /\sstatus/, level: RO },
      { text: /\sstop/, level: 'destructive', why: 'stops the database server' },
    ],
  },
  'pg_resetwal pg_rewind initdb pg_dropcluster pg_archivecleanup mysql_install_db mysql_secure_installation':
    destroys('resets or removes data of a database'),
  'pg_basebackup pg_upgrade pg_createcluster pg_upgradecluster': {
    level: 'changes',
    why: 'copies or upgrades a database',
    when: [{ text: /--check|-c$/, level: RO }],
  },
  nodetool: {
    level: 'changes',
    sub: {
      'status info ring tpstats cfstats tablestats compactionstats netstats gossipinfo describecluster version proxyhistograms tablehistograms getendpoints describering statusbinary listsnapshots gettraceprobability failuredetector getcompactionthreshold':
        RO,
      'decommission removenode assassinate clearsnapshot cleanup drain stopdaemon truncatehints move rebuild refresh import resetlocalschema garbagecollect':
        destroys('removes data or takes a machine out of the cluster'),
    },
  },
  'patronictl repmgr pgbackrest barman': {
    level: 'changes',
    when: [
      {
        text: /(?:^|\s)(?:list|topology|history|dsn|show-config|status|info|cluster show|node check|check|show-\S+|list-\S+|version|cluster (?:show|matrix|crosscheck|event))(?:\s|$)/,
        level: RO,
      },
      {
        text: /(?:^|\s)(?:remove|failover|switchover|reinit|restore|expire|delete|stop|unregister|stanza-delete|flush)(?:\s|$)/,
        level: 'destructive',
        why: 'removes data or moves the leading server',
      },
    ],
  },
  'promtool amtool logcli': {
    level: RO,
    when: [
      { text: /(?:^|\s)silence (?:add|update|import)/, level: 'changes' },
      { text: /(?:^|\s)silence expire/, level: 'destructive', why: 'ends a silence' },
    ],
  },
  'restic borg duplicity kopia': {
    level: 'changes',
    dry: '-n --dry-run',
    when: [
      {
        text: /(?:^|\s)(?:forget|prune|delete|unlock|break-lock|remove-\S+|collection-status-x|cleanup|rebuild-index|repair|key remove|compact|recreate|migrate)(?:\s|$)|--force/,
        level: 'destructive',
        why: 'removes backups',
      },
      {
        text: /(?:^|\s)(?:snapshots|list|ls|stats|find|diff|check|info|version|collection-status|list-current-files|verify|cat|key list|policy (?:list|show)|snapshot list|repository status)(?:\s|$)/,
        level: RO,
      },
      { text: /(?:^|\s)(?:restore|extract)(?:\s|$)/, level: 'changes', why: 'restores files' },
    ],
  },
};
