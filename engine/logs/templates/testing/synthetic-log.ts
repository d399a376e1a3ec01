/** A made-up log whose true templates are known: for tuning and testing without any system's real log. */
export interface SyntheticLog {
  readonly lines: readonly string[];
  /** Number of each line's template. */
  readonly truth: readonly string[];
}

/** A sequence of numbers in 0..1 that is the same for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

type Random = () => number;
const pick = <T>(random: Random, values: readonly T[]): T =>
  values[Math.floor(random() * values.length)] as T;
const between = (random: Random, from: number, to: number) => from + Math.floor(random() * (to - from + 1));
const hex = (random: Random, length: number) =>
  Array.from({ length }, () => between(random, 0, 15).toString(16)).join('');
const pad = (value: number, width = 2) => String(value).padStart(width, '0');

const SYLLABLES = 'ka lo mi ren ta vor sel dun ash bri col den fen gar hol iv jor kel lun mar nor pel'.split(
  ' ',
);
const word = (random: Random) =>
  Array.from({ length: between(random, 2, 3) }, () => pick(random, SYLLABLES)).join('');
const several = <T>(random: Random, most: number, make: () => T) =>
  Array.from({ length: between(random, 1, most) }, make);

/** What stands in a template's places, by name. */
export const kinds: Readonly<Record<string, (random: Random) => string>> = {
  user: (r) => word(r),
  host: (r) =>
    pick(r, [
      `${word(r)}-${between(r, 1, 40)}`,
      `${word(r)}.${word(r)}.example.com`,
      `node${between(r, 1, 99)}`,
    ]),
  ip: (r) => Array.from({ length: 4 }, () => between(r, 1, 254)).join('.'),
  port: (r) => String(between(r, 1024, 65535)),
  int: (r) => String(between(r, 0, 10 ** between(r, 1, 6))),
  float: (r) => (r() * 1000).toFixed(between(r, 1, 4)),
  percent: (r) => `${between(r, 0, 100)}%`,
  size: (r) => `${(r() * 900).toFixed(1)} ${pick(r, ['B', 'KB', 'MB', 'GB'])}`,
  glued: (r) => `${between(r, 1, 900)}${pick(r, ['B', 'KB', 'MB', 'ms', 's'])}`,
  duration: (r) =>
    pick(r, [
      `${between(r, 1, 900)}ms`,
      `${(r() * 9).toFixed(3)}s`,
      `${between(r, 1, 9)}m${between(r, 1, 59)}s`,
    ]),
  hex: (r) => `0x${hex(r, between(r, 4, 12))}`,
  id: (r) => hex(r, 12),
  uuid: (r) => [8, 4, 4, 4, 12].map((length) => hex(r, length)).join('-'),
  path: (r) => `/${several(r, 4, () => word(r)).join('/')}${pick(r, ['', '.log', '.db', '.conf'])}`,
  file: (r) => `${word(r)}.${pick(r, ['txt', 'xml', 'jar', 'py'])}`,
  url: (r) => `https://${word(r)}.example.org/${several(r, 3, () => word(r)).join('/')}`,
  class: (r) =>
    `com.acme.${word(r)}.${pick(r, ['Net', 'Disk', 'User', 'Job', 'Cache'])}${pick(r, ['Manager', 'Pool', 'Reader'])}`,
  list: (r) => `[${several(r, 5, () => word(r)).join(', ')}]`,
  numbers: (r) => `[${several(r, 6, () => between(r, 0, 99)).join(', ')}]`,
  version: (r) => `${between(r, 0, 9)}.${between(r, 0, 20)}.${between(r, 0, 20)}`,
  date: (r) => `2024-${pad(between(r, 1, 12))}-${pad(between(r, 1, 28))}`,
  name: (r) =>
    pick(r, ['Net', 'Disk', 'User', 'Job', 'Cache', 'Index', 'Queue', 'Lock', 'Timer', 'Audit']) +
    pick(r, ['Manager', 'Pool', 'Reader', 'Task']),
  state: (r) => pick(r, ['NEW', 'QUEUED', 'RUNNING', 'BLOCKED', 'DRAINING', 'DONE', 'FAILED', 'LOST']),
  boolean: (r) => pick(r, ['true', 'false']),
  json: (r) => `{"id":${between(r, 1, 999)},"name":"${word(r)}","tags":["${word(r)}"]}`,
  quoted: (r) => several(r, 3, () => word(r)).join(' '),
};

/** `{kind}` is a variable. Written for this test: none comes from a real system's log. */
export const templates: readonly string[] = [
  'Connection from {ip}:{port} accepted',
  'Connection from {ip}:{port} closed after {duration}',
  'Connection to {host}:{port} refused, retrying in {int} seconds',
  'user {user} logged in from {ip}',
  'user {user} logged out',
  'Session {id} opened for user {user}',
  'Session {id} expired',
  '{user} is not in the list of operators; this attempt is reported',
  'Starting worker {int}',
  'Stopping worker {int}',
  'Started unit {name}',
  'Stopped unit {name}',
  'Job {int} moved from {state} to {state}',
  'Job {int} finished in {duration} with status {int}',
  'Reading configuration from {path}',
  'Cannot open {path}: No such file or directory',
  'Cannot open {path}: Permission denied',
  'Loaded {int} entries from {file} in {int} ms',
  'Cache usage {percent} ({size} of {size})',
  'Block {id} written, size {size}',
  'Request {uuid} took {duration}',
  'request id={uuid} user={user} status={int} bytes={int}',
  'GET {path} {int} {int} {duration}',
  'cpu={percent} mem={size} load={float}',
  'Registered {class} for {name}',
  'Scheduling {name} on {host}',
  'Removing replica of {id} from {host}',
  'Members of the group are now {list}',
  'Partitions assigned: {numbers}',
  'Garbage collection took {glued}, freed {glued}',
  'thread {hex} holds lock {hex}',
  'Upgraded schema to version {version}',
  'Backup of {date} is complete',
  'Fetching {url}',
  'Fetching {url} failed: timeout after {duration}',
  'feature {name} enabled={boolean}',
  'payload {json} rejected',
  'label="{quoted}" updated by {user}',
  'Heartbeat lost',
  'Heartbeat restored after {duration}',
  'Waiting for leader election',
  'Leader is {host}, term {int}',
  'No space left on device {path}',
  'checksum mismatch in block {int}: expected {hex}, found {hex}',
  'Out of memory: killed process {int} ({user})',
  'interface {user} link is down',
  'interface {user} link is up, {int} Mbps full duplex',
  'temperature of sensor {int} is {float} degrees',
  'Deleting {int} expired sessions',
  'Rebalance {int} started',
  'Rebalance {int} done: {int} moved, {int} kept',
  'queue depth {int} is over the limit of {int}',
];

interface Clock {
  readonly random: Random;
  readonly second: number;
}

/** Ways to write what stands before a message. */
export const headers: Readonly<Record<string, (clock: Clock) => string>> = {
  none: () => '',
  log4j: ({ random: r, second: s }) =>
    `2024-05-01 ${clock(s)},${pad(s % 1000, 3)} ${pick(r, LEVELS)} [${pick(r, ['main', 'pool-1-thread-7', 'IPC Server handler 3 on 8020'])}] com.acme.${pick(r, CLASSES)}: `,
  logback: ({ random: r, second: s }) =>
    `${clock(s)}.${pad(s % 1000, 3)} [http-nio-8080-exec-${between(r, 1, 20)}] ${pick(r, LEVELS).padEnd(5)} c.a.${pick(r, CLASSES)} - `,
  syslog: ({ random: r, second: s }) =>
    `May  1 ${clock(s)} ${pick(r, HOSTS)} ${pick(r, PROCESSES)}[${between(r, 99, 9999)}]: `,
  syslogIso: ({ random: r, second: s }) =>
    `2024-05-01T${clock(s)}.123456+02:00 ${pick(r, HOSTS)} ${pick(r, PROCESSES)}[${between(r, 99, 9999)}]: `,
  dottedDate: ({ random: r, second: s }) =>
    `- ${1714550000 + s} 2024.05.01 ${pick(r, HOSTS)} May 1 ${clock(s)} ${pick(r, HOSTS)}/${pick(r, HOSTS)} ${pick(r, PROCESSES)}[${between(r, 99, 9999)}]: `,
  bars: ({ random: r, second: s }) =>
    `20240501-${clock(s).replaceAll(/0(\d)/g, '$1')}:${s % 1000}|${pick(r, CLASSES)}|${between(r, 1, 99999999)}|`,
  spacedBars: ({ random: r, second: s }) =>
    `2024-05-01 ${clock(s)}.123 | ${pick(r, LEVELS).padEnd(8)} | ${pick(r, CLASSES)}:run:${between(r, 1, 300)} | `,
  record: ({ random: r, second: s }) =>
    `${between(r, 1, 400000)} ${pick(r, HOSTS)} ${pick(r, ['core.net', 'core.disk', 'boot'])} ${pick(r, ['up', 'state.changed', 'not_ok'])} ${1714550000 + s} 1 `,
  program: ({ random: r, second: s }) =>
    `[05.01 ${clock(s)}] ${pick(r, ['mail.exe', 'web.exe *64', 'sync-tool.exe'])} - `,
  comma: ({ random: r, second: s }) =>
    `2024-05-01 ${clock(s)}, ${pick(r, ['Info', 'Error', 'Warning']).padEnd(22)}${pick(r, ['ABC', 'XYZ'])}    `,
  klog: ({ random: r, second: s }) =>
    `${pick(r, ['I', 'W', 'E'])}0501 ${clock(s)}.123456    ${between(r, 1, 99)} ${pick(r, HOSTS)}.go:${between(r, 1, 999)}] `,
  python: ({ random: r, second: s }) =>
    `${pick(r, ['INFO', 'WARNING', 'ERROR'])}:${pick(r, ['acme.net', 'acme.disk', 'root'])}:`.replace(
      'ROOT',
      String(s),
    ),
  pythonDash: ({ random: r, second: s }) =>
    `2024-05-01 ${clock(s)},123 - ${pick(r, ['acme.net', 'acme.disk', 'root'])} - ${pick(r, LEVELS)} - `,
  bracketed: ({ random: r, second: s }) => `[2024-05-01T${clock(s)}Z] [${pick(r, LEVELS).toLowerCase()}] `,
  android: ({ random: r, second: s }) =>
    `05-01 ${clock(s)}.123  ${between(r, 999, 9999)}  ${between(r, 999, 9999)} ${pick(r, ['I', 'W', 'D'])} ${pick(r, CLASSES)}: `,
  kernel: ({ second: s }) => `[${String(s).padStart(5)}.${pad(s % 1000, 6)}] `,
  criO: ({ random: r, second: s }) => `2024-05-01T${clock(s)}.123456789Z ${pick(r, ['stdout', 'stderr'])} F `,
};

const LEVELS = ['INFO', 'WARN', 'ERROR', 'DEBUG'];
const CLASSES = ['Pool', 'NetReader', 'DiskWriter', 'JobMaster'];
const HOSTS = ['web1', 'db2', 'rack-12-n3'];
const PROCESSES = ['acmed', 'acme-sync', 'netd'];

function clock(second: number): string {
  return `${pad(Math.floor(second / 3600) % 24)}:${pad(Math.floor(second / 60) % 60)}:${pad(second % 60)}`;
}

/** Lines of many templates, some frequent and some rare, in the form `header`. */
export function syntheticLog(header: string, count: number, seed: number): SyntheticLog {
  const random = randomOf(seed);
  const order = templates.map((template) => ({ template, key: random() })).sort((a, b) => a.key - b.key);
  const lines: string[] = [];
  const truth: string[] = [];
  for (let index = 0; index < count; index++) {
    // Squaring makes the first ones frequent.
    const { template } = order[Math.floor(random() ** 2 * order.length)] ?? { template: '' };
    const message = template.replaceAll(/\{(\w+)\}/g, (_, kind: string) => kinds[kind]?.(random) ?? '');
    lines.push(`${headers[header]?.({ random, second: index * 3 }) ?? ''}${message}`);
    truth.push(template);
  }
  return { lines, truth };
}
