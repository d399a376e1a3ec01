import type { Rule } from '../rule';

const RO = 'read-only';
const destroys = (why: string): Rule => ({ level: 'destructive', why });

/** Network: interfaces, filters, transfers. */
export const NETWORK: Readonly<Record<string, Rule>> = {
  swanctl: {
    level: 'changes',
    why: 'changes connections of IPsec',
    when: [
      { has: '-t --terminate --flush-certs -f', level: 'destructive', why: 'ends connections' },
      {
        text: /^(?:--list-(?:sas|conns|certs|pols|authorities|pools|algs)|-[lLxPBAg]|--stats|-S|--counters|-C|--version|-v|--log|-T)(?:\s|$)/,
        lacks: '--reset',
        level: 'read-only',
      },
    ],
  },
  vtysh: {
    level: 'changes',
    why: 'may change the routing',
    when: [
      {
        // Each command that it is given only shows.
        text: /^-c show\b(?:(?! -).)*(?: -c show\b(?:(?! -).)*)*$/,
        level: 'read-only',
      },
    ],
  },
  varnishadm: {
    level: 'changes',
    why: 'changes the cache',
    valued: '-n -T -S -t',
    sub: {
      'backend.list ban.list param.show vcl.list vcl.show vcl.deps vcl.symtab storage.list panic.show status ping banner pid help':
        'read-only',
      'stop vcl.discard panic.clear': {
        level: 'destructive',
        why: 'stops the cache or discards a configuration',
      },
    },
  },
  ip: {
    level: RO,
    valued: '-n -netns -f -family -b -batch -l -rc -rcvbuf',
    whole: true,
    when: [
      {
        text: /^(?:-\S+\s+)*\w+\s+(?:show|list|ls|lst|get|help|monitor)(?:\s|$)/,
        lacks: '-b -batch',
        level: RO,
      },
      {
        has: '-b -batch',
        level: 'destructive',
        why: 'carries out commands from a file that was not seen',
        unseen: true,
        root: true,
      },
      {
        text: /(?:^|\s)(?:del|delete|d|de|dele|delet|flush|f|fl|flu|flus)(?:\s|$)/,
        level: 'destructive',
        why: 'removes network settings',
        root: true,
      },
      {
        text: /(?:^|\s)set\s.*\bdown\b/,
        level: 'changes',
        why: 'switches a network interface off',
        root: true,
      },
      {
        text: /(?:^|\s)(?:add|a(?=\s+(?:add|\d))|ad|set|s(?=\s+(?:dev|link))|change|chg|replace|append|prepend|restore|attach|identify-set|up|down)(?:\s|$)/,
        level: 'changes',
        why: 'changes network settings',
        root: true,
      },
    ],
  },
  ifconfig: {
    level: RO,
    when: [
      {
        text: /\S+\s+(?:down|del|delete|-alias)/,
        level: 'changes',
        why: 'switches a network interface off or takes an address from it',
        root: true,
      },
      { least: 2, level: 'changes', why: 'changes a network interface', root: true },
    ],
  },
  route: {
    level: RO,
    when: [
      {
        text: /(?:^|\s)(?:del|delete|flush)(?:\s|$)/,
        level: 'destructive',
        why: 'removes a route',
        root: true,
      },
      { text: /(?:^|\s)add(?:\s|$)/, level: 'changes', why: 'adds a route', root: true },
    ],
  },
  arp: {
    level: RO,
    when: [
      { has: '-d --delete', level: 'destructive', why: 'removes an entry', root: true },
      { has: '-s --set -f', level: 'changes', root: true },
    ],
  },
  'iptables ip6tables ebtables arptables iptables-nft iptables-legacy ip6tables-nft': {
    level: 'changes',
    why: 'changes the packet filter',
    root: true,
    when: [
      {
        has: '-F --flush -X --delete-chain -D --delete -Z --zero -P --policy -R --replace',
        level: 'destructive',
        why: 'removes or replaces rules of the packet filter',
      },
      { has: '-L --list -S --list-rules -C --check -V --version -h', level: RO },
    ],
  },
  'iptables-save ip6tables-save nft-list': {
    level: RO,
    root: true,
    when: [{ has: '-f --file', level: 'destructive', why: 'overwrites a file' }],
  },
  'iptables-restore ip6tables-restore': {
    level: 'destructive',
    why: 'replaces the rules of the packet filter',
    root: true,
    dry: '-t --test',
    when: [{ has: '-n --noflush', level: 'changes' }],
  },
  nft: {
    level: 'changes',
    why: 'changes the packet filter',
    root: true,
    dry: '-c --check',
    when: [
      {
        has: '-f --file',
        level: 'destructive',
        why: 'loads rules from a file that was not seen',
        unseen: true,
      },
      {
        text: /(?:^|[\s;{])(?:flush|delete|destroy|reset|replace)(?:\s|$)/,
        level: 'destructive',
        why: 'removes rules of the packet filter',
      },
      { text: /^(?:-\S+\s+)*(?:list|monitor|describe|-v|--version)(?:\s|$)/, level: RO },
    ],
  },
  ufw: {
    level: 'changes',
    why: 'changes the firewall',
    root: true,
    dry: '--dry-run',
    when: [
      { text: /(?:^|\s)(?:status|show|version|app (?:list|info))(?:\s|$)/, level: RO },
      {
        text: /(?:^|\s)(?:reset|delete|disable)(?:\s|$)/,
        level: 'destructive',
        why: 'removes rules of the firewall or switches it off',
      },
    ],
  },
  'firewall-cmd': {
    level: 'changes',
    why: 'changes the firewall',
    root: true,
    when: [
      {
        text: /--(?:remove|delete|panic-on|complete-reload|reset|load-)/,
        level: 'destructive',
        why: 'removes rules of the firewall',
      },
      {
        text: /^(?:(?:--(?:list|get|query|info|state|version|help|permanent|zone|check|path|policy)\S*)(?:\s+[\w/-]+)?\s*)+$/,
        level: RO,
      },
    ],
  },
  ipset: {
    level: 'changes',
    why: 'changes address sets',
    root: true,
    when: [
      { text: /^(?:list|-L|save|-S|test|-T|-n|version)/, level: RO },
      {
        text: /^(?:-!|-exist)?\s*(?:flush|-F|destroy|-X|del|-D|restore|-R|swap|-W)/,
        level: 'destructive',
        why: 'removes address sets',
      },
    ],
  },
  ipvsadm: {
    level: 'changes',
    root: true,
    when: [
      {
        has: '-C --clear -D --delete-service -d --delete-server -R --restore -Z',
        level: 'destructive',
        why: 'removes virtual servers',
      },
      { has: '-L --list -l -S --save', level: RO },
    ],
  },
  'tc bridge': {
    level: RO,
    whole: true,
    when: [
      {
        text: /(?:^|\s)(?:del|delete|flush)(?:\s|$)/,
        level: 'destructive',
        why: 'removes network settings',
        root: true,
      },
      {
        text: /(?:^|\s)(?:add|change|replace|set|append)(?:\s|$)/,
        level: 'changes',
        why: 'changes network settings',
        root: true,
      },
    ],
  },
  conntrack: {
    level: RO,
    root: true,
    when: [
      { has: '-D --delete -F --flush', level: 'destructive', why: 'drops tracked connections' },
      { has: '-U -I', level: 'changes' },
    ],
  },
  ethtool: {
    level: RO,
    when: [
      {
        has: '-s --change -K --features --offload -G --set-ring -L --set-channels -C --coalesce -A --pause -X --set-priv-flags -U --config-ntuple --set-eee --set-phy-tunable -N',
        level: 'changes',
        why: 'changes a network card',
        root: true,
      },
      {
        has: '-r --negotiate --reset -E --change-eeprom -f --flash -t --test',
        level: 'destructive',
        why: 'resets or rewrites a network card',
        root: true,
      },
    ],
  },
  nmcli: {
    level: RO,
    when: [
      { text: /(?:^|\s)(?:delete|del|remove)(?:\s|$)/, level: 'destructive', why: 'removes a connection' },
      {
        text: /(?:^|\s)(?:up|down|add|modify|mod|edit|connect|disconnect|reapply|reload|set|on|off|import|load|clone|hotspot|rescan)(?:\s|$)/,
        level: 'changes',
        why: 'changes a network connection',
      },
    ],
  },
  'dhclient dhcpcd udhcpc': { level: 'changes', why: 'gets or releases an address', root: true },
  'ovs-vsctl ovs-ofctl ovn-nbctl ovn-sbctl': {
    level: 'changes',
    root: true,
    when: [
      {
        text: /(?:^|\s)(?:show|list\S*|dump-\S+|get\S*|find|br-exists|lr-list|ls-list|snoop)(?:\s|$)/,
        level: RO,
      },
      {
        text: /(?:^|\s|--)(?:del-\S+|emer-reset|destroy|clear|remove|\S+-del)(?:\s|$)/,
        level: 'destructive',
        why: 'removes network settings',
      },
    ],
  },
  'rdma devlink': {
    level: RO,
    when: [
      {
        text: /(?:^|\s)(?:del|delete|reload|flash|reset)(?:\s|$)/,
        level: 'destructive',
        why: 'resets or removes a device',
        root: true,
      },
      { text: /(?:^|\s)(?:add|set|new)(?:\s|$)/, level: 'changes', root: true },
    ],
  },
  // Transfers
  curl: {
    level: RO,
    valued:
      '-X --request -H --header -d --data --data-raw --data-binary --data-urlencode -F --form -o --output -u --user -A --user-agent -b --cookie -c --cookie-jar -e --referer -m --max-time --connect-timeout -w --write-out --resolve --cacert --cert -E --key -x --proxy -K --config -T --upload-file --retry --limit-rate -r --range --json --url -U -D --dump-header --interface --retry-delay -C --continue-at --output-dir -t -Q --quote -y -Y -z --max-redirs --dns-servers --unix-socket --ciphers --tls-max --trace --trace-ascii',
    when: [
      {
        text: /(?:^|\s)(?:-[a-zA-Z]*X\s*|--request[ =])["']?(?:DELETE|PURGE)\b/i,
        level: 'destructive',
        why: 'asks the server to delete something',
      },
      {
        text: /_delete_by_query|_shutdown|\/_close\b|\/(?:shutdown|terminate|destroy|delete|quit|quitquitquit|kill|exit)\b/i,
        has: '-d --data -X --request --data-raw --json',
        level: 'destructive',
        why: 'asks the server to remove something or stop',
      },
      { has: '-Q --quote', level: 'destructive', why: 'sends commands to the server' },
      {
        has: '-K --config',
        level: 'destructive',
        why: 'reads what to do from a file that was not seen',
        unseen: true,
      },
      {
        text: /(?:^|\s)(?:-o\s*|--output[ =])\/(?:dev\/(?!null|std|fd)|etc|boot|usr|bin|s?bin|lib)/,
        level: 'destructive',
        why: 'writes over a file of the system',
        root: true,
      },
      {
        text: /(?:^|\s)(?:-[a-zA-Z]*X\s*|--request[ =])["']?(?:GET|HEAD|OPTIONS|TRACE)\b/i,
        lacks: '-o --output -O --remote-name -T',
        level: RO,
      },
      {
        has: '-X --request -d --data --data-raw --data-binary --data-urlencode -F --form -T --upload-file --json',
        lacks: '-G --get',
        level: 'changes',
        why: 'sends data to a server',
      },
      {
        text: /(?:^|\s)(?:-[a-zA-Z]*o\s*|--output[ =])(?:\/dev\/(?:null|stdout|stderr)|-)(?:\s|$)/,
        lacks: '-O --remote-name -J -c --cookie-jar -D --dump-header',
        level: RO,
      },
      {
        has: '-o --output -O --remote-name -J --remote-header-name --remote-name-all -c --cookie-jar -D --dump-header --output-dir --trace --trace-ascii',
        level: 'changes',
        why: 'downloads to a file',
      },
    ],
  },
  wget: {
    level: 'changes',
    why: 'downloads to a file',
    valued:
      '-O --output-document -o --output-file -P --directory-prefix -U --user-agent -T --timeout -t --tries --header -e --execute -i --input-file -B -Q -l -A -R -D -I -X --method --body-data --post-data --limit-rate -w --wait -a',
    when: [
      { has: '--delete-after', level: 'changes', why: 'downloads and removes what it downloaded' },
      { text: /--method[= ]DELETE/i, level: 'destructive', why: 'asks the server to delete something' },
      {
        has: '--post-data --post-file --body-data --method',
        level: 'changes',
        why: 'sends data to a server',
      },
      {
        text: /(?:^|\s)(?:-[a-zA-Z]*O\s*|--output-document[ =])(?:-|\/dev\/(?:null|stdout))(?:\s|$)/,
        level: RO,
      },
      {
        text: /(?:^|\s)(?:-[a-zA-Z]*O\s*|--output-document[ =])\/(?:dev\/|etc|boot|usr|bin|s?bin|lib)/,
        level: 'destructive',
        why: 'writes over a file of the system',
      },
      { has: '--spider -V --version -h --help', level: RO },
    ],
  },
  'http https httpie xh': {
    level: RO,
    when: [
      { word: /^DELETE$/, level: 'destructive', why: 'asks the server to delete something' },
      { word: /^(?:POST|PUT|PATCH)$/, level: 'changes', why: 'sends data to a server' },
      { text: /\s[\w.-]+:?=\S/, level: 'changes', why: 'sends data to a server' },
      { has: '-d --download -o --output', level: 'changes' },
    ],
  },
  'aria2c axel lftp ftp tftp yt-dlp': {
    level: 'changes',
    why: 'transfers files',
    when: [{ text: /\b(?:rm|mrm|mirror\s.*--delete|rmdir)\b/, level: 'destructive', why: 'removes files' }],
  },
  grpcurl: {
    level: 'changes',
    why: 'calls a service',
    when: [{ text: /(?:^|\s)(?:list|describe)(?:\s|$)/, level: RO }],
  },
  'nc ncat netcat socat': { level: RO },
  'telnet mtr ping ping6 traceroute traceroute6 tracepath dig nslookup host whois drill kdig netstat nmap arping fping hping3 iperf iperf3 qperf ib_write_bw ib_read_bw ib_send_bw ib_write_lat ib_read_lat ib_send_lat nload iftop nethogs bmon vnstat ipcalc sipcalc getent iw iwlist arpwatch ngrep openssl-s tshark-v lldpctl lldpcli ntpq chronyc-v nuttcp netperf speedtest speedtest-cli h2load ab wrk':
    { level: RO },
  ss: {
    level: RO,
    when: [
      { text: /(?:^|\s)(?:-[a-zA-Z]*K|--kill)/, level: 'destructive', why: 'closes connections', root: true },
    ],
  },
  iwconfig: { level: RO, when: [{ least: 2, level: 'changes', why: 'changes a network card', root: true }] },
  'tcpdump tshark dumpcap': {
    level: RO,
    root: true,
    valued: '-i -c -s -n -r -G -C -W -Y -f -T -e',
    when: [{ has: '-w', level: 'changes', why: 'writes packets to a file' }],
  },
  'ntpdate chronyd': { level: 'changes', why: 'sets the clock', root: true, dry: '-q' },
  chronyc: {
    level: RO,
    when: [
      {
        text: /(?:^|\s)(?:makestep|burst|add|delete|offline|online|settime|reset|shutdown|cyclelogs|trimrtc|local)(?:\s|$)/,
        level: 'changes',
        why: 'changes the clock or its sources',
        root: true,
      },
    ],
  },
  'ssh-keygen': {
    level: 'changes',
    why: 'writes a key',
    when: [
      { has: '-R', level: 'destructive', why: 'removes a host from the known hosts' },
      { has: '-l -F -B -L -y -Y -Q', level: RO },
      { has: '-p', level: 'changes', why: 'changes the password of a key' },
    ],
  },
  'ssh-copy-id': { level: 'changes', why: 'adds a key to another machine', dry: '-n' },
  'ssh-keyscan': { level: RO },
  'ssh-add': {
    level: 'changes',
    why: 'adds a key to the agent',
    when: [
      { has: '-l -L', level: RO },
      { has: '-d -D', level: 'destructive', why: 'takes keys out of the agent' },
    ],
  },
  'ssh-agent ssh autossh mosh': { level: RO },
  gpg: {
    level: 'changes',
    why: 'signs, encrypts or imports',
    when: [
      { text: /--delete-|--gen-revoke|--revoke/, level: 'destructive', why: 'removes or revokes keys' },
      {
        text: /--(?:list\S*|fingerprint|verify|check-sigs|export\S*|show-keys|print-md\S*|version|card-status|locate-keys|search-keys|dump-options)|(?:^|\s)-[kK](?:\s|$)/,
        lacks: '-o --output',
        level: RO,
      },
    ],
  },
  openssl: {
    level: RO,
    when: [
      {
        text: /(?:^|\s)-(?:out|keyout|CAserial)\s+(?!\/dev\/(?:null|stdout|stderr))/,
        level: 'changes',
        why: 'writes keys, certificates or data to a file',
      },
      { text: /^(?:ca|s_server)\b/, level: 'changes', why: 'issues certificates or serves' },
    ],
  },
  'keytool certutil': {
    level: 'changes',
    when: [
      { text: /-(?:list|printcert|L|K|O|showinfo|help)\b/, level: RO },
      { text: /-(?:delete|D|F)\b/, level: 'destructive', why: 'removes a certificate or key' },
    ],
  },
  certbot: {
    level: 'changes',
    why: 'gets certificates',
    root: true,
    dry: '--dry-run',
    sub: {
      'certificates plugins show_account': RO,
      'delete revoke unregister': destroys('removes or revokes a certificate'),
    },
  },
};
