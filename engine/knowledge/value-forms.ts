/** What a value in a request looks like. 'name': an identifier such as web-1, gpu07 or app=checkout. */
export type ValueKind =
  | 'quoted'
  | 'url'
  | 'address'
  | 'path'
  | 'glob'
  | 'file'
  | 'host'
  | 'duration'
  | 'size'
  | 'number'
  | 'name';

/** Numbers that people write out. */
export const NUMBER_WORDS: Readonly<Record<string, string>> = {
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
  ten: '10',
  twelve: '12',
  fifteen: '15',
  twenty: '20',
  thirty: '30',
  fifty: '50',
  hundred: '100',
};
/** Units as they are written, what they are in a command, and what they measure. */
export const UNITS: readonly (readonly [form: RegExp, unit: string, kind: 'size' | 'duration'])[] = [
  [/^(?:kb|kib|ki|k|kilobytes?)$/i, 'k', 'size'],
  [/^(?:mb|mib|mi|megabytes?|megs?)$/i, 'M', 'size'],
  [/^M$/, 'M', 'size'],
  [/^(?:gb|gib|gi|g|gigabytes?|gigs?)$/i, 'G', 'size'],
  [/^(?:tb|tib|ti|t|terabytes?)$/i, 'T', 'size'],
  [/^(?:s|secs?|seconds?)$/i, 'second', 'duration'],
  [/^(?:m|mins?|minutes?)$/i, 'minute', 'duration'],
  [/^(?:h|hrs?|hours?)$/i, 'hour', 'duration'],
  [/^(?:d|days?)$/i, 'day', 'duration'],
  [/^(?:weeks?)$/i, 'week', 'duration'],
];

/** Times without a number. */
export const SPOKEN_TIMES: readonly (readonly [form: RegExp, count: string, unit: string])[] = [
  [/\bhalf (?:an )?hour\b/iy, '30', 'minute'],
  [/(?<=\b(?:an|last|past) )hour\b/iy, '1', 'hour'],
  [/(?<=\b(?:a|last|past) )minute\b/iy, '1', 'minute'],
  [/(?<=\b(?:a|last|past) )day\b/iy, '1', 'day'],
  [/(?<=\b(?:a|last|past) )week\b/iy, '1', 'week'],
];

const FILE_ENDINGS =
  'txt|log|conf|cfg|ini|json|ya?ml|toml|xml|csv|tsv|md|sh|py|js|ts|c|h|go|rs|java|html?|css|sql|db|sqlite|tar|gz|tgz|bz2|xz|zst|zip|7z|iso|img|deb|rpm|pem|key|crt|csr|pub|service|timer|socket|env|bak|old|tmp|part|out|err|pid|lock|dump|pcap|gpg|asc|sig|diff|patch|so|o|a|jpe?g|png|gif|svg|pdf|mp4|tf|tfvars|tfstate|nccl|flag|list|dat|bin';

/** Tried in this order at each place; the first that fits takes its stretch. */
export const FORMS: readonly (readonly [kind: ValueKind, form: RegExp])[] = [
  ['quoted', /(?<![\w])(?:'([^']+)'|"([^"]+)"|`([^`]+)`|\u201c([^\u201d]+)\u201d)(?!\w)/y],
  ['url', /\b[a-z][a-z0-9+.-]*:\/\/[^\s'",;)]+/y],
  ['address', /(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2}|:\d{1,5})?(?![\w.]*\w)/y],
  ['path', /(?<![\w/])(?:~|\.{1,2})?\/(?:[\w.@%+=:,*/{}-]*[\w*}/])?/y],
  ['path', /(?<![\w/])(?!I\/O\b|and\/or\b|TCP\/IP\b)[\w.@+-]+(?:\/[\w.@+*-]+)+(?::[\w.-]+)?\/?/y],
  ['glob', /(?<![\w*])[\w.-]*\*[\w.*-]*/y],
  ['file', new RegExp(`(?<![\\w.])\\.?[\\w@+-]+(?:\\.[\\w-]+)*\\.(?:${FILE_ENDINGS})\\b(?!\\.\\w)`, 'y')],
  ['file', /(?<![\w.])\.[a-z][\w-]+(?:\.\w+)*/y],
  [
    'host',
    /(?<![\w.@-])(?:[\w-]+@)?[a-z][\w-]*(?:\.[a-z0-9][\w-]*)*\.(?:com|net|org|io|dev|local|internal|lan|example|test|invalid|de|eu|cloud|corp|home)\b(?::\d+)?/y,
  ],
  ['number', /(?<![\w.])[+-]?\d+(?:[.,:]\d+)*%?(?!\w)/y],
  ['number', new RegExp(`\\b(?:${Object.keys(NUMBER_WORDS).join('|')})\\b`, 'iy')],
  ['name', /(?<![\w])[\w.-]+[=:][\w.,/-]*\w/y],
  ['name', /(?<![\w.])(?=[\w.-]*\d)(?=[\w.-]*[a-zA-Z])[\w]+(?:[.-][\w]+)*/y],
  ['name', /(?<![\w])[a-zA-Z0-9]+(?:[_-][a-zA-Z0-9]+)+/y],
  ['name', /(?<![\w])[A-Z][A-Z0-9]+(?:_[A-Z0-9]+)+/y],
  // 'user bob', 'namespace shop': these nouns have a name behind them, unless another word of the trade follows.
  [
    'name',
    /(?<=\b(?:user|namespace|partition|bucket|cluster|release|group|project|branch|region|zone|profile)\s)(?!(?:names?|ids?|wide|list|info|status|state|of|on|in|for|with|and|or|to|is|are|was|that|by|from|at|as|it|which|who|has|have|can|does|do|settings?|config\w*|accounts?|members?|membership|agents?|keys?|processes|process|jobs?|pods?|nodes?|logs?|events?|default|using|without|only|my|the|this|here|there|now|so|but|not|after|before|limits?|quotas?|usage|size|permissions?|rights?|notes?|history|policy|policies|owner|access|data|space|level|services?|files?|directory|folder|credentials|autoscal\w+|health|info|dump|admin)\b)[a-z][\w-]*\b/iy,
  ],
  // 'anywhere below site': a bare word behind such a preposition is a folder.
  [
    'path',
    /(?<=\b(?:under|below|beneath|inside)\s)(?!(?:this|that|the|these|my|our|its?|an?|each|every|all|here|there|which|load|pressure|control|version|heavy|high)\b)[a-z][\w-]*\b(?! (?:folder|directory|dir|tree)\b)/y,
  ],
];

/** Hyphenated words of plain English that name nothing. */
export const PLAIN =
  /^(?:read-only|human-readable|real-time|one-off|up-to-date|non-\w+|re-\w+|per-\w+|self-\w+|built-in|in-place|long-running|multi-\w+|end-of-\w+|zero-\w+|\w+-wide|\w+-side|\w+-byte|\w+-level|\w+-only|\w+-based|\w+-like|three-\w+|two-\w+|one-\w+|dry-run|set-\w+|world-\w+|case-\w+|full-\w+|double-\w+|single-\w+|half-\w+|auto-\w+|pre-\w+|so-called|\w+-by-\w+|day-to-day|log-in|time-out)$/i;
/** Names of tools and of things of the trade, which ask for something and stand for nothing. */
export const TOOL_LIKE =
  /^(?:[a-z0-9]+-smi|ipv[46]|k8s|sha\d+(?:sum)?|md5(?:sum)?|x86_64|utf-?8|base64|h264|s3|ec2|gzip2?|bzip2|ext4|nvme\d?|http2?|l[0-9]|e2e|i18n|oauth2|p2p|4xx|5xx|nvlink|python[23]|amd64|arm64|gpg2|rocm-bandwidth-test|7z|docker-compose)$/i;
