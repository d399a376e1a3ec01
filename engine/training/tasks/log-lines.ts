import type { Seeded } from './seeded';

/** How lines of one log begin. `head` writes the part before the message for a moment in milliseconds UTC. */
export interface LineForm {
  readonly name: string;
  readonly head: (time: number, program: string, level: Level, random: Seeded) => string;
  readonly programs: readonly string[];
}

export type Level = 'error' | 'warning' | 'info';

const pad = (value: number, width = 2) => String(value).padStart(width, '0');
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const iso = (time: number) => new Date(time).toISOString();
const clock = (time: number) => iso(time).slice(11, 19);
const syslogTime = (time: number) => {
  const date = new Date(time);
  return `${MONTHS[date.getUTCMonth()]} ${String(date.getUTCDate()).padStart(2)} ${clock(time)}`;
};
const upper = (level: Level, words: readonly [error: string, warning: string, info: string]) =>
  words[['error', 'warning', 'info'].indexOf(level)] ?? words[2];

const HOSTS = ['web-1', 'db02', 'node-14', 'gpu-node-07', 'edge3', 'build-2', 'ip-10-0-3-17', 'mon01'];
const SERVICES = ['api', 'worker', 'gateway', 'billing', 'search', 'scheduler', 'auth', 'ingest'];

/** Forms that training logs are written in. */
export function lineForms(random: Seeded): readonly LineForm[] {
  const host = random.pick(HOSTS);
  const pid = () => 300 + random.below(60000);
  return [
    {
      name: 'syslog',
      head: (time, program) => `${syslogTime(time)} ${host} ${program}[${pid()}]: `,
      programs: [
        'systemd',
        'sshd',
        'cron',
        'app',
        'nginx',
        'postfix/smtpd',
        'dhclient',
        'rsyslogd',
        'dockerd',
      ],
    },
    {
      name: 'iso-app',
      head: (time, program, level) => `${iso(time)} ${upper(level, ['ERROR', 'WARN', 'INFO'])} [${program}] `,
      programs: SERVICES,
    },
    {
      name: 'log4j',
      head: (time, program, level) =>
        `${iso(time).slice(0, 10)} ${clock(time)},${pad(time % 1000, 3)} ${upper(level, ['ERROR', 'WARN ', 'INFO '])} [main] com.example.${program} - `,
      programs: ['OrderService', 'JobRunner', 'HttpServer', 'CacheLoader', 'SessionStore'],
    },
    {
      name: 'python',
      head: (time, program, level) =>
        `${iso(time).slice(0, 10)} ${clock(time)},${pad(time % 1000, 3)} - ${program} - ${upper(level, ['ERROR', 'WARNING', 'INFO'])} - `,
      programs: ['app.views', 'app.tasks', 'celery.worker', 'app.db', 'uvicorn.error'],
    },
    {
      name: 'kernel',
      head: (time) =>
        `[${String(Math.floor(time / 1000) % 400_000).padStart(6)}.${pad(time % 1000, 3)}${pad(random.below(1000), 3)}] `,
      programs: ['kernel'],
    },
    {
      name: 'klog',
      head: (time, program, level) => {
        const date = new Date(time);
        const day = `${pad(date.getUTCMonth() + 1)}${pad(date.getUTCDate())}`;
        return `${upper(level, ['E', 'W', 'I'])}${day} ${clock(time)}.${pad(time % 1000, 3)}${pad(random.below(1000), 3)}    ${pid()} ${program}:${100 + random.below(900)}] `;
      },
      programs: ['kubelet.go', 'reconciler.go', 'proxier.go', 'controller.go', 'leaderelection.go'],
    },
    {
      name: 'container',
      head: (time, _program, level) =>
        `${iso(time).slice(0, 23)}456789Z ${level === 'error' ? 'stderr' : 'stdout'} F `,
      programs: ['app'],
    },
    {
      name: 'bracketed',
      head: (time, program, level) =>
        `[${iso(time).slice(0, 10)} ${clock(time)}] ${program}.${upper(level, ['ERROR', 'WARNING', 'INFO'])}: `,
      programs: ['production', 'local', 'queue', 'scheduler'],
    },
  ];
}

const ORDINARY: readonly ((random: Seeded) => string)[] = [
  (r) => `Started session ${r.below(9000)} of user ${r.pick(['ann', 'deploy', 'backup', 'root'])}.`,
  (r) =>
    `request ${r.pick(['GET', 'POST', 'PUT'])} /${r.pick(['orders', 'users', 'health', 'items'])}/${r.below(9999)} 200 in ${1 + r.below(90)} ms`,
  (r) =>
    `connection from 10.${r.below(250)}.${r.below(250)}.${1 + r.below(250)} accepted, ${r.below(40)} open`,
  (r) =>
    `job ${r.pick(['cleanup', 'report', 'sync', 'rotate'])} finished in ${r.below(50)}.${r.below(9)} s, 0 errors`,
  (r) => `cache refreshed: ${r.below(5000)} entries, hit rate ${60 + r.below(40)}%`,
  (r) => `checkpoint complete: wrote ${r.below(900)} buffers`,
  (r) => `health check passed (${r.below(30)} ms)`,
  (r) => `config reloaded, ${2 + r.below(20)} settings`,
  (r) => `worker ${r.below(16)} picked task ${r.below(99999)}`,
  (r) => `heartbeat from node-${r.below(30)} ok`,
  (r) =>
    `Accepted publickey for deploy from 10.0.${r.below(200)}.${1 + r.below(250)} port ${30000 + r.below(30000)} ssh2`,
  (r) =>
    `pam_unix(cron:session): session opened for user root(uid=0) by (uid=0)`.replace(
      'root',
      r.pick(['root', 'www-data']),
    ),
  (r) => `renewed lease on 192.168.${r.below(9)}.${1 + r.below(250)}`,
  (r) => `metrics flushed: ${r.below(3000)} points`,
  (r) => `rotated ${r.pick(['access', 'app', 'audit'])}.log, kept ${3 + r.below(12)} files`,
  (r) => `backup of ${r.pick(['orders', 'users', 'media'])} done: ${r.below(900)} MB`,
  (r) => `retry 1 of 3 for batch ${r.below(800)} succeeded`,
];

const GRUMBLES: readonly ((random: Seeded) => string)[] = [
  (r) => `slow query: ${500 + r.below(1500)} ms`,
  (r) => `deprecated option ${r.pick(['verify_peer', 'legacy_mode', 'old_api'])} is set; it will be removed`,
  (r) => `clock drift of ${1 + r.below(40)} ms corrected`,
  (r) => `client 10.0.0.${1 + r.below(250)} sent an unknown header, ignored`,
  (r) => `queue depth ${50 + r.below(80)} is above the soft limit of 50`,
];

const AFTERMATH: readonly ((random: Seeded) => string)[] = [
  (r) =>
    `request POST /${r.pick(['orders', 'pay', 'login'])} failed with status 500 after ${r.below(900)} ms`,
  (r) => `health check failed: no answer within ${2 + r.below(8)} s`,
  (r) => `job ${r.pick(['report', 'sync', 'import'])} failed after ${1 + r.below(5)} attempts`,
  (r) => `upstream 10.0.0.${1 + r.below(250)} marked as down`,
  (r) => `giving up on task ${r.below(9999)}: too many failures`,
  (r) => `could not serve ${r.below(90)} requests in the last minute`,
];

export const ordinary = (random: Seeded) => random.pick(ORDINARY)(random);
export const grumble = (random: Seeded) => random.pick(GRUMBLES)(random);
export const aftermath = (random: Seeded) => random.pick(AFTERMATH)(random);
