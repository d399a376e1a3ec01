import type { ValueKind } from '../../knowledge/value-forms';

export type SlotKinds = ReadonlySet<ValueKind | 'word'>;

export const kinds = (text: string) => new Set(text.split(' ') as (ValueKind | 'word')[]);
export const NAMES = kinds('name word quoted file host path glob address');
export const FILES = kinds('path file quoted glob name');
const HOSTS = kinds('host address name word');
const NUMBERS = kinds('number');
const KINDS_BY_NAME: readonly (readonly [form: RegExp, kinds: SlotKinds])[] = [
  [/^TAG$|VERSION/, kinds('name number word')],
  [/URL|LINK|ENDPOINT|REGISTRY/, kinds('url host address path')],
  [/MINUTES|SECONDS|HOURS|DAYS|SINCE|DURATION|INTERVAL|TIMEOUT|WALLTIME|AGE/, kinds('duration number')],
  [/SIZE|MEMORY|BYTES|LIMIT|MEGA|GIGA/, kinds('size number')],
  [
    /PORT|COUNT|NUM|^N$|PID|INDEX|LINES?$|WATTS?|MHZ|CLOCK|REPLICAS|REVISION|LEVEL|PERCENT|RANKS|TASKS|MODE$/,
    kinds('number name'),
  ],
  [/^(?:GPU|GPU_ID|GPU_INDEX|DEVICE_ID|JOB_?ID|GROUP_?ID|ID|CARD)$/, kinds('number name')],
  [/IP|ADDRESS|SUBNET|CIDR|GATEWAY/, kinds('address host name')],
  [/HOST|SERVER|NODE|MACHINE|REMOTE|DOMAIN|PEER/, HOSTS],
  [/FILE|ARCHIVE|SCRIPT|MANIFEST|PLAYBOOK|CHART|VALUES|CERT|KEY|IMAGE_TAR|BINARY|EXECUTABLE/, FILES],
  [/DIR|FOLDER|PATH|SOURCE|TARGET|DEST|MOUNT|POINT|OUTPUT|INPUT|PREFIX/, FILES],
  [
    /PATTERN|TEXT|WORD|STRING|REGEX|MESSAGE|QUERY|EXPR|TERM|OLD|NEW/,
    kinds('quoted word name path address host number file'),
  ],
];

/** What a placeholder takes, by its name. */
export function placeholderKinds(name: string): SlotKinds {
  return KINDS_BY_NAME.find(([form]) => form.test(name))?.[1] ?? NAMES;
}

/** What takes the place of a value of this kind. */
export const SAME_KIND: Readonly<Partial<Record<ValueKind, SlotKinds>>> = {
  number: NUMBERS,
  size: kinds('size'),
  duration: kinds('duration'),
  path: FILES,
  file: FILES,
  glob: kinds('glob file'),
  host: HOSTS,
  address: HOSTS,
  url: kinds('url host'),
  quoted: kinds('quoted word name'),
  name: kinds('name word number file host'),
};
