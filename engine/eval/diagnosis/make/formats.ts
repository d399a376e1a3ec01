/** One line before it has a form. */
export interface Entry {
  /** Milliseconds since 1970, UTC. */
  readonly at: number;
  /** F, E, W, I or D. */
  readonly level: Level;
  /** Who writes: program with pid, logger, thread or file, as the form has it. */
  readonly from: string;
  readonly text: string;
  readonly host: string;
  /** More fields, for forms that have them. */
  readonly fields: Readonly<Record<string, unknown>>;
}
export type Level = 'F' | 'E' | 'W' | 'I' | 'D';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const two = (value: number) => String(value).padStart(2, '0');
const of = (level: Level, words: string) => words.split(' ')['FEWID'.indexOf(level)] ?? '';

function clock(at: number) {
  const time = new Date(at);
  const iso = time.toISOString();
  const month = MONTHS[time.getUTCMonth()] ?? '';
  const day = time.getUTCDate();
  // Below a millisecond nothing is measured; digits are made of the time so that they differ.
  const micros = `${iso.slice(20, 23)}${String((at * 7919) % 1000).padStart(3, '0')}`;
  return {
    iso,
    date: iso.slice(0, 10),
    hms: iso.slice(11, 19),
    ms: iso.slice(20, 23),
    micros,
    month,
    day,
    time,
  };
}

/** The same moment in forms that a line's text may hold: `${iso}`, `${date}`, `${hms}`, `${dmy}`. */
export function momentWords(at: number): Record<string, string> {
  const { iso, date, hms, day, month } = clock(at);
  return { iso: iso.slice(0, 19), date, hms, dmy: `${two(day)}/${month}/${date.slice(0, 4)}` };
}

const json = (value: Record<string, unknown>) => JSON.stringify(value);
const pairs = (fields: Entry['fields']) =>
  Object.entries(fields)
    .map(([key, value]) => ` ${key}=${/[\s="]/.test(String(value)) ? JSON.stringify(value) : value}`)
    .join('');
const name = (from: string) => from.replace(/\[\d+\]$/, '');
const pid = (from: string) => /\[(\d+)\]$/.exec(from)?.[1] ?? '1';
const FACILITY_DAEMON = 24;
const syslogLevel = (level: Level) => Number(of(level, '2 3 4 6 7'));

/** How each form writes a line. */
export const FORMATS: Readonly<Record<string, (entry: Entry) => string>> = {
  plain: ({ text }) => text,
  syslog({ at, host, from, text }) {
    const { month, day, hms } = clock(at);
    return `${month} ${String(day).padStart(2)} ${hms} ${host} ${from}: ${text}`;
  },
  'syslog-iso': ({ at, host, from, text }) =>
    `${clock(at).date}T${clock(at).hms}.${clock(at).micros}+00:00 ${host} ${from}: ${text}`,
  'syslog-5424': ({ at, level, host, from, text }) =>
    `<${FACILITY_DAEMON + syslogLevel(level)}>1 ${clock(at).date}T${clock(at).hms}.${clock(at).micros}Z ${host} ${name(from)} ${pid(from)} - - ${text}`,
  'journald-json': ({ at, level, host, from, text }) =>
    json({
      __REALTIME_TIMESTAMP: `${at}${clock(at).micros.slice(3)}`,
      _HOSTNAME: host,
      PRIORITY: String(syslogLevel(level)),
      SYSLOG_IDENTIFIER: name(from),
      ...(from === 'kernel' ? { _TRANSPORT: 'kernel' } : { _PID: pid(from) }),
      MESSAGE: text,
    }),
  dmesg: ({ at, text }) =>
    `[${String(Math.floor((at % 1e9) / 1000)).padStart(5)}.${clock(at).micros}] ${text}`,
  'dmesg-time'({ at, text }) {
    const { time, month, day, hms } = clock(at);
    return `[${DAYS[time.getUTCDay()]} ${month} ${String(day).padStart(2)} ${hms} ${time.getUTCFullYear()}] ${text}`;
  },
  klog({ at, level, from, text }) {
    const { time, day, hms, micros } = clock(at);
    return `${of(level, 'F E W I I')}${two(time.getUTCMonth() + 1)}${two(day)} ${hms}.${micros}    2311 ${from}] ${text}`;
  },
  cri: ({ at, level, text }) =>
    `${clock(at).date}T${clock(at).hms}.${clock(at).micros}417Z ${of(level, 'stderr stderr stderr stdout stdout')} F ${text}`,
  'docker-json': ({ at, level, text }) =>
    json({
      log: `${text}\n`,
      stream: of(level, 'stderr stderr stderr stdout stdout'),
      time: `${clock(at).date}T${clock(at).hms}.${clock(at).micros}203Z`,
    }),
  logfmt: ({ at, level, from, text, fields }) =>
    `ts=${clock(at).iso} caller=${from} level=${of(level, 'error error warn info debug')} msg=${JSON.stringify(text)}${pairs(fields)}`,
  logrus: ({ at, level, text, fields }) =>
    `time="${clock(at).date}T${clock(at).hms}Z" level=${of(level, 'fatal error warning info debug')} msg=${JSON.stringify(text)}${pairs(fields)}`,
  'zap-json': ({ at, level, from, text, fields }) =>
    json({
      level: of(level, 'fatal error warn info debug'),
      ts: `${clock(at).date}T${clock(at).hms}.${clock(at).micros}Z`,
      caller: from,
      msg: text,
      ...fields,
    }),
  pino: ({ at, level, from, text, host, fields }) =>
    json({
      level: Number(of(level, '60 50 40 30 20')),
      time: at,
      pid: Number(pid(from)),
      hostname: host,
      name: name(from),
      ...fields,
      msg: text,
    }),
  logstash: ({ at, level, from, text, fields }) =>
    json({
      '@timestamp': clock(at).iso,
      'log.level': of(level, 'ERROR ERROR WARN INFO DEBUG'),
      'log.logger': from,
      message: text,
      ...fields,
    }),
  spring: ({ at, level, from, text }) =>
    `${clock(at).iso.replace('T', ' ').slice(0, 23)} ${of(level, 'ERROR ERROR WARN INFO DEBUG').padStart(5)} 1 --- [${'nio-8080-exec-7'.padStart(15)}] ${from.padEnd(40)} : ${text}`,
  log4j: ({ at, level, from, text }) =>
    `${clock(at).date} ${clock(at).hms},${clock(at).ms} ${of(level, 'FATAL ERROR WARN INFO DEBUG').padEnd(5)} ${from}: ${text}`,
  spark: ({ at, level, from, text }) =>
    `${clock(at).date.slice(2).replaceAll('-', '/')} ${clock(at).hms} ${of(level, 'FATAL ERROR WARN INFO DEBUG')} ${from}: ${text}`,
  kafka: ({ at, level, from, text }) =>
    `[${clock(at).date} ${clock(at).hms},${clock(at).ms}] ${of(level, 'FATAL ERROR WARN INFO DEBUG')} ${text} (${from})`,
  zookeeper: ({ at, level, from, text }) =>
    `${clock(at).date} ${clock(at).hms},${clock(at).ms} [myid:1] - ${of(level, 'FATAL ERROR WARN INFO DEBUG').padEnd(5)} [${from}] - ${text}`,
  elasticsearch: ({ at, level, from, host, text }) =>
    `[${clock(at).date}T${clock(at).hms},${clock(at).ms}][${of(level, 'FATAL ERROR WARN INFO DEBUG').padEnd(5)}][${from.padEnd(24)}] [${host}] ${text}`,
  python: ({ at, level, from, text }) =>
    `${clock(at).date} ${clock(at).hms},${clock(at).ms} - ${from} - ${of(level, 'CRITICAL ERROR WARNING INFO DEBUG')} - ${text}`,
  'python-basic': ({ level, from, text }) =>
    `${of(level, 'CRITICAL ERROR WARNING INFO DEBUG')}:${from}:${text}`,
  celery: ({ at, level, from, text }) =>
    `[${clock(at).date} ${clock(at).hms},${clock(at).ms}: ${of(level, 'CRITICAL ERROR WARNING INFO DEBUG')}/${from}] ${text}`,
  gunicorn: ({ at, level, from, text }) =>
    `[${clock(at).date} ${clock(at).hms} +0000] [${pid(from)}] [${of(level, 'CRITICAL ERROR WARNING INFO DEBUG')}] ${text}`,
  'nginx-error': ({ at, level, from, text }) =>
    `${clock(at).date.replaceAll('-', '/')} ${clock(at).hms} [${of(level, 'emerg error warn notice debug')}] ${pid(from)}#${pid(from)}: ${text}`,
  access({ at, from, text }) {
    const { time, day, hms } = clock(at);
    return `${from} - - [${two(day)}/${MONTHS[time.getUTCMonth()]}/${time.getUTCFullYear()}:${hms} +0000] ${text}`;
  },
  'apache-error'({ at, level, from, text }) {
    const { time, month, day, hms, micros } = clock(at);
    return `[${DAYS[time.getUTCDay()]} ${month} ${two(day)} ${hms}.${micros} ${time.getUTCFullYear()}] [${name(from)}:${of(level, 'emerg error warn notice debug')}] [pid ${pid(from)}] ${text}`;
  },
  postgres: ({ at, level, from, text }) =>
    `${clock(at).date} ${clock(at).hms}.${clock(at).ms} UTC [${pid(from)}] ${name(from) === '-' ? '' : `${name(from)} `}${/^(?:DETAIL|HINT|STATEMENT|CONTEXT|PANIC): /.test(text) ? text : `${of(level, 'FATAL ERROR WARNING LOG LOG')}:  ${text}`}`,
  mysql: ({ at, level, from, text }) =>
    `${clock(at).date}T${clock(at).hms}.${clock(at).micros}Z ${pid(from)} [${of(level, 'ERROR ERROR Warning Note Note')}] ${text}`,
  mariadb: ({ at, level, from, text }) =>
    `${clock(at).date} ${clock(at).hms.replace(/^0/, ' ')} ${pid(from)} [${of(level, 'ERROR ERROR Warning Note Note')}] ${text}`,
  redis({ at, level, from, text }) {
    const { time, month, day, hms, ms } = clock(at);
    return `${pid(from)}:${name(from)} ${two(day)} ${month} ${time.getUTCFullYear()} ${hms}.${ms} ${of(level, '# # # * .')} ${text}`;
  },
  'mongo-json': ({ at, level, from, text, fields }) =>
    json({
      t: { $date: clock(at).iso.replace('Z', '+00:00') },
      s: of(level, 'F E W I D1'),
      c: name(from),
      id: 20000 + ((text.length * 37) % 9000),
      ctx: `conn${pid(from)}`,
      msg: text,
      ...(Object.keys(fields).length > 0 ? { attr: fields } : {}),
    }),
  rabbitmq: ({ at, level, from, text }) =>
    `${clock(at).date} ${clock(at).hms}.${clock(at).micros}+00:00 [${of(level, 'critical error warning info debug')}] <0.${pid(from)}.0> ${text}`,
  cassandra: ({ at, level, from, text }) =>
    `${of(level, 'ERROR ERROR WARN INFO DEBUG').padEnd(5)} [${name(from)}:${pid(from)}] ${clock(at).date} ${clock(at).hms},${clock(at).ms} ${text}`,
  hashicorp: ({ at, level, from, text, fields }) =>
    `${clock(at).iso} [${of(level, 'ERROR ERROR WARN INFO DEBUG')}]${' '.repeat(6 - of(level, 'ERROR ERROR WARN INFO DEBUG').length)}${from}: ${text}${Object.keys(fields).length > 0 ? `:${pairs(fields)}` : ''}`,
  openstack: ({ at, level, from, text }) =>
    `${clock(at).date} ${clock(at).hms}.${clock(at).ms} ${pid(from)} ${of(level, 'CRITICAL ERROR WARNING INFO DEBUG')} ${name(from)} ${text}`,
  slurm: ({ at, level, text }) =>
    `[${clock(at).date}T${clock(at).hms}.${clock(at).ms}] ${of(level, 'fatal:_ error:_ _ _ debug:_').replace('_', ' ').trimStart()}${text}`,
  ceph: ({ at, level, from, text }) =>
    `${clock(at).date}T${clock(at).hms}.${clock(at).ms}+0000 7f${(at % 65536).toString(16).padStart(4, '0')}2a6700 ${of(level, '-1 -1 0 1 5').padStart(2)} ${from} ${text}`,
  'go-log': ({ at, text }) => `${clock(at).date.replaceAll('-', '/')} ${clock(at).hms} ${text}`,
  tomcat({ at, level, from, text }) {
    const { time, day, hms, ms } = clock(at);
    return `${two(day)}-${MONTHS[time.getUTCMonth()]}-${time.getUTCFullYear()} ${hms}.${ms} ${of(level, 'SEVERE SEVERE WARNING INFO FINE')} [http-nio-8080-exec-4] ${from} ${text}`;
  },
  envoy: ({ at, level, from, text }) =>
    `[${clock(at).date} ${clock(at).hms}.${clock(at).ms}][${pid(from)}][${of(level, 'critical error warning info debug')}][${name(from)}] ${text}`,
  'github-actions': ({ at, text }) => `${clock(at).date}T${clock(at).hms}.${clock(at).micros}4Z ${text}`,
  'php-fpm'({ at, level, text }) {
    const { time, day, hms } = clock(at);
    return `[${two(day)}-${MONTHS[time.getUTCMonth()]}-${time.getUTCFullYear()} ${hms}] ${of(level, 'ALERT ERROR WARNING NOTICE DEBUG')}: ${text}`;
  },
  telegraf: ({ at, level, from, text }) =>
    `${clock(at).date}T${clock(at).hms}Z ${of(level, 'E E W I D')}! [${from}] ${text}`,
  'cloud-init': ({ at, level, from, text }) =>
    `${clock(at).date} ${clock(at).hms},${clock(at).ms} - ${from}[${of(level, 'CRITICAL ERROR WARNING INFO DEBUG')}]: ${text}`,
  fluentd: ({ at, level, text }) =>
    `${clock(at).date} ${clock(at).hms} +0000 [${of(level, 'fatal error warn info debug')}]: ${text}`,
  esxi: ({ at, level, from, text }) =>
    `${clock(at).iso} ${of(level, 'Al Er Wa In Db')}(${of(level, '177 179 180 182 183')}) ${name(from)}[${pid(from)}]: ${text}`,
  windows: ({ at, level, from, text }) =>
    `${clock(at).date} ${clock(at).hms} ${of(level, 'Critical Error Warning Information Verbose')} ${name(from)} ${pid(from)} ${text}`,
};
