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

/** A stretch of a request that stands for something, not for what is to be done. */
export interface RequestValue {
  readonly kind: ValueKind;
  /** As it would stand in a command, without quotes: `100k` for '100 kilobytes', `5` for 'five'. */
  readonly text: string;
  /** Of a number, size or duration: 'k', 'minute'; '' for the others. */
  readonly unit: string;
  /** Its place in the request, [start, end), quotes included. */
  readonly start: number;
  readonly end: number;
}

const NUMBER_WORDS: Readonly<Record<string, string>> = {
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
const UNITS: readonly (readonly [form: RegExp, unit: string, kind: 'size' | 'duration'])[] = [
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

const FILE_ENDINGS =
  'txt|log|conf|cfg|ini|json|ya?ml|toml|xml|csv|tsv|md|sh|py|js|ts|c|h|go|rs|java|html?|css|sql|db|sqlite|tar|gz|tgz|bz2|xz|zst|zip|7z|iso|img|deb|rpm|pem|key|crt|csr|pub|service|timer|socket|env|bak|old|tmp|part|out|err|pid|lock|dump|pcap|gpg|asc|sig|diff|patch|so|o|a|jpe?g|png|gif|svg|pdf|mp4|tf|tfvars|tfstate|nccl|flag|list|dat|bin';

/** Tried in this order at each place; the first that fits takes its stretch. */
const FORMS: readonly (readonly [kind: ValueKind, form: RegExp])[] = [
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
  // 'anywhere below site': a bare word behind such a preposition is a folder.
  [
    'path',
    /(?<=\b(?:under|below|beneath|inside)\s)(?!(?:this|that|the|these|my|our|its?|an?|each|every|all|here|there|which|load|pressure|control|version|heavy|high)\b)[a-z][\w-]*\b(?! (?:folder|directory|dir|tree)\b)/y,
  ],
];

/** Hyphenated words of plain English that name nothing. */
const PLAIN =
  /^(?:read-only|human-readable|real-time|one-off|up-to-date|non-\w+|re-\w+|per-\w+|self-\w+|built-in|in-place|long-running|multi-\w+|end-of-\w+|zero-\w+|\w+-wide|\w+-side|\w+-byte|\w+-level|\w+-only|\w+-based|\w+-like|three-\w+|two-\w+|one-\w+|dry-run|set-\w+|world-\w+|case-\w+|full-\w+|double-\w+|single-\w+|half-\w+|auto-\w+|pre-\w+|so-called|\w+-by-\w+|day-to-day|log-in|time-out)$/i;
const TOOL_LIKE =
  /^(?:[a-z0-9]+-smi|ipv[46]|k8s|sha\d+(?:sum)?|md5(?:sum)?|x86_64|utf-?8|base64|h264|s3|ec2|gzip2?|bzip2|ext4|nvme\d?|http2?|l[0-9]|e2e|i18n|oauth2|p2p|4xx|5xx|nvlink|python[23]|amd64|arm64|gpg2|rocm-bandwidth-test|7z|docker-compose)$/i;

/** Everything in a request that looks like a value, in its order. */
export function requestValues(request: string): RequestValue[] {
  const values: RequestValue[] = [];
  for (let at = 0; at < request.length; ) {
    const found = valueAt(request, at);
    if (found) values.push(found);
    at = found ? found.end : nextWord(request, at);
  }
  return joinLists(request, values);
}

/** 'GPUs 0 and 1', 'fields 100, 101 and 102': small numbers of things of one kind are one value, '0,1'. */
function joinLists(request: string, values: readonly RequestValue[]): RequestValue[] {
  const joined: RequestValue[] = [];
  for (const value of values) {
    const last = joined.at(-1);
    const listed =
      last &&
      isIndex(value) &&
      isIndex(last) &&
      /^(?:,| and|, and| &)\s*$/.test(request.slice(last.end, value.start)) &&
      LISTED.test(request.slice(0, last.start).replace(/\s+$/, ''));
    if (listed) joined[joined.length - 1] = { ...last, text: `${last.text},${value.text}`, end: value.end };
    else joined.push(value);
  }
  return joined;
}

const isIndex = ({ kind, unit, text }: RequestValue) =>
  kind === 'number' && unit === '' && /^\d{1,4}(?:,\d{1,4})*$/.test(text);
const LISTED =
  /\b(?:gpus?|cards?|devices?|groups?|fields?|jobs?|columns?|cpus?|cores?|devices?|ids?|instances?)$/i;

function nextWord(text: string, at: number): number {
  const word = /[\w@.-]/.test(text[at] ?? '') ? /[\w@.-]+/y : /[^\w@.~/'"`\u201c*+-]+|./suy;
  word.lastIndex = at;
  return at + (word.exec(text)?.[0].length ?? 1);
}

function valueAt(request: string, start: number): RequestValue | null {
  for (const [kind, form] of FORMS) {
    form.lastIndex = start;
    const match = form.exec(request);
    if (!match) continue;
    const [whole, ...quoted] = match;
    const inner = quoted.find((text) => text !== undefined) ?? whole.replace(/[.,:]+$/, '');
    if (kind === 'name' && (PLAIN.test(inner) || TOOL_LIKE.test(inner))) {
      const withUnit = numberWithUnit(inner, '', start, start + inner.length);
      if (!withUnit) return null;
    }
    const end = start + (quoted.some(Boolean) ? whole.length : inner.length);
    if (kind === 'number') return numberValue(request, inner, start, end);
    if (kind === 'name')
      return numberWithUnit(inner, '', start, end) ?? { kind, text: inner, unit: '', start, end };
    return { kind, text: inner, unit: '', start, end };
  }
  return null;
}

/** '100 kilobytes', 'five minutes', '42': the unit behind belongs to it. */
function numberValue(request: string, word: string, start: number, end: number): RequestValue {
  const digits = NUMBER_WORDS[word.toLowerCase()] ?? word;
  const unit = /^[ -]?([a-zA-Z]+)\b/.exec(request.slice(end));
  const withUnit = unit ? numberWithUnit(digits, unit[1] ?? '', start, end + unit[0].length) : null;
  return withUnit ?? { kind: 'number', text: digits.replace(/%$/, ''), unit: '', start, end };
}

/** '30m' and '2 hours'; a lone letter counts as a unit only when it is attached. */
function numberWithUnit(word: string, behind: string, start: number, end: number): RequestValue | null {
  const [, digits = '', attached = ''] = /^(\d+(?:\.\d+)?)([a-zA-Z]*)$/.exec(word) ?? [];
  const name = attached || (behind.length > 1 ? behind : '');
  if (digits === '' || name === '') return null;
  const [, unit = '', kind = 'size'] = UNITS.find(([form]) => form.test(name)) ?? [];
  if (unit === '') return null;
  return { kind, text: kind === 'size' ? `${digits}${unit}` : digits, unit, start, end };
}

/** The request with its values taken out: what is to be done. */
export function withoutValues(request: string, values: readonly RequestValue[]): string {
  let text = '';
  let at = 0;
  for (const { start, end } of values) {
    text += `${request.slice(at, start)} `;
    at = end;
  }
  return text + request.slice(at);
}
