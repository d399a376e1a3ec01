import type { Rule } from '../rule';

const RO = 'read-only';
const removes = (what: string): Rule => ({ level: 'destructive', why: `removes ${what}` });

/** Programs for files, disks and archives. */
const NEW_FILE_SYSTEM: Rule = {
  level: 'destructive',
  why: 'makes a new file system, and what was there is lost',
  root: true,
};

export const FILES: Readonly<Record<string, Rule>> = {
  rm: removes('files'),
  unlink: removes('a file'),
  rmdir: removes('empty folders'),
  shred: { level: 'destructive', why: 'overwrites files so that they cannot be restored' },
  srm: removes('files for good'),
  wipe: removes('files for good'),
  trash: removes('files'),
  'trash-put': removes('files'),
  'trash-empty': removes('what is in the trash'),
  gio: {
    level: RO,
    sub: { 'trash remove': removes('files'), 'copy move mkdir save set rename mount': 'changes' },
  },
  rename: {
    level: 'changes',
    why: 'renames files',
    dry: '-n --nono --no-act',
    when: [{ has: '-f --force', level: 'destructive', why: 'renames files over others' }],
  },
  mv: {
    level: 'changes',
    why: 'moves or renames files',
    valued: '-t --target-directory -S --suffix',
    when: [
      { word: /^\/dev\/null$/, level: 'destructive', why: 'moves files to /dev/null, where they are lost' },
      { has: '-f --force', level: 'destructive', why: 'moves files over others without asking' },
    ],
  },
  cp: {
    level: 'changes',
    why: 'copies files',
    valued: '-t --target-directory -S --suffix',
    when: [
      {
        has: '--remove-destination',
        level: 'destructive',
        why: 'removes what stands at the target before it copies',
      },
      {
        text: /(?:^|\s)\/dev\/(?:null|zero|u?random)\s+\S/,
        level: 'destructive',
        why: 'overwrites a file with nothing',
      },
      {
        text: /\s\/dev\/(?!null\b|shm\/|stdout\b|stderr\b)\S+$/,
        level: 'destructive',
        why: 'writes over a device',
        root: true,
      },
      { has: '-f --force', level: 'destructive', why: 'copies files over others by force' },
    ],
  },
  install: {
    level: 'changes',
    why: 'copies files and sets their rights',
    when: [{ text: /(?:^|\s)\/dev\/null\s+\S/, level: 'destructive', why: 'overwrites a file with nothing' }],
  },
  ln: {
    level: 'changes',
    why: 'makes a link',
    when: [{ has: '-f --force', level: 'destructive', why: 'replaces what stands at the name of the link' }],
  },
  dd: {
    level: 'changes',
    why: 'copies data',
    when: [
      { word: /^of=\/dev\/(?:null|stdout|stderr|fd\/)/, level: RO },
      { word: /^of=/, level: 'destructive', why: 'overwrites its output file or device' },
      { text: /^/, level: RO },
    ],
  },
  ddrescue: { level: 'destructive', why: 'overwrites its output' },
  truncate: { level: 'destructive', why: 'cuts or extends files' },
  fallocate: {
    level: 'changes',
    why: 'reserves space for a file',
    when: [
      {
        has: '-p --punch-hole -c --collapse-range -z --zero-range',
        level: 'destructive',
        why: 'takes data out of a file',
      },
    ],
  },
  tee: {
    level: 'destructive',
    why: 'overwrites files with its input',
    when: [
      { most: 0, level: RO },
      { text: /^(?:-\S+\s+)*\/dev\/(?:null|stderr|stdout|tty|fd\/\d+)$/, level: RO },
      { has: '-a --append', level: 'changes', why: 'appends its input to files' },
    ],
  },
  sponge: {
    level: 'destructive',
    why: 'overwrites a file with its input',
    when: [
      { has: '-a', level: 'changes' },
      { most: 0, level: RO },
    ],
  },
  touch: { level: 'changes', why: 'creates files or sets their times' },
  mkdir: { level: 'changes', why: 'creates folders' },
  mktemp: { level: 'changes', why: 'creates a temporary file' },
  mkfifo: { level: 'changes', why: 'creates a pipe' },
  mknod: { level: 'changes', why: 'creates a device file', root: true },
  chmod: {
    level: 'changes',
    why: 'sets the rights of files',
    when: [
      {
        has: '-R --recursive',
        level: 'destructive',
        why: 'sets the rights of everything in a folder, and the old ones are lost',
      },
    ],
  },
  chown: {
    level: 'changes',
    why: 'sets the owner of files',
    root: true,
    when: [
      {
        has: '-R --recursive',
        level: 'destructive',
        why: 'sets the owner of everything in a folder, and the old ones are lost',
      },
    ],
  },
  chgrp: {
    level: 'changes',
    why: 'sets the group of files',
    when: [
      {
        has: '-R --recursive',
        level: 'destructive',
        why: 'sets the group of everything in a folder, and the old ones are lost',
      },
    ],
  },
  chattr: {
    level: 'changes',
    why: 'sets attributes of files',
    root: true,
    when: [{ has: '-R', level: 'destructive', why: 'sets attributes of everything in a folder' }],
  },
  chcon: {
    level: 'changes',
    why: 'sets security labels',
    when: [{ has: '-R --recursive', level: 'destructive', why: 'sets the labels of everything in a folder' }],
  },
  restorecon: {
    level: 'changes',
    why: 'sets security labels',
    root: true,
    dry: '-n',
    when: [{ has: '-R -r', level: 'destructive', why: 'sets the labels of everything in a folder' }],
  },
  setfacl: {
    level: 'changes',
    why: 'sets access lists',
    dry: '--test',
    when: [
      {
        has: '-R --recursive -b --remove-all -k --remove-default -x --remove --set',
        level: 'destructive',
        why: 'replaces or removes access lists',
      },
    ],
  },
  setfattr: {
    level: 'changes',
    why: 'sets attributes',
    when: [{ has: '-x --remove', level: 'destructive', why: 'removes an attribute' }],
  },
  rsync: {
    level: 'changes',
    why: 'copies files',
    dry: '-n --dry-run --list-only',
    valued:
      '-e --rsh --exclude --include --exclude-from --include-from --files-from --filter -f --bwlimit --timeout --port --log-file --rsync-path --max-size --min-size --chmod --chown --backup-dir --temp-dir -T --compare-dest --link-dest --partial-dir --out-format --password-file --block-size -B --suffix --info --debug',
    when: [
      {
        has: '--del --delete --delete-before --delete-during --delete-delay --delete-after --delete-excluded --delete-missing-args',
        level: 'destructive',
        why: 'removes files at the target that the source lacks',
      },
      {
        has: '--remove-source-files --remove-sent-files',
        level: 'destructive',
        why: 'removes the files that it copied',
      },
      { text: /--(?:del\w*|remove)/, level: 'destructive', why: 'removes files' },
      { most: 1, level: RO },
    ],
  },
  scp: { level: 'changes', why: 'copies files between machines' },
  sftp: { level: 'changes', why: 'opens a session for copying files' },
  rclone: {
    level: 'changes',
    dry: '-n --dry-run',
    sub: {
      'ls lsl lsd lsf lsjson size tree check cat about config-show version listremotes md5sum sha1sum help cryptcheck':
        RO,
      'copy copyto copyurl mkdir touch mount': { level: 'changes', why: 'copies or creates files' },
      config: {
        level: 'changes',
        sub: { 'show file paths providers dump': RO, 'delete disconnect': removes('a remote') },
      },
      'sync move moveto delete purge rmdir rmdirs cleanup dedupe bisync deletefile settier rcat': {
        level: 'destructive',
        why: 'removes or overwrites files',
      },
    },
  },
  find: {
    level: RO,
    whole: true,
    when: [
      { has: '-delete', level: 'destructive', why: 'removes each file that it finds' },
      {
        text: /(?:^|\s)-f(?:print0?|printf|ls)\s+(?!\/dev\/(?:null|std))/,
        level: 'destructive',
        why: 'overwrites a file with what it finds',
      },
    ],
  },
  bfs: {
    level: RO,
    whole: true,
    when: [{ has: '-delete -rm', level: 'destructive', why: 'removes each file that it finds' }],
  },
  'fd fdfind locate mlocate plocate': { level: RO },
  tar: {
    level: 'changes',
    why: 'packs or unpacks an archive',
    when: [
      { has: '--remove-files', level: 'destructive', why: 'removes the files that it packed' },
      {
        has: '--recursive-unlink --unlink-first -U --overwrite',
        level: 'destructive',
        why: 'replaces files that exist',
      },
      { has: '--delete', level: 'destructive', why: 'removes members of an archive' },
      { has: '-t --list -d --diff --compare --test-label --version --help --usage', level: RO },
      { text: /^[a-zA-Z]*[td][a-zA-Z]*(?:\s|$)/, level: RO },
      { text: /^-?[cC][a-zA-Z]*f?\s+-(?:\s|$)|(?:^|\s)-[a-zA-Z]*c[a-zA-Z]*O?f\s*-(?:\s|$)/, level: RO },
      { has: '-O --to-stdout', level: RO },
    ],
  },
  'gzip bzip2 xz zstd lz4 lzma compress pigz pbzip2 pxz lzop brotli gunzip bunzip2 unxz unzstd unlzma uncompress unlz4 unpigz':
    {
      level: 'changes',
      why: 'replaces files by their packed or unpacked form',
      when: [
        { has: '-f --force', level: 'destructive', why: 'overwrites files that exist' },
        { has: '--rm', level: 'destructive', why: 'removes the files that it packed' },
        {
          has: '-c --stdout --to-stdout -t --test -l --list -b --benchmark --version --help -V -h',
          level: RO,
        },
        { most: 0, level: RO },
      ],
    },
  zip: {
    level: 'changes',
    why: 'packs files',
    when: [
      { has: '-m --move -d --delete', level: 'destructive', why: 'removes files' },
      { has: '-sf --show-files -T', level: RO },
    ],
  },
  unzip: {
    level: 'changes',
    why: 'unpacks files',
    when: [
      { has: '-l -t -v -Z -z -p', level: RO },
      { has: '-o', level: 'destructive', why: 'overwrites files that exist without asking' },
    ],
  },
  'zipinfo zcat bzcat xzcat zstdcat lz4cat gzcat zless zmore zgrep zegrep zfgrep bzgrep xzgrep zstdgrep zdiff zcmp xzdiff funzip lsar 7zr-list':
    { level: RO },
  '7z 7za 7zr 7zz': {
    level: 'changes',
    why: 'packs or unpacks an archive',
    sub: { 'l t h i': RO, 'd rn': removes('members of an archive') },
  },
  'unrar rar': {
    level: 'changes',
    why: 'packs or unpacks an archive',
    sub: { 'l lb lt v vb vt t p': RO, 'd df m mf': removes('files') },
  },
  'cpio pax': {
    level: 'changes',
    why: 'packs or unpacks an archive',
    when: [
      { has: '-t --list', level: RO },
      { has: '-u --unconditional', level: 'destructive', why: 'replaces files that exist' },
      { has: '-o --create', level: RO },
    ],
  },
  ar: {
    level: 'changes',
    when: [
      { text: /^-?[tp]/, level: RO },
      { text: /^-?d/, level: 'destructive', why: 'removes members of an archive' },
    ],
  },
  split: { level: 'changes', why: 'writes the pieces of a file' },
  csplit: { level: 'changes', why: 'writes the pieces of a file' },
  sort: {
    level: RO,
    valued: '-t -k -S -T --key --field-separator --buffer-size --parallel --batch-size',
    when: [{ has: '-o --output', level: 'destructive', why: 'overwrites its output file' }],
  },
  uniq: {
    level: RO,
    valued: '-f -s -w',
    when: [{ least: 2, level: 'destructive', why: 'overwrites its second file' }],
  },
  patch: { level: 'changes', why: 'edits files as a patch says', dry: '--dry-run -C --check' },
  'ed red': { level: 'changes', why: 'edits a file' },
  'vi vim nvim nano emacs pico joe mcedit micro hx ne mg code gedit kate subl ex sudoedit visudo vipw vigr': {
    level: 'changes',
    why: 'opens an editor, which can change the file',
    when: [{ text: /^(?:-c|--check|--version)$/, level: RO }],
  },
  'view less more most pg bat batcat': { level: RO },
  dos2unix: { level: 'changes', why: 'edits files in place' },
  unix2dos: { level: 'changes', why: 'edits files in place' },
  iconv: {
    level: RO,
    when: [{ has: '-o --output', level: 'destructive', why: 'overwrites its output file' }],
  },
  xxd: {
    level: RO,
    valued: '-c -g -l -o -s -n',
    when: [{ least: 2, level: 'destructive', why: 'overwrites its second file' }],
  },
  sqlite3_analyzer: { level: RO },
  // Disks
  // For most of them -n names the file system.
  'mkfs mkfs.btrfs mkfs.vfat mkfs.fat mkfs.f2fs mkfs.exfat mkfs.minix mkfs.cramfs mkfs.msdos mkfs.jfs mkfs.reiserfs mkdosfs mkudffs':
    { ...NEW_FILE_SYSTEM, when: [{ text: /^-V$/, level: RO }] },
  'mke2fs mkfs.ext2 mkfs.ext3 mkfs.ext4 mkfs.ntfs mkntfs': { ...NEW_FILE_SYSTEM, dry: '-n --no-action' },
  'mkfs.xfs newfs': { ...NEW_FILE_SYSTEM, dry: '-N' },
  mkswap: { level: 'destructive', why: 'makes a swap area, and what was there is lost', root: true },
  wipefs: {
    level: RO,
    root: true,
    dry: '-n --no-act',
    when: [{ has: '-a --all -o --offset', level: 'destructive', why: 'erases signatures from a device' }],
  },
  blkdiscard: { level: 'destructive', why: 'discards all data of a device', root: true },
  'fdisk cfdisk': {
    level: 'destructive',
    why: 'edits the partition table',
    root: true,
    when: [{ has: '-l --list -s --getsz -V --version -h --help', level: RO, root: true }],
  },
  sfdisk: {
    level: 'destructive',
    why: 'edits the partition table',
    root: true,
    dry: '-n --no-act',
    when: [
      {
        has: '-l --list -d --dump -s --show-size -F --list-free -V --verify -g --show-geometry -J --json -T --list-types',
        level: RO,
        root: true,
      },
    ],
  },
  'sgdisk gdisk': {
    level: 'destructive',
    why: 'edits the partition table',
    root: true,
    dry: '-P --pretend',
    when: [
      {
        has: '-p --print -i --info -v --verify -l -L --list-types -F -E -D',
        lacks: '-d --delete -Z --zap-all -z --zap -o --clear -n --new -t --typecode -R -G',
        level: RO,
        root: true,
      },
    ],
  },
  parted: {
    level: 'destructive',
    why: 'edits the partition table',
    root: true,
    when: [
      { has: '-l --list -v --version', level: RO, root: true },
      { text: /(?:^|\s)(?:unit\s+\S+\s+)?print(?:\s+\S+)?$/, level: RO, root: true },
    ],
  },
  partprobe: {
    level: 'changes',
    why: 'has the kernel read partition tables again',
    root: true,
    dry: '-d --dry-run -s --summary',
  },
  'fsck e2fsck fsck.ext4 fsck.ext3 fsck.ext2 fsck.vfat fsck.xfs fsck.btrfs dosfsck ntfsfix': {
    level: 'destructive',
    why: 'repairs a file system and may discard what it cannot repair',
    root: true,
    dry: '-n -N',
  },
  xfs_repair: {
    level: 'destructive',
    why: 'repairs a file system and may discard what it cannot repair',
    root: true,
    dry: '-n',
  },
  'tune2fs xfs_admin e2label': {
    level: 'changes',
    why: 'sets properties of a file system',
    root: true,
    when: [
      { has: '-l', level: RO, root: true },
      { most: 1, has: '-L', level: 'changes', root: true },
    ],
  },
  resize2fs: {
    level: 'changes',
    why: 'resizes a file system',
    root: true,
    when: [
      { has: '-M', level: 'destructive', why: 'shrinks a file system' },
      { has: '-P', level: RO },
      { least: 2, level: 'destructive', why: 'sets the size of a file system, which may shrink it' },
    ],
  },
  xfs_growfs: { level: 'changes', why: 'grows a file system', root: true, dry: '-n' },
  'dumpe2fs xfs_info blkid lsblk findmnt df du lsattr getfacl getfattr filefrag btrfs-find-root': {
    level: RO,
  },
  debugfs: { level: RO, root: true, when: [{ has: '-w', level: 'destructive', why: 'edits a file system' }] },
  xfs_db: { level: RO, root: true, when: [{ has: '-x', level: 'destructive', why: 'edits a file system' }] },
  fstrim: { level: 'changes', why: 'tells the disk which blocks are free', root: true, dry: '-n --dry-run' },
  mount: {
    level: 'changes',
    why: 'attaches a file system',
    root: true,
    when: [
      { has: '-l -V --version -h --help', most: 0, level: RO },
      { text: /^(?:-t \S+)?$/, level: RO },
    ],
  },
  'umount fusermount fusermount3': {
    level: 'changes',
    why: 'detaches a file system',
    root: true,
    when: [{ has: '-f --force -l --lazy', level: 'destructive', why: 'detaches a file system by force' }],
  },
  'swapon swapoff': {
    level: 'changes',
    why: 'switches swap areas',
    root: true,
    when: [
      { has: '-s --summary --show', level: RO },
      { text: /^$/, level: RO },
    ],
  },
  losetup: {
    level: 'changes',
    why: 'sets up loop devices',
    root: true,
    when: [
      { has: '-D --detach-all', level: 'destructive', why: 'detaches all loop devices' },
      { has: '-a --all -l --list -j', level: RO },
      { text: /^$/, level: RO },
    ],
  },
  'lvremove vgremove pvremove': {
    level: 'destructive',
    why: 'removes a volume',
    root: true,
    dry: '-t --test',
  },
  'lvreduce vgreduce': { level: 'destructive', why: 'shrinks a volume', root: true, dry: '-t --test' },
  lvresize: {
    level: 'changes',
    why: 'resizes a volume',
    root: true,
    dry: '-t --test',
    when: [
      {
        text: /(?:-L|--size|-l|--extents)[ =]?(?!\+)/,
        level: 'destructive',
        why: 'sets the size of a volume, which may shrink it',
      },
    ],
  },
  'lvcreate vgcreate vgextend lvextend lvchange vgchange pvchange pvresize lvrename vgrename vgimport vgexport lvscan-cache':
    {
      level: 'changes',
      why: 'changes logical volumes',
      root: true,
      dry: '-t --test',
      when: [{ text: /--merge/, level: 'destructive', why: 'rolls a volume back' }],
    },
  lvconvert: { level: 'destructive', why: 'converts or rolls back a volume', root: true },
  pvcreate: {
    level: 'destructive',
    why: 'makes a device a physical volume, and what was there is lost',
    root: true,
    dry: '-t --test',
  },
  pvmove: { level: 'changes', why: 'moves data between devices', root: true },
  'lvs vgs pvs lvdisplay vgdisplay pvdisplay lvscan vgscan pvscan lvmdiskscan pvck vgck': {
    level: RO,
    root: true,
  },
  lvm: {
    level: 'changes',
    root: true,
    sub: {
      'lvs vgs pvs lvdisplay vgdisplay pvdisplay version help fullreport': RO,
      'lvremove vgremove pvremove lvreduce vgreduce': {
        level: 'destructive',
        why: 'removes or shrinks a volume',
      },
    },
  },
  mdadm: {
    level: 'changes',
    why: 'changes a RAID array',
    root: true,
    when: [
      {
        has: '-D --detail -E --examine -Q --query --detail-platform --examine-bitmap -X -V --version',
        level: RO,
        root: true,
      },
      {
        has: '--zero-superblock -S --stop -f --fail -r --remove --set-faulty -C --create -B --build --kill-subarray -o',
        level: 'destructive',
        why: 'stops, fails or remakes parts of a RAID array',
        root: true,
      },
    ],
  },
  cryptsetup: {
    level: 'changes',
    root: true,
    sub: {
      'status luksDump isLuks luksUUID benchmark': { level: RO },
      'luksFormat erase luksErase luksRemoveKey luksKillSlot luksChangeKey reencrypt luksHeaderRestore plainFormat tcryptFormat':
        { level: 'destructive', why: 'destroys keys or data of an encrypted device' },
    },
  },
  veritysetup: { level: 'destructive', root: true, sub: { 'status dump verify': RO } },
  'zfs zpool': {
    level: 'changes',
    why: 'changes a pool or file system',
    root: true,
    dry: '-n',
    sub: {
      'list status get iostat history events version diff holds userspace groupspace bookmark-list mount-list help':
        { level: RO, when: [{ has: '-c', level: 'changes' }] },
      'destroy rollback labelclear remove detach offline export promote-old split unallow receive recv upgrade-all':
        { level: 'destructive', why: 'removes or overwrites data of a pool' },
      clear: { level: 'changes', why: 'clears error counts' },
      'add attach create online replace scrub snapshot set mount unmount clone rename import upgrade share send trim hold release inherit initialize':
        {
          level: 'changes',
          why: 'changes a pool or file system',
          when: [{ has: '-f -F', level: 'destructive', why: 'changes a pool by force' }],
        },
    },
  },
  btrfs: {
    level: 'changes',
    root: true,
    sub: {
      subvolume: {
        level: 'changes',
        sub: { 'list show find-new get-default': RO, 'delete d de del': removes('a subvolume') },
      },
      filesystem: { level: 'changes', sub: { 'show df usage du label': RO } },
      device: {
        level: 'changes',
        sub: { 'usage stats scan': RO, 'delete remove': removes('a device from the file system') },
      },
      'scrub balance': { level: 'changes', sub: { status: RO } },
      check: {
        level: RO,
        when: [
          {
            has: '--repair --init-csum-tree --init-extent-tree',
            level: 'destructive',
            why: 'repairs a file system and may discard data',
          },
        ],
      },
      'rescue restore': { level: 'destructive', why: 'repairs a file system and may discard data' },
      'quota qgroup property inspect-internal version help': { level: RO },
    },
  },
  hdparm: {
    level: RO,
    root: true,
    when: [
      {
        text: /--(?:security|trim|write|make-bad|repair|yes-i-know|fwdownload|dco|format)|-[BMSWyYZ]\s*\d*/,
        level: 'destructive',
        why: 'sets or erases a disk',
      },
    ],
  },
  smartctl: {
    level: RO,
    root: true,
    valued: '-d -l -t -n -q -s -o -S -f -T -v -B',
    when: [
      {
        has: '-t --test -s --smart -o -S --set -X --abort',
        level: 'changes',
        why: 'starts a test or sets a property of a disk',
      },
    ],
  },
  nvme: {
    level: 'destructive',
    why: 'acts on an NVMe device',
    root: true,
    sub: {
      'list list-subsys list-ns list-ctrl id-ctrl id-ns smart-log error-log fw-log get-feature get-log show-regs self-test-log endurance-log telemetry-log effects-log version help show-hostnqn discover device-self-test-log persistent-event-log sanitize-log get-property ns-descs id-nvmset id-uuid primary-ctrl-caps':
        { level: RO },
      'connect connect-all disconnect set-feature device-self-test attach-ns create-ns ns-rescan reg-write': {
        level: 'changes',
        why: 'changes an NVMe device',
      },
    },
  },
  sg_format: { level: 'destructive', why: 'formats a disk', root: true },
  sg_sanitize: { level: 'destructive', why: 'erases a disk', root: true },
  badblocks: {
    level: RO,
    root: true,
    when: [
      { has: '-w', level: 'destructive', why: 'overwrites the device while it tests' },
      { has: '-n', level: 'changes' },
    ],
  },
  fio: {
    level: 'destructive',
    why: 'writes test data, over a device or file where one is named',
    when: [
      { text: /--rw=(?:rand)?read\b/, level: 'changes', why: 'reads and lays out test files' },
      { has: '--version --help --parse-only --showcmd', level: RO },
    ],
  },
  testdisk: {
    level: 'destructive',
    why: 'edits partition tables',
    root: true,
    when: [{ text: /^\/list/, level: RO }],
  },
  photorec: { level: 'changes', why: 'writes recovered files' },
  mkinitcpio: { level: 'destructive', why: 'replaces the boot image', root: true },
  'update-initramfs dracut grub-install update-grub grub-mkconfig grub2-mkconfig grub2-install': {
    level: 'changes',
    why: 'changes how the machine starts',
    root: true,
    when: [
      { has: '-d --remove-kernel', level: 'destructive', why: 'removes a boot image' },
      { has: '-V --version -h --help', level: RO },
    ],
  },
  'efibootmgr bootctl grubby': {
    level: 'changes',
    why: 'changes how the machine starts',
    root: true,
    when: [
      { has: '-B --delete-bootnum --remove-kernel -d', level: 'destructive', why: 'removes a boot entry' },
      { text: /^(?:-v|status|list|is-installed)?$/, level: RO },
      { has: '--info --default-kernel', level: RO },
    ],
  },
  logrotate: {
    level: 'changes',
    why: 'rotates logs, and removes the oldest',
    root: true,
    dry: '-d --debug',
    when: [{ has: '-f --force', level: 'destructive', why: 'rotates all logs now, and removes the oldest' }],
  },
  'tmpreaper tmpwatch': { level: 'destructive', why: 'removes old files', dry: '-t --test' },
  'systemd-tmpfiles': {
    level: 'changes',
    root: true,
    when: [
      { has: '--clean --remove --purge', level: 'destructive', why: 'removes files as its settings say' },
      { has: '--cat-config --help --version', level: RO },
    ],
  },
  fuser: {
    level: RO,
    when: [{ has: '-k --kill', level: 'destructive', why: 'kills the processes that use a file' }],
  },
};
