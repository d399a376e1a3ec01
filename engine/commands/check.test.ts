import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { CommandCheck } from '../contract/commands';
import { createCommandKnowledge, type ProgramKnowledge } from '../knowledge/command-knowledge';
import type { CommandKnowledge, CommandSpec, OptionSpec } from '../knowledge/command-spec';
import { builtSpecs } from '../knowledge/fig/built-specs';
import type { MachineView } from './analyzers/analyzer';
import { checkCommand } from './check';
import { explainCommand } from './explain';
import { loadParserFromNodeModules } from './parse/node-modules-parser';
import type { ShellParser } from './parse/syntax';
import { DESTRUCTIVE, READ_ONLY_COMMANDS } from './rated-lists.test-data';
import { rateText } from './risk';

let parser: ShellParser;
beforeAll(async () => {
  parser = await loadParserFromNodeModules();
});

const option = (names: string, argument: OptionSpec['argument'] = 'none', description = ''): OptionSpec => ({
  names: names.split(' '),
  argument,
  argumentName: argument === 'none' ? '' : 'VALUE',
  description,
});
const spec = (name: string, options: OptionSpec[], more: Partial<CommandSpec> = {}): CommandSpec => ({
  names: [name],
  description: `About ${name}.`,
  source: { kind: 'man', name: `man ${name}(1)` },
  options,
  subcommands: [],
  takesSubcommand: 'never',
  complete: true,
  optionStyle: 'clustered',
  ...more,
});

const SPECS: readonly CommandSpec[] = [
  spec('ls', [
    option('-l', 'none', 'Long form.'),
    option('-a --all', 'none', 'All files.'),
    option('-h --human-readable'),
    option('--color', 'optional'),
  ]),
  spec('tail', [option('-n --lines', 'required', 'How many lines.'), option('-f --follow', 'optional')]),
  spec(
    'find',
    [option('-name', 'required'), option('-type', 'required'), option('-exec', 'several'), option('-delete')],
    { optionStyle: 'whole' },
  ),
  spec('sudo', [option('-u --user', 'required', 'Run as this user.'), option('-n')]),
  spec('foo', [option('-x')], { complete: false }),
  spec('git', [option('-C', 'required')], {
    takesSubcommand: 'optional',
    subcommands: [
      spec('commit', [option('-m --message', 'required', 'The message.'), option('--amend')]),
      spec('status', [option('-s --short')]),
    ],
  }),
  spec('kubectl', [option('-n --namespace', 'required')], {
    takesSubcommand: 'required',
    subcommands: [spec('get', [option('-o --output', 'required'), option('-A --all-namespaces')])],
  }),
  spec('openssl', [], {
    takesSubcommand: 'required',
    subcommands: [spec('enc', [option('-in', 'required')], { optionStyle: 'whole' })],
  }),
  spec('grep', [option('-NUM'), option('-r'), option('-i'), option('-e', 'required')]),
];
const NAMES = [
  ...SPECS.map(({ names }) => names[0] ?? ''),
  'cat',
  'awk',
  'sed',
  'curl',
  'date',
  'systemctl',
  'ssh',
  'docker',
  'rm',
  'mkdir',
];
const knowledge: CommandKnowledge = {
  spec: (program) => SPECS.find(({ names }) => names.includes(program)) ?? null,
  program: (word) =>
    word === 'cd' || word === 'echo'
      ? 'builtin'
      : word === 'dcgmi'
        ? 'documented'
        : NAMES.includes(word)
          ? 'installed'
          : 'unknown',
  names: () => NAMES,
};
const machine = (platform: MachineView['platform'] = 'gnu', ...paths: string[]): MachineView => ({
  cwd: '/home/x',
  platform,
  pathExists: (path) => paths.includes(path),
});
const check = (text: string, view: MachineView | null = null) =>
  checkCommand(text, { parser, knowledge, machine: view });
const found = (text: string, view: MachineView | null = null) =>
  check(text, view).findings.map(
    ({ kind, severity, start, end }) => `${severity} ${kind}: ${text.slice(start, end)}`,
  );

describe('findings', () => {
  it('says nothing of right commands', () => {
    for (const text of [
      'ls -la --color=auto x',
      'ls -- -z',
      'grep -r5 x',
      'openssl enc -aes-256-cbc -in x',
      'tail -n5 x',
      'tail -n 5 x',
      'tail -fn 5 x',
      'tail --lines=5 x',
      'tail -5 x',
      'tail --line=5 x',
      'find . -name "*.c" -type f',
      'sudo -u x ls -l',
      'git commit -m "-x y"',
      'git -C /x status -s',
      'kubectl -n x get pods -o yaml',
      'git commit -m=x',
      'f() { ls; }; f',
      'find . -exec ls -l {} \\;',
      'ls $X -l',
      'docker exec c bar --unknown',
      "ssh h 'nothing'",
    ])
      expect([text, found(text)]).toEqual([text, []]);
  });

  it.each([
    ['ls "x', ['error syntax: "x']],
    ['grep --frob x', ['error unknown-option: --frob']],
    ['openssl enc -aes-257-cbc -in x', ['error unknown-option: -aes-257-cbc']],
    ['lss -l', ['error unknown-program: lss']],
    ['dcgmi diag', ['warning not-installed: dcgmi']],
    ['docker exec c ls --colour', ['warning unknown-option: --colour']],
    ['ls -lz', ['error unknown-option: -lz']],
    ['ls --colour', ['error unknown-option: --colour']],
    ['ls --all=x', ['error unexpected-argument: --all=x']],
    ['tail -n', ['error missing-argument: -n']],
    ['foo -y', ['warning unknown-option: -y']],
    ['git comit -m x', ['error unknown-subcommand: comit']],
    ['kubectl gt pods', ['error unknown-subcommand: gt']],
    ['sudo -z ls', ['error unknown-option: -z']],
    ['sudo ls -z', ['error unknown-option: -z']],
    ['find . -nmae x', ['error unknown-option: -nmae']],
    ['find . -exec ls {}', ['error missing-argument: -exec']],
    ['find . -name *.c', ['warning quoting: *.c']],
    ['grep -r foo* .', ['warning quoting: foo*']],
    ['awk "{print $1}" x', ['error quoting: "{print $1}"']],
    ['curl http://x?a=1&b=2', ['error quoting: http://x?a=1&']],
    ['ls \u2013l', ['error quoting: \u2013l']],
  ])('%s', (text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it('names what was likely meant', () => {
    const message = (text: string) => check(text).findings[0]?.message;
    expect(message('sytemctl')).toBe('No program sytemctl is known; systemctl may be meant.');
    expect(message('ls --colour')).toBe('ls has no option --colour; --color may be meant.');
    expect(message('git comit')).toBe('git has no subcommand comit; commit may be meant.');
  });

  it('warns of files that are not there, but not of those that the command makes or that stand elsewhere', () => {
    const view = machine('gnu', '/etc/hosts');
    expect(found('cat /etc/hosts /x', view)).toEqual(['warning missing-path: /x']);
    expect(found('cat < ./a', view)).toEqual(['warning missing-path: ./a']);
    for (const text of [
      'mkdir /y && cd /y',
      "ssh h 'cat /x'",
      'docker exec c cat /x',
      'cat /var/APP/x.log',
      'cat /y/*.c',
      'curl -o /x http://h',
      'echo /x',
    ])
      expect([text, found(text, view)]).toEqual([text, []]);
  });

  it('knows what differs between systems', () => {
    expect(found("sed -i 's/a/b/' /x", machine('bsd', '/x'))).toEqual(["error platform: sed -i 's/a/b/' /x"]);
    expect(found("sed -i '' 's/a/b/' /x", machine('gnu', '/x'))).toHaveLength(1);
    expect(found("sed -i '' 's/a/b/' /x", machine('bsd', '/x'))).toEqual([]);
    expect(found('date -d yesterday', machine('bsd'))).toHaveLength(1);
    expect(found('grep -rP x .', machine('busybox')).join()).toMatch(/platform/);
  });
});

describe('findings with the knowledge that ships', () => {
  let shipped: ProgramKnowledge;
  let onPath: ProgramKnowledge;
  beforeAll(() => {
    const common = { manFolders: [], specsFile: builtSpecs(), platform: 'linux' as const };
    shipped = createCommandKnowledge({ path: '', ...common, fixed: true });
    onPath = createCommandKnowledge({ path: '/nowhere', ...common });
  }, 120_000);
  const kinds = (text: string, with_ = shipped) =>
    checkCommand(text, { parser, knowledge: with_ }).findings.map(
      ({ kind, severity, start, end }) => `${severity} ${kind}: ${text.slice(start, end)}`,
    );

  it.each([
    // What is right, and beside it what is not.
    ['gpg -e -r a@example.com notes.txt', []],
    ['gpg --encripter notes.txt', ['warning unknown-option: --encripter']],
    ['dig example.com +short', []],
    ['dpkg-query -W bash', []],
    ['dpkg-query --frob', ['error unknown-option: --frob']],
    ['sudo chattr -i x', []],
    ['sudo chattr -iq x', ['error unknown-option: -iq']],
    ['zgrep -i x y.gz', []],
    ['zgrep --frobnicate x y.gz', ['error unknown-option: --frobnicate']],
    ['sudo -iu postgres', []],
    ['sudo -y ls', ['error unknown-option: -y']],
    ['bash -eux x.sh', []],
    ['bash --frobnicate x.sh', ['warning unknown-option: --frobnicate']],
    ['kubectl api-resources --namespaced=true', []],
    ['kubectl api-resources --no-headers=maybe', ['warning unexpected-argument: --no-headers=maybe']],
    ['kubectl top pods -A --sort-by=cpu', []],
    ['kubectl gett pods', ['warning unknown-subcommand: gett']],
    ['kubectl auth can-i --list', []],
    ['kubectl auth frob', ['warning unknown-subcommand: frob']],
    ['aws s3 sync a s3://b --delete', []],
    ['aws s3 sync a s3://b --deleet', ['error unknown-option: --deleet']],
    ['docker run --rm --entrypoint sh IMAGE', []],
    ['docker run --rmm IMAGE', ['warning unknown-option: --rmm']],
    ['docker psx', ['error unknown-subcommand: psx']],
    ['find . -perm -u+x', []],
    ['find . -perms -u+x', ['error unknown-option: -perms', 'error unknown-option: -u+x']],
    ['find . -exec ls {} \\; -name', ['error missing-argument: -name']],
    ['systemd-cgtop -m', []],
    ['journalctl -b', []],
    ['journalctl -u', ['error missing-argument: -u']],
    ['git diff --stat', []],
    ['git diff --sata', ['warning unknown-option: --sata']],
    ['mpirun --mca btl tcp,self ./x', []],
    ['nsys stats --report x y.nsys-rep', []],
    ['sbatch -N 1 train.sh', []],
    ['sudo -u x COMMAND', []],
    ['frobnicate x', ['warning unknown-program: frobnicate']],
    ['7z x a.7z', []],
  ])('%s', (text, expected) => {
    expect(kinds(text)).toEqual(expected);
  });

  it('calls an unknown program an error only where PATH was read, and a known one not installed', () => {
    expect(kinds('frobnicate x', onPath)).toEqual(['error unknown-program: frobnicate']);
    expect(kinds('swanctl --list-sas', onPath)).toEqual(['warning not-installed: swanctl']);
    // Only the rating knows these.
    expect(kinds('atrm 3', onPath)).toEqual(['warning not-installed: atrm']);
  });

  it('takes documented values of an option for no placeholders', () => {
    const names = (text: string) =>
      checkCommand(text, { parser, knowledge: shipped }).placeholders.map(({ name }) => name);
    expect(names('sacct -s FAILED,TIMEOUT')).toEqual([]);
    expect(names('nvidia-smi -q -d SUPPORTED_CLOCKS')).toEqual([]);
    expect(names('timeout TIMEOUT ls DIR_NAME')).toEqual(['TIMEOUT', 'DIR_NAME']);
    expect(names('sacct -u TIMEOUT')).toEqual(['TIMEOUT']);
    expect(names('docker run --cap-add NET_BIND_SERVICE IMAGE')).toEqual(['IMAGE']);
    expect(names('NCCL_DEBUG_SUBSYS=INIT,NET ./x FILE')).toEqual(['FILE']);
    expect(names('kubectl get pods -o custom-columns=POD:.metadata.name,NODE:.spec.nodeName')).toEqual([]);
  });
});

describe('machine and names of the user', () => {
  it('knows whether a file would be overwritten', () => {
    expect(check('ls > /new', machine()).level).toBe('changes');
    expect(check('ls > /old', machine('gnu', '/old')).level).toBe('destructive');
    expect(check('cp a /old', machine('gnu', '/old')).level).toBe('destructive');
    expect(check('cp -n a /old', machine('gnu', '/old')).level).toBe('changes');
    expect(check('ssh h "ls > /new"', machine()).level).toBe('destructive');
  });
  it('does not take what sets for what shows', () => {
    const levels = (texts: string[]) => texts.map((text) => check(text).level);
    expect(
      levels([
        'mkfs.vfat -n LABEL /dev/sdb1',
        'ss -K dst 10.0.0.1',
        'usermod -l new old',
        'prlimit --pid 12 --nofile=100',
        'update-grub',
        'resolvectl dns eth0 1.1.1.1',
        'nvidia-smi pci -cErrCnt',
        'ionice -c3 -p 12',
      ]),
    ).not.toContain('read-only');
    const shown = [
      'mkfs.ext4 -n /dev/sdb1',
      'ss -tlnp',
      'chsh -l',
      'prlimit --pid 12',
      'resolvectl dns',
      'ionice -p 12',
    ];
    expect(new Set(levels([...shown, 'nvidia-smi pci -gErrCnt', 'efibootmgr']))).toEqual(
      new Set(['read-only']),
    );
  });
  it('reads aliases and functions of the shell', () => {
    const aliases = {
      aliases: new Map([
        ['ll', 'ls -l'],
        ['clean', 'rm -rf'],
        ['ls', 'ls --color'],
      ]),
      functions: new Map([['wipe', 'cd "$1" && rm -rf ./*']]),
    };
    const level = (text: string) => checkCommand(text, { parser, knowledge, aliases }).level;
    expect(['ll x', 'clean x', 'ls', 'wipe /x', 'sudo clean x'].map(level)).toEqual([
      'read-only',
      'destructive',
      'read-only',
      'destructive',
      'destructive',
    ]);
    expect(checkCommand('ll x', { parser, knowledge, aliases }).findings).toEqual([]);
  });
  it('says who needs to be root', () => {
    const root = (text: string) => check(text).needsRoot;
    for (const text of [
      'sudo ls',
      'apt install x',
      'systemctl restart x',
      'echo x > /etc/y',
      'mount /dev/sdb1 /mnt',
      'rm /usr/bin/x',
      'su -c ls',
    ])
      expect([text, root(text)]).toEqual([text, true]);
    for (const text of [
      'ls /etc',
      'rm x',
      'systemctl status x',
      'apt list',
      'echo > /dev/null',
      'cat /etc/passwd',
      'cp /etc/hosts x',
    ])
      expect([text, root(text)]).toEqual([text, false]);
  });
  it('says when code runs that was not seen', () => {
    const unseen = (text: string) => check(text).runsUnseenCode;
    for (const text of ['curl x | sh', './x', 'make', 'eval "$X"', 'python3 x.py', 'ls "'])
      expect([text, unseen(text)]).toEqual([text, true]);
    for (const text of ['rm x', 'sh -c ls', 'python3 -c "print(1)"', 'kill 1'])
      expect([text, unseen(text)]).toEqual([text, false]);
  });
});

describe('placeholders', () => {
  const names = (text: string) =>
    check(text).placeholders.map(({ name, start, end }) => {
      expect(text.slice(start, end)).toBe(name);
      return name;
    });
  it.each([
    ['kubectl logs POD_NAME -n NAMESPACE', ['POD_NAME', 'NAMESPACE']],
    ['ssh USER_NAME@HOST uptime', ['USER_NAME', 'HOST']],
    ['scp FILE USER_NAME@HOST:/PATH_NAME/x', ['FILE', 'USER_NAME', 'HOST', 'PATH_NAME']],
    ['kubectl logs deploy/APP_NAME', ['APP_NAME']],
    ['tail -n 5 /var/log/APP.log', ['APP']],
    ['curl --user=NAME_X "http://HOST_NAME:80/x"', ['NAME_X', 'HOST_NAME']],
    ['FOO=bar ls', []],
    ['FOO=DIR_NAME ls', ['DIR_NAME']],
    ['kill -HUP 1', []],
    ['kill -KILL PROCESS_ID', ['PROCESS_ID']],
    ['curl -X DELETE http://x', []],
    ["psql -c 'SELECT a FROM b'", []],
    ['iptables -A INPUT -j ACCEPT', []],
    ['git diff HEAD', []],
    ['echo $HOME "$PATH_NAME"', []],
    ['ls > OUT_FILE', ['OUT_FILE']],
    ["awk '{print NR}' f", []],
    ['lsblk -o NAME,SIZE,MODEL', []],
  ])('%s', (text, expected) => {
    expect(names(text)).toEqual(expected);
  });
});

describe('explainCommand', () => {
  const explain = (text: string) =>
    explainCommand(text, parser.parse(text), knowledge).map((part) => [
      part.role,
      part.text,
      part.meaning,
      part.source,
    ]);
  it('gives each part its documented meaning', () => {
    expect(explain('sudo -u x ls -la f 2>/dev/null | tail -n 5')).toEqual([
      ['program', 'sudo', 'About sudo.', 'man sudo(1)'],
      ['option', '-u', 'Run as this user.', 'man sudo(1)'],
      ['argument', 'x', 'VALUE of -u.', 'man sudo(1)'],
      ['program', 'ls', 'About ls.', 'man ls(1)'],
      ['option', '-la', '-l: Long form; -a: All files', 'man ls(1)'],
      ['argument', 'f', null, null],
      ['redirection', '2>/dev/null', 'Throws errors away.', 'man bash(1)'],
      ['operator', '|', 'The output of the left command is the input of the right one.', 'man bash(1)'],
      ['program', 'tail', 'About tail.', 'man tail(1)'],
      ['option', '-n', 'How many lines.', 'man tail(1)'],
      ['argument', '5', 'VALUE of -n.', 'man tail(1)'],
    ]);
    expect(explain('A=1 git commit -m x')).toEqual([
      ['assignment', 'A=1', 'Sets A for this command alone.', 'man bash(1)'],
      ['program', 'git', 'About git.', 'man git(1)'],
      ['subcommand', 'commit', 'About commit.', 'man commit(1)'],
      ['option', '-m', 'The message.', 'man commit(1)'],
      ['argument', 'x', 'VALUE of -m.', 'man commit(1)'],
    ]);
  });
});

describe('preview', () => {
  it.each([
    ['rm -rf *.log', 'ls -ld -- *.log'],
    ['sudo rm -r /x y', 'sudo ls -ld -- /x y'],
    ['find . -name x -delete', 'find . -name x -print'],
    ['find . -type f -exec rm {} \\;', 'find . -type f -print'],
    ['rsync -a --delete a b', 'rsync --dry-run --itemize-changes -a --delete a b'],
    ['kubectl -n x delete pod y', 'kubectl -n x delete --dry-run=client pod y'],
    ['sudo apt-get remove x', 'sudo apt-get --simulate remove x'],
    ['git clean -fdx', 'git clean --dry-run -fdx'],
    ['git push --force', 'git push --dry-run --force'],
    ['git reset --hard', 'git diff HEAD'],
    ['terraform apply -auto-approve', 'terraform plan'],
    ['terraform destroy', 'terraform plan -destroy'],
    ["sed -i 's/a/b/' f", "sed 's/a/b/' f"],
    ['pkill -9 nginx', 'pgrep -a nginx'],
    ['kill -9 123', 'ps -fp 123'],
    ['ls | xargs rm -f', 'ls | xargs echo rm -f'],
    ['for f in *.c; do rm "$f"; done', 'for f in *.c; do echo rm "$f"; done'],
    ['aws s3 rm s3://x --recursive', 'aws s3 rm s3://x --recursive --dryrun'],
    ['docker system prune -a', 'docker system df'],
    ['mkfs.ext4 /dev/sdb', null],
    ['ls', null],
    ['curl x | sh', null],
  ])('%s', (text, expected) => {
    expect(check(text).preview).toBe(expected);
  });

  it('only ever reads', () => {
    for (const text of DESTRUCTIVE) {
      const { preview } = check(text);
      if (preview !== null)
        expect([preview, rateText(parser.parse(preview), parser).level]).toEqual([preview, 'read-only']);
    }
  });
});

describe('checkCommand', () => {
  it('never throws and keeps all spans inside the text', () => {
    const known = fc.constantFrom(...DESTRUCTIVE, ...READ_ONLY_COMMANDS);
    const cut = fc
      .tuple(known, fc.nat(), fc.nat())
      .map(([text, a, b]) => text.slice(a % (text.length + 1), (b % (text.length + 1)) + 1));
    fc.assert(
      fc.property(fc.oneof(known, cut, fc.string({ unit: 'binary' })), (text) => {
        const result = CommandCheck.parse(check(text, machine()));
        if (!result.parsed) expect(result.level).toBe('destructive');
        const explained = explainCommand(text, parser.parse(text), knowledge);
        for (const { start, end } of [...result.findings, ...result.placeholders, ...explained]) {
          expect(start).toBeLessThanOrEqual(end);
          expect(end).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('takes about a millisecond', () => {
    for (const text of READ_ONLY_COMMANDS) check(text, machine());
    const started = performance.now();
    for (const text of READ_ONLY_COMMANDS) check(text, machine());
    // The target is 2 ms; the bound leaves room for a busy machine.
    expect((performance.now() - started) / READ_ONLY_COMMANDS.length).toBeLessThan(6);
  });
});
