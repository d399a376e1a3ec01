import type { CommandFinding } from '../../contract/commands';
import type { MachineView } from '../analyzers/analyzer';
import { baseName } from '../unwrap/program-name';
import type { CommandUse } from './uses';

interface Difference {
  readonly program: RegExp;
  /** Arguments, joined by blanks. */
  readonly args: RegExp;
  /** Where it does not work. */
  readonly missing: readonly MachineView['platform'][];
  readonly message: string;
}

/** What the manuals of GNU, BSD (macOS) and busybox say differently, of what stands in everyday commands. */
const DIFFERENCES: readonly Difference[] = [
  {
    program: /^sed$/,
    args: /(?:^|\s)-i(?:\s+(?!''|"")|$)/,
    missing: ['bsd'],
    message: "sed -i needs an ending for the copy here: sed -i ''.",
  },
  {
    program: /^sed$/,
    args: /(?:^|\s)-r(?:\s|$)/,
    missing: ['bsd'],
    message: 'sed has -E for extended patterns here, not -r.',
  },
  {
    program: /^grep$/,
    args: /(?:^|\s)-[a-zA-Z]*P/,
    missing: ['bsd', 'busybox'],
    message: 'grep has no Perl patterns (-P) here; -E may do.',
  },
  {
    program: /^date$/,
    args: /(?:^|\s)(?:-d|--date)/,
    missing: ['bsd'],
    message: 'date reads other times with -v or -j -f here, not with -d.',
  },
  {
    program: /^date$/,
    args: /(?:^|\s)-v\s*[+-]?\d/,
    missing: ['gnu', 'busybox'],
    message: 'date has no -v here; use -d.',
  },
  {
    program: /^date$/,
    args: /--iso-8601|(?:^|\s)-I\w*s/,
    missing: ['bsd'],
    message: 'date has no such ISO form here.',
  },
  {
    program: /^stat$/,
    args: /(?:^|\s)(?:-c|--format|--printf)/,
    missing: ['bsd'],
    message: 'stat takes its form with -f here, not with -c.',
  },
  {
    program: /^stat$/,
    args: /(?:^|\s)-f\s*['"]?%/,
    missing: ['gnu', 'busybox'],
    message: 'stat takes its form with -c here; -f asks for the file system.',
  },
  {
    program: /^readlink$/,
    args: /(?:^|\s)-[em]/,
    missing: ['bsd', 'busybox'],
    message: 'readlink has no such option here; -f may do.',
  },
  {
    program: /^find$/,
    args: /(?:^|\s)-printf(?:\s|$)/,
    missing: ['bsd', 'busybox'],
    message: 'find has no -printf here.',
  },
  {
    program: /^find$/,
    args: /(?:^|\s)-regextype(?:\s|$)/,
    missing: ['bsd', 'busybox'],
    message: 'find has no -regextype here.',
  },
  {
    program: /^xargs$/,
    args: /(?:^|\s)-(?:d|a)(?:\s|$)|--delimiter/,
    missing: ['bsd', 'busybox'],
    message: 'xargs has no such option here.',
  },
  {
    program: /^ps$/,
    args: /--(?:sort|forest|ppid|no-headers)/,
    missing: ['bsd', 'busybox'],
    message: 'ps has no such option here.',
  },
  {
    program: /^ps$/,
    args: /^-?[a-zA-Z]*(?:aux|ef)/,
    missing: ['busybox'],
    message: 'ps of busybox takes no such options and shows all processes anyway.',
  },
  {
    program: /^head$/,
    args: /(?:^|\s)-[nc]\s*-\d/,
    missing: ['bsd'],
    message: 'head takes no negative counts here.',
  },
  {
    program: /^(?:du|ls|cp|mv|rm|mkdir|cat|sort|uniq|wc|cut|tail|head|tr|chmod|chown|df|ln|touch)$/,
    args: /(?:^|\s)--(?!$|\s)[a-z]/,
    missing: ['bsd'],
    message: 'This program has no long options here.',
  },
  {
    program: /^ls$/,
    args: /--(?:time-style|hyperlink|quoting-style|block-size)/,
    missing: ['busybox'],
    message: 'ls has no such option here.',
  },
  {
    program: /^cp$/,
    args: /--(?:reflink|sparse|backup|update)/,
    missing: ['busybox'],
    message: 'cp has no such option here.',
  },
  {
    program: /^du$/,
    args: /(?:^|\s)-b(?:\s|$)|--(?:apparent-size|max-depth|exclude)/,
    missing: ['busybox'],
    message: 'du has no such option here; -d sets the depth.',
  },
  {
    program: /^tar$/,
    args: /--(?:wildcards|transform|exclude-vcs|warning|checkpoint)/,
    missing: ['bsd', 'busybox'],
    message: 'tar has no such option here.',
  },
  { program: /^base64$/, args: /(?:^|\s)-w(?:\s|\d)/, missing: ['bsd'], message: 'base64 has no -w here.' },
  {
    program: /^(?:md5|pbcopy|pbpaste|launchctl|dscl|sw_vers|diskutil)$/,
    args: /^/,
    missing: ['gnu', 'busybox'],
    message: 'This program belongs to macOS.',
  },
  {
    program: /^(?:systemctl|journalctl|ip|ss|lsblk|free|apt|apt-get|dnf|yum|useradd)$/,
    args: /^/,
    missing: ['bsd'],
    message: 'This program belongs to Linux.',
  },
];

const SYSTEM_NAMES = { gnu: 'GNU', bsd: 'BSD and macOS', busybox: 'busybox' } as const;

/** Options that the variant of the tools on this machine lacks. */
export function platformFindings(
  uses: readonly CommandUse[],
  platform: MachineView['platform'],
): CommandFinding[] {
  return uses.flatMap(({ program, args, place }) => {
    if (place !== 'here') return [];
    const name = baseName(program.text);
    const joined = args.map(({ text }) => (text === '' ? "''" : text)).join(' ');
    const found = DIFFERENCES.find(
      (each) => each.missing.includes(platform) && each.program.test(name) && each.args.test(joined),
    );
    const bsdSed =
      platform !== 'bsd' &&
      name === 'sed' &&
      args.some(({ text }, index) => text === '-i' && args[index + 1]?.text === '');
    const message = bsdSed ? "sed -i takes no separate ending here: leave '' out." : found?.message;
    if (!message) return [];
    return [
      {
        kind: 'platform' as const,
        severity: 'error' as const,
        message: `${message} (${SYSTEM_NAMES[platform]})`,
        start: program.start,
        end: args.at(-1)?.end ?? program.end,
      },
    ];
  });
}
