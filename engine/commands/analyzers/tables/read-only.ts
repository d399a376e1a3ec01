/**
 * Programs that only read and print whatever their arguments are. What has an option that writes stands in the other
 * tables.
 */
export const READ_ONLY: ReadonlySet<string> = new Set(
  `
 command [ [[ test true false : echo printf exit return break continue shift wait jobs fg bg disown times type which whereis whatis
  apropos man info help tldr cheat let read mapfile readarray getopts logout suspend caller compopt
  ls dir vdir cat tac nl head tail cut paste join comm diff diff3 sdiff cmp colordiff icdiff wc tr rev fold fmt pr expand
  unexpand column colrm seq shuf factor numfmt expr bc dc basename dirname realpath readlink pwd stat file tree exa eza lsd
  md5sum sha1sum sha224sum sha256sum sha384sum sha512sum b2sum b3sum cksum sum crc32 xxhsum xxh64sum md5 shasum od hexdump hd strings
  base64 base32 basenc basen uuencode uudecode ascii
  grep egrep fgrep rg ripgrep ag ack pcregrep ugrep zgrep look tsort ptx cowsay figlet lolcat yes sleep usleep
  ps pstree pgrep pidof pidstat pmap pwdx top htop btop atop glances bashtop uptime w who whoami last lastb lastlog users id groups finger
  free vmstat iostat mpstat sar nproc arch uname hostid cal ncal tty logname getconf locale localectl-list env-list printenv
  lsof ltrace-list slabtop iotop dstat nmon powerstat tload vmtouch smem procs dool collectl zpool-iostat biosnoop execsnoop opensnoop
  tcpconnect tcpaccept tcplife tcpretrans biolatency runqlat profile cachestat ext4slower fileslower filetop biotop offcputime stackcount argdist funccount
  trace-bpfcc execsnoop-bpfcc opensnoop-bpfcc biolatency-bpfcc
  lspci lsusb lsmod modinfo lscpu lsblk lsmem lshw lsipc lsns lslocks lslogins lsfd lsirq lsattr lsinitramfs lsinitrd lsb_release
  blkid findmnt df du dust duf ncdu mountpoint namei pathchk vdo-stats iscsiadm-list multipath-list
  ldd nm objdump readelf size addr2line c++filt ar-t pahole dwarfdump otool ldconfig-p
  gpg-list md5deep hashdeep ssdeep
  fc-list xdpyinfo xrandr-q xlsclients wmctrl-l xprop xwininfo xset-q
  cloud-id ec2metadata imds
  journalctl-tail multitail lnav ccze goaccess logwatch ccze jless
  dnstop iptstate ifstat sockstat tcptrack bwm-ng speedometer darkstat
  kubectl-who-can
  pv envsubst ts errno isutf8 combine
  xdelta3-list
  nstat mailq atq snmpwalk snmpget snmpbulkwalk ldapsearch klist lsscsi sg_inq sg_map byobu-status tcpdmatch lldpctl
  units qalc fortune neofetch fastfetch screenfetch inxi
  getcap getpcaps pscap netcap filecap captest
  delv dnssec-verify named-checkconf named-checkzone nginx-t haproxy-c
  systemd-cgls systemd-cgtop systemd-detect-virt systemd-path systemd-delta systemd-id128 systemd-escape
  virt-what virt-top dmidecode biosdecode vpddecode
  numastat lstopo hwloc-info hwloc-calc
  nccl-info show_counters ibv_rc_pingpong ibv_ud_pingpong ib_read_lat ib_write_lat
  sslscan testssl testssl.sh ssllabs-scan whatweb
  pngcheck identify ffprobe mediainfo soxi
 
  gitleaks trufflehog tokei cloc scc
  `
    .split(/\s+/)
    .filter((word) => word !== ''),
);
