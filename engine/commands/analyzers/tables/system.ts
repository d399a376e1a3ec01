import type { Rule } from '../rule';

const RO = 'read-only';
const root = (rule: Rule): Rule => ({ root: true, ...rule });
const destroys = (why: string): Rule => ({ level: 'destructive', why });

/** Processes, services, users, packages and settings of a machine. */
export const SYSTEM: Readonly<Record<string, Rule>> = {
  kill: {
    level: 'destructive',
    why: 'ends processes',
    when: [
      { text: /^(?:-l|-L|--list|--table)(?:\s|$)/, level: RO },
      { text: /^(?:-0|-s 0|-n 0|--signal[ =]0)(?:\s|$)/, level: RO },
      {
        text: /^(?:-s\s*|-n\s*|--signal[ =]|-)(?:SIG)?(?:CONT|WINCH|URG|18|28|23)(?:\s|$)/i,
        level: 'changes',
        why: 'sends a signal to processes',
      },
    ],
  },
  'pkill killall killall5 skill slay xkill': {
    level: 'destructive',
    why: 'ends processes',
    when: [{ text: /^(?:-l|--list|-0|-V|--version)(?:\s|$)/, level: RO }],
  },
  shutdown: {
    level: 'destructive',
    why: 'stops or restarts the machine',
    root: true,
    when: [
      { has: '-c --show', level: 'changes', why: 'cancels a planned stop' },
      { has: '-k', level: 'changes', why: 'only warns the users' },
    ],
  },
  'reboot poweroff halt telinit init kexec': {
    level: 'destructive',
    why: 'stops or restarts the machine',
    root: true,
    when: [{ has: '--help --version -w --wtmp-only', level: RO }],
  },
  'renice schedtool': { level: 'changes', why: 'sets the priority of processes' },
  ionice: {
    level: 'changes',
    why: 'sets how processes are scheduled',
    when: [{ lacks: '-c --class -n --classdata', level: RO }],
  },
  // A limit with a value is set; a bare name is shown.
  prlimit: {
    level: 'changes',
    why: 'sets limits of a process',
    when: [{ text: /^(?!.*(?:--(?!pid|output)[a-z]+=|(?:^|\s)-[a-oq-z]+\d))/, level: RO }],
  },
  'chrt taskset': {
    level: 'changes',
    why: 'sets how processes are scheduled',
    when: [
      { text: /^-[a-z]*p[a-z]*\s+\d+$|^--pid(?:=|\s)\d+$/, level: RO },
      { most: 1, level: RO },
    ],
  },
  systemctl: {
    level: 'changes',
    why: 'changes a service',
    root: true,
    dry: '--dry-run',
    valued:
      '-t --type -p --property -n --lines -o --output -H --host -M --machine --state -s --signal --kill-whom --root --job-mode',
    when: [
      { most: 0, level: RO },
      {
        text: /(?:^|\s)(?:poweroff|reboot|halt|shutdown|rescue|emergency|kexec|suspend|hibernate)\.target(?:\s|$)/,
        lacks: '--version',
        level: 'destructive',
        why: 'stops the machine or most of its services',
      },
    ],
    sub: {
      'status show cat list-units list-unit-files list-timers list-sockets list-jobs list-dependencies list-machines list-paths list-automounts is-active is-enabled is-failed is-system-running get-default help show-environment whoami':
        { level: RO, root: false },
      kill: destroys('ends the processes of a service'),
      'isolate poweroff reboot halt rescue emergency suspend hibernate hybrid-sleep suspend-then-hibernate kexec exit soft-reboot switch-root default sleep':
        destroys('stops the machine or most of its services'),
      'clean revert': destroys('removes the files of a service'),
      cancel: destroys('cancels jobs'),
      stop: {
        level: 'changes',
        why: 'stops a service, which can be started again',
        when: [{ word: /[*?[]/, level: 'destructive', why: 'stops each service that matches' }],
      },
      'start restart reload try-restart reload-or-restart try-reload-or-restart condrestart': {
        level: 'changes',
        why: 'starts or restarts a service',
      },
      'enable disable reenable preset preset-all mask unmask link add-wants add-requires edit set-property set-default set-environment unset-environment import-environment daemon-reload daemon-reexec reset-failed freeze thaw log-level log-target bind mount-image attach':
        { level: 'changes', why: 'changes how services are set up' },
    },
  },
  service: {
    level: 'changes',
    why: 'starts, stops or restarts a service',
    root: true,
    when: [
      { has: '--status-all', level: RO, root: false },
      { text: /\sstatus$/, level: RO, root: false },
    ],
  },
  'rc-service sv initctl supervisorctl pm2 monit svcadm': {
    level: 'changes',
    why: 'changes a service',
    when: [
      {
        text: /(?:^|\s)(?:status|list|ls|summary|tail|logs|avail|maintail|describe|show|info|prettylist|jlist|monit)(?:\s|$)/,
        level: RO,
      },
      {
        text: /(?:^|\s)(?:delete|kill|shutdown|remove|flush|clear)(?:\s|$)/,
        level: 'destructive',
        why: 'ends services or removes their state',
      },
    ],
  },
  journalctl: {
    level: RO,
    valued:
      '-u --unit -n --lines -o --output -p --priority -S --since -U --until -t --identifier -b --boot -g --grep -D --directory --file -M --machine -k --user-unit -F --field -c --cursor --output-fields',
    when: [
      { text: /--vacuum-/, level: 'destructive', why: 'removes old journal files', root: true },
      {
        has: '--rotate --flush --sync --relinquish-var --setup-keys --update-catalog',
        level: 'changes',
        why: 'changes the journal files',
        root: true,
      },
    ],
  },
  dmesg: {
    level: RO,
    when: [
      { has: '-C --clear -c --read-clear', level: 'destructive', why: 'clears the kernel log', root: true },
      { has: '-n -D -E --console-off --console-on', level: 'changes', root: true },
    ],
  },
  'loginctl machinectl': {
    level: 'changes',
    when: [
      {
        text: /^(?:list\S*|show\S*|status|session-status|user-status|seat-status|image-status)?(?:\s|$)/,
        level: RO,
      },
      {
        text: /^(?:terminate|kill|remove|poweroff|reboot|clean)/,
        level: 'destructive',
        why: 'ends sessions or machines',
        root: true,
      },
    ],
  },
  'hostnamectl timedatectl localectl resolvectl networkctl udevadm bluetoothctl systemd-analyze coredumpctl busctl oomctl userdbctl portablectl':
    {
      level: 'changes',
      why: 'changes a setting of the system',
      when: [
        {
          text: /^(?:--?\S+\s+)*(?:dns|domain|llmnr|mdns)\s+\S+\s+\S/,
          level: 'changes',
          why: 'changes how names are resolved',
          root: true,
        },
        {
          text: /^(?:--?\S+\s+)*(?:status|show\S*|list\S*|query|statistics|info|monitor|timesync-status|show-timesync|tree|introspect|get-property|time|blame|critical-chain|plot|dot|dump|unit-\S+|security|verify|calendar|timestamp|timespan|cat-config|log-level|condition|test|hostname|service|tlsa|openpgp|llmnr|mdns|dns|domain|lldp|user|group|devices|paired-devices|gdb|debug)(?:\s|$)|^(?:-\S+)?$/,
          level: RO,
        },
        {
          text: /^(?:reset-statistics|delete|flush-caches|forget|remove)/,
          level: 'changes',
          why: 'clears state',
        },
      ],
      sub: {
        'call emit set-property': {
          level: 'destructive',
          why: 'calls another program, which may do anything',
        },
        'set-hostname set-timezone set-time set-ntp set-locale set-keymap': {
          level: 'changes',
          why: 'changes a setting of the system',
          root: true,
        },
      },
    },
  sysctl: {
    level: RO,
    when: [
      { has: '-w --write -p --load --system', level: 'changes', why: 'sets a kernel parameter', root: true },
      { word: /^[\w./-]+=/, level: 'changes', why: 'sets a kernel parameter', root: true },
    ],
  },
  modprobe: {
    level: 'changes',
    why: 'loads a kernel module',
    root: true,
    dry: '-n --dry-run --show -D --show-depends -c --showconfig',
    when: [{ has: '-r --remove', level: 'destructive', why: 'takes a module out of the kernel' }],
  },
  rmmod: root(destroys('takes a module out of the kernel')),
  'insmod depmod dkms kmod': {
    level: 'changes',
    why: 'changes kernel modules',
    root: true,
    when: [
      { text: /^(?:status|list|-n|static-nodes)/, level: RO },
      { text: /^remove/, level: 'destructive', why: 'removes a kernel module' },
    ],
  },
  'userdel deluser groupdel delgroup': root(destroys('removes a user or group')),
  chsh: {
    level: 'changes',
    why: 'changes the shell of a user',
    when: [{ text: /^(?:-l|--list-shells)$/, level: RO }],
  },
  'useradd adduser groupadd addgroup usermod groupmod chfn newusers gpasswd': {
    level: 'changes',
    why: 'changes users or groups',
    root: true,
    when: [
      {
        has: '-d --delete -r --remove-password',
        level: 'destructive',
        why: 'removes a member or a password',
      },
    ],
  },
  'passwd chpasswd smbpasswd htpasswd': {
    level: 'destructive',
    why: 'replaces a password',
    when: [{ has: '-S --status', level: RO }],
  },
  crontab: {
    level: 'destructive',
    why: 'replaces all cron entries of a user',
    valued: '-u',
    when: [
      { has: '-l', level: RO },
      { has: '-r', level: 'destructive', why: 'removes all cron entries of a user' },
      { has: '-e', level: 'changes', why: 'opens the cron entries in an editor' },
      { has: '-T -h --help -V', level: RO },
    ],
  },
  atrm: destroys('removes a planned command'),
  'at batch': {
    level: 'changes',
    when: [
      { has: '-d -r', level: 'destructive', why: 'removes a planned command' },
      { has: '-l -c -V', level: RO },
    ],
  },
  // Packages
  'apt apt-get aptitude apt-cache': {
    level: 'changes',
    why: 'changes packages',
    root: true,
    dry: '-s --simulate --dry-run --just-print --recon --no-act --print-uris',
    valued: '-o --option -t --target-release -c --config-file -a',
    sub: {
      'list search show policy depends rdepends showsrc madison changelog why why-not pkgnames stats dump unmet help indextargets showpkg check versions':
        { level: RO, root: false },
      'remove purge autoremove autopurge dselect-upgrade': destroys('removes packages'),
      'clean autoclean auto-clean': destroys('removes downloaded packages'),
      'download source': { level: 'changes', why: 'downloads a package', root: false },
      'install reinstall': {
        level: 'changes',
        why: 'installs packages',
        when: [
          { has: '--allow-remove-essential --force-yes', level: 'destructive', why: 'installs by force' },
          {
            word: /^[\w.+-]+-$/,
            level: 'destructive',
            why: 'removes the packages whose name ends with a dash',
          },
        ],
      },
      'upgrade full-upgrade dist-upgrade safe-upgrade': { level: 'changes', why: 'upgrades packages' },
      'update edit-sources build-dep satisfy mark hold unhold': {
        level: 'changes',
        why: 'changes package data',
      },
    },
  },
  dpkg: {
    level: 'changes',
    why: 'installs packages',
    root: true,
    dry: '--dry-run --no-act --simulate',
    when: [
      {
        has: '-r --remove -P --purge --clear-selections --forget-old-unavail',
        level: 'destructive',
        why: 'removes packages',
      },
      {
        has: '-l --list -L --listfiles -s --status -S --search -p --print-avail --get-selections --audit -C -V --verify -c --contents -I --info --print-architecture --compare-versions --version --help --print-foreign-architectures',
        level: RO,
        root: false,
      },
    ],
  },
  'dpkg-query apt-file apt-show-versions debsums apt-config dpkg-deb rpmquery repoquery pkg-config needrestart':
    { level: RO },
  'apt-mark apt-key add-apt-repository update-alternatives dpkg-reconfigure dpkg-divert dpkg-statoverride alternatives':
    {
      level: 'changes',
      why: 'changes package settings',
      root: true,
      when: [
        { text: /^(?:show\w*|list|--list|--display|--query|--config|finger)/, level: RO, root: false },
        {
          text: /(?:^|\s)(?:del|--remove|-r|--remove-all)(?:\s|$)/,
          level: 'destructive',
          why: 'removes a package setting',
        },
      ],
    },
  'yum dnf microdnf zypper tdnf dnf5': {
    level: 'changes',
    why: 'changes packages',
    root: true,
    dry: '--assumeno --dry-run -D',
    when: [{ has: '--help --version', level: RO, root: false }],
    sub: {
      'list search info provides whatprovides repolist repoquery check-update history deplist check updateinfo se if lr repos lu list-updates packages patterns pa what-provides wp list-patches ps leaves':
        {
          level: RO,
          root: false,
          when: [
            {
              text: /(?:^|\s)(?:undo|rollback|redo)(?:\s|$)/,
              level: 'destructive',
              why: 'takes back what was installed',
              root: true,
            },
          ],
        },
      'remove erase autoremove rm swap downgrade distro-sync dup removerepo rr dist-upgrade remove-n':
        destroys('removes or replaces packages'),
      clean: destroys('removes cached packages'),
      'install localinstall reinstall in': { level: 'changes', why: 'installs packages' },
      'update upgrade upgrade-minimal makecache refresh ref up patch': {
        level: 'changes',
        why: 'upgrades packages',
      },
      module: {
        level: 'changes',
        sub: {
          'list info provides': { level: RO, root: false },
          'remove reset': destroys('removes a module'),
        },
      },
      groupremove: destroys('removes packages'),
      versionlock: {
        level: 'changes',
        why: 'holds a package at its version',
        sub: { list: { level: RO, root: false }, 'delete clear': destroys('removes locks of versions') },
      },
    },
  },
  mokutil: {
    level: 'changes',
    why: 'changes keys of Secure Boot at the next start',
    root: true,
    when: [
      {
        text: /^(?:--sb-state|--list-enrolled|--list-new|--list-delete|--list-sbat-revocations|-l|-N|-D|--pk|--kek|--db|--dbx|(?:--test-key|-t) \S+|--help|-h)(?: (?:--short|--mokx|-X))?$/,
        level: RO,
        root: false,
      },
      {
        has: '-d --delete --delete-hash --reset -c --clear-password',
        level: 'destructive',
        why: 'removes keys',
      },
    ],
  },
  'upsc quota repquota': { level: RO },
  wdctl: {
    level: RO,
    when: [
      {
        has: '-s --settimeout -p --setpretimeout -g --setpregovernor',
        level: 'changes',
        why: 'sets the watchdog',
        root: true,
      },
    ],
  },
  faillock: {
    level: RO,
    when: [
      {
        has: '--reset',
        level: 'destructive',
        why: 'removes the record of failed logins',
        root: true,
      },
    ],
  },
  sssctl: {
    level: 'changes',
    why: 'changes caches, logs or settings of SSSD',
    sub: {
      'domain-list domain-status user-checks user-show group-show netgroup-show config-check cert-show access-report':
        RO,
      'cache-remove logs-remove': destroys('removes caches or logs'),
      'cache-expire client-data-restore': destroys('discards what is cached'),
    },
  },
  'gitlab-runner': {
    level: 'changes',
    why: 'changes or runs a runner',
    when: [
      {
        text: /(?:^|\s)(?:unregister|uninstall|--delete)(?:\s|$)/,
        level: 'destructive',
        why: 'removes runners',
      },
    ],
    sub: { 'list status': RO },
  },
  rpm: {
    level: 'changes',
    why: 'installs packages',
    root: true,
    dry: '--test',
    when: [
      { has: '-e --erase', level: 'destructive', why: 'removes packages' },
      { has: '-q --query -V --verify -K --checksig --showrc --eval --version', level: RO, root: false },
      { has: '--force --nodeps --rebuilddb --oldpackage', level: 'destructive', why: 'installs by force' },
    ],
  },
  pacman: {
    level: 'changes',
    why: 'changes packages',
    root: true,
    dry: '-p --print',
    when: [
      {
        text: /(?:^|\s)(?:-[a-zA-Z]*R|--remove|-Sc+|--clean)/,
        level: 'destructive',
        why: 'removes packages',
      },
      {
        text: /(?:^|\s)(?:-Q[a-z]*|--query|-Ss|-Si|-Sl|-Sg|-F[a-z]*|-T|-V|--version)(?:\s|$)/,
        level: RO,
        root: false,
      },
    ],
  },
  apk: {
    level: 'changes',
    why: 'changes packages',
    root: true,
    dry: '-s --simulate',
    sub: {
      'info list search policy dot stats version audit verify': { level: RO, root: false },
      del: destroys('removes packages'),
    },
  },
  emerge: {
    level: 'changes',
    root: true,
    dry: '-p --pretend',
    when: [
      { has: '-C --unmerge -c --depclean --prune -P', level: 'destructive', why: 'removes packages' },
      { has: '-s --search --info', level: RO },
    ],
  },
  snap: {
    level: 'changes',
    root: true,
    sub: {
      'list find info version changes tasks known logs services connections interfaces get model warnings': {
        level: RO,
        root: false,
      },
      'remove disable revert forget': destroys('removes or rolls back a package'),
    },
  },
  flatpak: {
    level: 'changes',
    sub: {
      'list info search remotes history remote-ls remote-info ps': RO,
      'uninstall remove remote-delete kill': destroys('removes a package'),
      run: { level: 'changes', why: 'starts a program' },
    },
  },
  brew: {
    level: 'changes',
    sub: {
      'list ls info search outdated deps doctor config leaves uses home cat desc': RO,
      'uninstall remove rm cleanup autoremove untap': destroys('removes packages'),
    },
  },
  'pip pip3 pipx uv conda mamba micromamba pipenv poetry pdm': {
    level: 'changes',
    why: 'changes packages',
    when: [
      {
        text: /^(?:pip\s+)?(?:list|show|freeze|check|config (?:list|get|debug)|search|index|info|search|--version|-V|version|tree|debug|inspect|cache (?:dir|info|list)|env list|env info|graph|environment|export|python list)(?:\s|$)/,
        level: RO,
      },
      {
        text: /^(?:pip\s+|self\s+|env\s+|cache\s+|tool\s+|python\s+|config\s+)*(?:uninstall|remove|purge|clean|uninstall-all|--rm|prune|cache clean|unset)(?:\s|$)/,
        level: 'destructive',
        why: 'removes packages',
      },
      {
        text: /^(?:run|runpip|exec|shell)(?:\s|$)|^tool run/,
        level: 'destructive',
        why: 'runs code that was not seen',
        unseen: true,
      },
      { has: '--force-reinstall', level: 'destructive', why: 'replaces packages' },
    ],
    dry: '--dry-run',
  },
  'gem cpan cpanm luarocks composer cargo-install opam': {
    level: 'changes',
    when: [
      {
        text: /^(?:list|info|search|env|which|show|outdated|contents|dependency|specification|query|environment|--version)(?:\s|$)/,
        level: RO,
      },
      { text: /^(?:uninstall|remove|cleanup|yank)(?:\s|$)/, level: 'destructive', why: 'removes packages' },
    ],
  },
  // Settings and security
  getenforce: { level: RO },
  'setenforce setsebool semanage aa-enforce aa-complain aa-disable apparmor_parser semodule auditctl': {
    level: 'changes',
    why: 'changes a security setting',
    root: true,
    when: [
      { text: /(?:^|\s)(?:-l|--list|-s|-L|list)(?:\s|$)/, level: RO },
      {
        text: /(?:^|\s)(?:-D|-d|--delete|-r|--remove|-R|-W)(?:\s|$)/,
        level: 'destructive',
        why: 'removes security rules',
      },
    ],
  },
  'aa-status sestatus ausearch aureport getsebool ausyscall sealert audit2why seinfo sesearch': { level: RO },
  ldconfig: { level: 'changes', root: true, when: [{ has: '-p --print-cache', level: RO, root: false }] },
  'dconf gsettings xfconf-query': {
    level: 'changes',
    when: [
      { text: /^(?:read|list|dump|watch|get|list-\S+|monitor|range|describe|-l)(?:\s|$)/, level: RO },
      { text: /^reset/, level: 'destructive', why: 'discards settings' },
    ],
  },
  'ulimit umask': { level: RO },
  date: {
    level: RO,
    valued: '-d --date -f -r',
    when: [
      { has: '-s --set', level: 'changes', why: 'sets the clock', root: true },
      { text: /^\d{8,}/, level: 'changes', why: 'sets the clock', root: true },
    ],
  },
  hwclock: {
    level: 'changes',
    why: 'sets a clock',
    root: true,
    when: [
      { has: '-r --show --get -V', level: RO },
      { text: /^$/, level: RO },
    ],
  },
  hostname: {
    level: RO,
    when: [
      { least: 1, level: 'changes', why: 'sets the name of the machine', root: true },
      { has: '-F --file -b', level: 'changes', root: true },
    ],
  },
  'domainname nisdomainname': { level: RO },
  'chvt setterm loadkeys stty tput reset clear tset': { level: RO },
  wall: { level: 'changes', why: 'writes to all terminals' },
  write: { level: 'changes', why: 'writes to a terminal' },
  logger: { level: 'changes', why: 'adds a line to the log' },
  ipcrm: destroys('removes shared memory or queues'),
  history: {
    level: RO,
    when: [
      { has: '-c -d -w', level: 'destructive', why: 'removes or overwrites the history' },
      { has: '-a -r -n -s', level: 'changes', why: 'changes the history' },
    ],
  },
  'export declare typeset local readonly set shopt setopt unset unalias complete compgen cd pushd popd dirs alias':
    { level: RO },
  'cgcreate cgset cgclassify tuned-adm cpupower x86_energy_perf_policy': {
    level: 'changes',
    why: 'changes a kernel setting',
    root: true,
    when: [
      {
        text: /^(?:list|active|recommend|verify|profile_info|frequency-info|idle-info|info|monitor|-r)(?:\s|$)/,
        level: RO,
      },
    ],
  },
  'hash enable bind': {
    level: RO,
    when: [
      {
        has: '-p -f -x',
        level: 'destructive',
        why: 'gives a name or key another meaning, whose code was not seen',
        unseen: true,
      },
    ],
  },
  nginx: {
    level: 'changes',
    why: 'starts or stops a web server',
    when: [{ has: '-t -T -v -V -h', level: RO }],
  },
  'apachectl apache2ctl httpd apache2': {
    level: 'changes',
    why: 'starts or stops a web server',
    when: [{ text: /(?:^|\s)(?:configtest|status|fullstatus|-t|-S|-M|-V|-v|-l|-L)(?:\s|$)/, level: RO }],
  },
  haproxy: { level: 'changes', why: 'starts a proxy', when: [{ has: '-c -v', level: RO }] },
  sshd: { level: 'changes', why: 'starts a server', when: [{ has: '-t -T', level: RO }] },
  multipath: {
    level: 'changes',
    root: true,
    when: [
      { has: '-F -f', level: 'destructive', why: 'removes device maps' },
      { text: /(?:^|\s)-(?:l|ll|d|t|T|c|h)(?:\s|$)/, level: RO },
    ],
  },
  iscsiadm: {
    level: RO,
    root: true,
    when: [
      { has: '-u --logout', level: 'destructive', why: 'takes disks away' },
      { text: /(?:-o|--op)[ =]?(?:delete|update)/, level: 'destructive', why: 'removes or changes a target' },
      { has: '-l --login', level: 'changes', why: 'attaches disks' },
      { text: /(?:-o|--op)[ =]?new/, level: 'changes' },
    ],
  },
  smbclient: {
    level: 'changes',
    when: [
      { has: '-L --list', level: RO },
      { text: /-c\s*.*\b(?:del|rm|rmdir|deltree)\b/, level: 'destructive', why: 'removes files' },
    ],
  },
  kinit: { level: 'changes', why: 'gets a ticket' },
  kdestroy: { level: 'changes', why: 'discards tickets' },
  ldapmodify: { level: 'changes', dry: '-n' },
  ldapdelete: { level: 'destructive', why: 'removes entries of a directory', dry: '-n' },
  chage: {
    level: 'changes',
    why: 'sets when a password ends',
    root: true,
    when: [{ has: '-l --list', level: RO }],
  },
  'fail2ban-client postsuper postqueue postconf': {
    level: 'changes',
    root: true,
    when: [
      {
        text: /^(?:status|ping|version|get|banned|-p|-j|-n|-d|mail_version)(?:\s|$)/,
        lacks: '-d -e -h -H -r',
        level: RO,
      },
      { has: '-d', level: 'destructive', why: 'removes mail or settings' },
      { text: /^(?:stop|unban|reload --unban)/, level: 'destructive', why: 'lifts bans or stops the guard' },
      { has: '-n', level: RO },
    ],
  },
  'dbus-send gdbus qdbus': {
    level: 'destructive',
    why: 'calls another program, which may do anything',
    when: [{ text: /^(?:introspect|monitor|wait)/, level: RO }],
  },
  brctl: {
    level: 'changes',
    why: 'changes a bridge',
    root: true,
    when: [
      { text: /^show/, level: RO },
      { text: /^del/, level: 'destructive', why: 'removes a bridge' },
    ],
  },
  flashrom: {
    level: 'destructive',
    why: 'writes or erases a chip',
    root: true,
    when: [
      { has: '-r --read -p', lacks: '-w --write -E --erase', level: 'changes' },
      { has: '--version -L', level: RO },
    ],
  },
  dmsetup: {
    level: 'changes',
    root: true,
    when: [
      {
        text: /^(?:remove|remove_all|wipe_table|clear|suspend)/,
        level: 'destructive',
        why: 'removes device maps',
      },
      { text: /^(?:ls|info|status|table|deps|version|targets)/, level: RO },
    ],
  },
  'nix-collect-garbage': { level: 'destructive', why: 'removes packages', dry: '--dry-run' },
  'nix nix-env nix-store guix': {
    level: 'changes',
    when: [
      {
        text: /(?:^|\s)(?:gc|--gc|-e|--uninstall|--delete|--delete-generations|remove|delete|collect-garbage|delete-generations|--rollback|rollback)(?:\s|$)/,
        level: 'destructive',
        why: 'removes packages',
      },
      {
        text: /^(?:-q|--query|search|show|-qa\S*|--list-generations|path-info|why-depends|log|eval|flake (?:show|info|metadata))(?:\s|$)/,
        level: RO,
      },
      {
        text: /^(?:run|shell|develop)(?:\s|$)/,
        level: 'destructive',
        why: 'runs code that was not seen',
        unseen: true,
      },
    ],
  },
  cgdelete: root(destroys('removes a control group')),
  ansible: { level: 'changes' },
  'ansible-playbook ansible-pull salt salt-call salt-ssh puppet chef-client cf-agent': {
    level: 'destructive',
    why: 'runs a set of changes that was not seen',
    unseen: true,
    dry: '-C --check --syntax-check --list-hosts --list-tasks --list-tags --version --noop --why-run',
    when: [
      {
        text: /(?:test\.ping|grains\.\w+|cmd\.run_help|status\.\w+|--version|facts?|config print|resource)/,
        level: RO,
      },
    ],
  },
  'ansible-inventory ansible-doc ansible-config ansible-lint': { level: RO },
  'ansible-galaxy ansible-vault': {
    level: 'changes',
    when: [{ text: /^(?:list|search|info|view)|\slist/, level: RO }],
  },
  wg: {
    level: 'changes',
    why: 'changes a tunnel',
    root: true,
    sub: { 'show showconf genkey pubkey genpsk': RO },
    when: [
      { text: /^$/, level: RO },
      { text: /remove/, level: 'destructive', why: 'removes a peer' },
    ],
  },
  'wg-quick ifup ifdown openvpn nmtui wpa_cli connmanctl tailscale zerotier-cli': {
    level: 'changes',
    why: 'changes a network connection',
    root: true,
    when: [
      {
        text: /^(?:status|ip|ping|netcheck|version|info|listnetworks|listpeers|scan_results|whois|services|technologies)(?:\s|$)/,
        level: RO,
        root: false,
      },
    ],
  },
};
