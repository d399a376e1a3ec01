/** What header rules tell each other; `component` is who speaks: a logger, a process, a module. */
export type HeaderPart =
  | 'time'
  | 'level'
  | 'syslog'
  | 'bracket'
  | 'version'
  | 'columns'
  | 'component'
  | 'process';

/** One part that may stand before a line's message. */
export interface HeaderRule {
  readonly name: string;
  /** Sticky, on skeletons (digit runs are 0, 1, 5 or 7). `LEVEL` and `TIME` stand for those patterns. */
  readonly pattern: string;
  /** What must, or must not, have been read already. */
  readonly after?: readonly HeaderPart[];
  readonly notAfter?: readonly HeaderPart[];
  /** What a match settles; for a level the group named `level` holds the word. */
  readonly gives?: readonly HeaderPart[];
  /** How often it may match in one line; once unless given. */
  readonly times?: number;
}

const D = '[0157]';
/** Seconds since 1970. */
const EPOCH = `7(?:[.,]${D})?`;
const MONTH = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*';
const DAY = '(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? )';
const CLOCK = `${D}[:.]${D}[:.]${D}(?:[.,:]${D})?`;
const ZONE = `(?:Z| ?[+-]${D}(?::${D})?(?![\\w.])| (?:UTC|GMT|CES?T|EES?T|WES?T|MSK|[ECMP][SD]T|BST|IST|JST|KST|AE[SD]T|NZ[SD]T|SAST|HKT|SGT)(?!\\w))?`;

/** Every way to write a moment, without names of systems. */
export const timePattern = [
  `${D}[-/.]${D}(?:[-/.]${D})?(?:T|[ _-]+)${CLOCK}${ZONE}`,
  `${D}[-/.]${D}[-/.]1T1[:.]${D}[:.](?:${D}(?:[.,]${D})?Z?|1Z|${D}[.,]1Z)${ZONE}`,
  `1T1Z?`,
  `${D}[-_ ]${D}:${D}:${D}(?:[.,:]${D})?${ZONE}`,
  `${DAY}?${MONTH} ${D},?(?: ${D})? ${CLOCK}(?: [A-Z]{3,4})?(?: ${D})?${ZONE}`,
  `${DAY}?${D}[ -/]${MONTH}[ -/]${D}[ :]${CLOCK}${ZONE}`,
  `${D}:${D}:${D}(?:[.,]${D})?${ZONE}`,
].join('|');

/** Tried in order at each place; the first that fits is taken, until none does. */
export const headerRules: readonly HeaderRule[] = [
  {
    name: 'priority-and-version',
    pattern: '\\x02(?<level>[0-7])1 ',
    notAfter: ['time', 'level'],
    gives: ['level', 'version'],
  },
  { name: 'priority', pattern: '\\x02(?<level>[0-7])', notAfter: ['time', 'level'], gives: ['level'] },
  { name: 'list-dash', pattern: '- (?=\\S)', notAfter: ['time'] },
  { name: 'kernel-clock', pattern: `\\[ ?${D}\\.${D}s?\\] ?`, gives: ['time'] },
  {
    name: 'letter-clock',
    pattern: `(?<level>[IWEF])1 ${CLOCK}(?: ${D})?(?: [\\w.-]+:${D}\\])? ?`,
    notAfter: ['time', 'level'],
    gives: ['level'],
  },
  {
    name: 'syslog-time',
    pattern: `${MONTH} ${D} ${D}:${D}:${D}(?:\\.${D})?(?=\\s)\\s*`,
    notAfter: ['time', 'syslog'],
    gives: ['syslog', 'time'],
  },
  { name: 'time', pattern: `[\\[(]?(?:TIME)[\\])]?(?![\\w])[:,;|]?\\s*`, gives: ['time'], times: 2 },
  // A web server's: the client, its name, the user.
  {
    name: 'columns-before-bracketed-date',
    pattern: `(?:\\S+ ){1,4}?(?=\\[${D}/${MONTH}/${D}:)`,
    notAfter: ['time', 'syslog', 'level'],
  },
  {
    name: 'columns-before-time',
    pattern: `(?:(?![a-z]+[:,]?\\s)\\S+\\s+){1,4}?(?=[\\[(]?(?:TIME)(?![\\w]))`,
    notAfter: ['time', 'syslog', 'level'],
  },
  // Columns that open with a number of the record may hold any words: host, module, state.
  {
    name: 'columns-before-epoch',
    pattern: `(?:${D} (?:\\S+ ){1,4}?)?${EPOCH} (?:${D} )*`,
    notAfter: ['time', 'level'],
    gives: ['time'],
  },
  // Host, program, its number, the kind of message, structured data: a dash for what is not there.
  {
    name: 'syslog-columns',
    pattern: '(?:\\S+ ){4}(?:-|(?:\\[[^\\]]*\\])+) ?',
    after: ['version', 'time'],
    notAfter: ['component'],
    gives: ['component', 'process'],
  },
  {
    name: 'bar-columns',
    pattern: `\\|?(?: ?(?!LEVEL_ANY_CASE ?\\|)[\\w.:/@#$\\x7f-]* ?\\|){1,6} ?`,
    after: ['time'],
    notAfter: ['component'],
    gives: ['columns'],
    times: 2,
  },
  {
    name: 'numbers-before-level',
    pattern: `(?:${D}\\s+){1,4}(?=LEVEL\\b)`,
    notAfter: ['level'],
    gives: ['time'],
  },
  // A name of several words is only a process where its number stands behind it.
  {
    name: 'syslog-process',
    pattern: `(?:[\\w.:/@#-]+ )?(?:[\\w./@-]+(?:\\([\\w. -]+\\))?(?:\\[[\\w.-]+\\]| ${D}(?:\\.${D})+)?|[\\w./@-]+(?: [\\w./()-]+){1,3}\\[${D}\\])(?: \\([^\\s()]*\\))?:\\s+`,
    after: ['syslog'],
    gives: ['component', 'process'],
  },
  // Without a number only programs that never have one are known from words of a message.
  {
    name: 'host-process',
    pattern: `(?:[\\w.:/@-]+ )?(?:[\\w./-]+(?:\\([\\w-]+\\))?\\[${D}\\]:?|(?<= )(?:kernel|sudo|su):)\\s+`,
    after: ['time'],
    notAfter: ['component'],
    gives: ['component', 'process'],
  },
  {
    name: 'container-stream',
    pattern: '(?:stdout|stderr) [FP] ',
    after: ['time'],
    notAfter: ['level', 'component'],
  },
  {
    name: 'user-before-level',
    pattern: '(?:[\\w.-]+@[\\w.-]+ |(?:[\\w.()@[\\]/-]+:){1,6})(?=LEVEL:)',
    after: ['time'],
    notAfter: ['level'],
  },
  {
    name: 'logger-before-level',
    pattern: '(?:- )?[\\w.$-]+ - (?=[\\[(]?LEVEL\\b)',
    after: ['time'],
    notAfter: ['level', 'component'],
    gives: ['component'],
  },
  {
    name: 'level-logger',
    pattern: '(?<level>LEVEL):[A-Za-z_][\\w.]*:(?=\\S)',
    notAfter: ['time', 'level'],
    gives: ['level', 'component'],
  },
  // Behind the name of a process the message has begun: a level there is read and stays.
  {
    name: 'level-in-message',
    pattern: '(?=[\\[(<]?(?<level>LEVEL|LEVEL_ANY_CASE(?=[\\])>]?:\\s))[\\])>]?(?![\\w.=/(]))',
    after: ['process'],
    notAfter: ['level'],
    gives: ['level'],
  },
  {
    name: 'level',
    pattern: '[\\[(<|]*(?<level>LEVEL)(?: ?[\\])>|])*(?![\\w.=/(])[\\s:|,-]*',
    notAfter: ['level'],
    gives: ['level'],
  },
  {
    name: 'bracketed-level',
    pattern: '[\\[(<](?:[\\w.-]+:)?(?<level>LEVEL_ANY_CASE)[\\])>][:|]?\\s*',
    notAfter: ['level'],
    gives: ['level'],
  },
  { name: 'level-colon', pattern: '(?<level>LEVEL_ANY_CASE):\\s+', notAfter: ['level'], gives: ['level'] },
  // "Error CBS it broke", but not "Error reading x": what follows is a name in capitals.
  {
    name: 'level-name',
    pattern: '(?<level>[A-Z][a-z]+)(?<=\\bLEVEL_ANY_CASE) [A-Z]{2,}[\\w.-]*:? ',
    after: ['time'],
    notAfter: ['level'],
    gives: ['level'],
  },
  {
    name: 'level-letter',
    pattern: '\\[?(?<level>[VDIWEF])(?:\\]\\s*|[ /](?=[\\w.$-]+))',
    after: ['time'],
    notAfter: ['level'],
    gives: ['level'],
  },
  {
    name: 'columns-before-level',
    pattern: `(?:(?![a-z]+[,;.]?\\s)\\S+\\s+){1,8}?[\\[(<|]?(?<level>LEVEL)[\\])>|]*(?![\\w.=/(:])[\\s|-]*`,
    after: ['time'],
    notAfter: ['level'],
    gives: ['level', 'columns'],
  },
  {
    name: 'numbers-before-letter',
    pattern: `(?:${D}[- ]){1,2}(?=[VDIWEF]\\s)`,
    after: ['time'],
    notAfter: ['level'],
  },
  // "[client 10.0.0.1]", "[job: 12]" name what they hold, so they belong to the message.
  {
    name: 'bracket',
    pattern: `\\[(?![a-z]+(?:: | ${D}\\.${D}\\.)[^\\s\\]]*\\])(?:[^[\\]]|\\[[^[\\]]*\\])*\\]:?(?:\\s+|(?=\\[))`,
    after: ['time'],
    notAfter: ['component'],
    gives: ['bracket'],
    times: 3,
  },
  {
    name: 'bracketed-ids',
    pattern: `\\[(?![a-z]+: )(?:[^[\\]]*[\\x7f0157][^[\\]]*|-?)\\]:?\\s+`,
    after: ['time', 'level', 'component'],
    times: 2,
  },
  { name: 'thread', pattern: '\\((?:[\\w.$@#:/-]+)\\)\\s+', after: ['time'], notAfter: ['component'] },
  {
    name: 'separator-after-bracket',
    pattern: '[-|–]+\\s+',
    after: ['level', 'bracket'],
    gives: ['component'],
  },
  { name: 'separator', pattern: '(?:[-|–]+|::)\\s+(?:: )?', after: ['time'], times: 3 },
  {
    name: 'number-before-bracket',
    pattern: `${D} (?=-+ \\[|\\[[A-Z])`,
    after: ['time'],
    notAfter: ['component'],
  },
  {
    name: 'module-path',
    pattern: '[A-Za-z_]\\w*(?:(?:::\\w+)*\\]|(?:::\\w+)+:)\\s+',
    after: ['time', 'level'],
    notAfter: ['component'],
    gives: ['component'],
  },
  {
    name: 'activity-columns',
    pattern: `[\\x7f0157] (?<level>[A-Z][a-z]+) [\\x7f0157] ${D} ${D} [\\w. -]+: `,
    after: ['time'],
    notAfter: ['level', 'component'],
    gives: ['level', 'component', 'process'],
  },
  {
    name: 'program-file',
    pattern: `[\\w-]+(?:\\.[\\w-]+)*\\.[a-z]{2,4}(?: \\*?${D})? - (?=\\S)`,
    after: ['time'],
    notAfter: ['component'],
    gives: ['component'],
  },
  // Without a colon behind it, a name of two parts is a logger only if it ends in a class.
  {
    name: 'logger',
    pattern: `[A-Za-z_$][\\w$]*(?:(?:[.$/][\\w$\\x7f-]+)+(?:[@:]${D})? ?: \\s*|(?:[.$/][\\w$\\x7f-]+)+(?:[@:]${D})?(?:(?<=[./$][A-Z][\\w$]*(?:[@:]${D})?)|(?<=[./][\\w$]+[./][\\w$]+(?:[@:]${D})?))\\s+(?:- )?)(?=\\S)`,
    after: ['time', 'level'],
    notAfter: ['component'],
    gives: ['component'],
  },
  {
    name: 'logger-dash',
    pattern: '[A-Za-z_][\\w.$/-]* - (?=\\S)',
    after: ['time', 'level'],
    notAfter: ['component', 'columns'],
    gives: ['component'],
  },
  {
    name: 'tag',
    pattern: `[A-Za-z][\\w$.-]*(?:\\( ?${D}\\))?: (?=\\S)`,
    after: ['time', 'level'],
    notAfter: ['component', 'columns'],
    gives: ['component'],
  },
];

/** A level written as a field anywhere in the line: JSON, logfmt and their kin; numbers as the scanner keeps them. */
export const levelFieldPatterns: readonly RegExp[] = [
  /(?:^|[\s{,"[])"?(?:level|lvl|severity|loglevel|log_level|log\.level|levelname|@l)"?\s*[=:]\s*"?([A-Za-z]+)/i,
  /"level" ?: ?([1-6]0)\b/,
  /"PRIORITY" ?: ?"([0-7])"/,
];
