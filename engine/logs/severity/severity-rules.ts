import type { Severity } from '../../contract/logs';

/** Level fields, in upper case, as programs write them. */
export const levelSeverities: Readonly<Record<string, Severity>> = {
  FATAL: 'fatal',
  CRITICAL: 'fatal',
  CRIT: 'fatal',
  EMERGENCY: 'fatal',
  EMERG: 'fatal',
  ALERT: 'fatal',
  PANIC: 'fatal',
  SEVERE: 'error',
  FAILURE: 'error',
  ERROR: 'error',
  ERR: 'error',
  WARNING: 'warning',
  WARN: 'warning',
  NOTICE: 'info',
  INFORMATION: 'info',
  INFO: 'info',
  CONFIG: 'info',
  STATEMENT: 'info',
  LOG: 'info',
  DEBUG: 'debug',
  TRACE: 'debug',
  VERBOSE: 'debug',
  FINEST: 'debug',
  FINER: 'debug',
  FINE: 'debug',
};

/** Level words that also stand in sentences: they are a level only in brackets, or before a colon or bar. */
export const ambiguousLevels: readonly string[] = [
  'ALERT',
  'PANIC',
  'FAILURE',
  'CONFIG',
  'STATEMENT',
  'LOG',
  'FINE',
];

/** One-letter levels, the severity digits of syslog priorities, and the numbers that JSON loggers write. */
export const shortLevelSeverities: Readonly<Record<string, Severity>> = {
  F: 'fatal',
  E: 'error',
  W: 'warning',
  I: 'info',
  D: 'debug',
  V: 'debug',
  '10': 'debug',
  '20': 'debug',
  '30': 'info',
  '40': 'warning',
  '50': 'error',
  '60': 'fatal',
  '0': 'fatal',
  '1': 'fatal',
  '2': 'fatal',
  '3': 'error',
  '4': 'warning',
  '5': 'info',
  '6': 'info',
  '7': 'debug',
};

const TROUBLE =
  '(?:fatal|critical|panic|err|errors?|fail(?:ure|ed|ures|s)?|warnings?|exceptions?|faults?|timeouts?|crash(?:es)?|drop(?:s|ped)?|retries|rejected|denied|refused|lost|corrupted|invalid|issues|problems)';

/**
 * Places whose words say nothing about this line: removed before the words are looked for. Skeletons
 * have 0 for a lone zero and 1 for any other number, so "0 errors" and "3 errors" can be told apart.
 */
export const innocentPlaces: readonly RegExp[] = [
  new RegExp(
    `\\b${TROUBLE}(?:[ _-]?(?:count|counter|rate|code|num|total|status))?"?\\s*[:=]\\s*"?(?:0(?:[.]0)?|no|none|null|<?nil>?|false|ok)(?![\\w.])%?"?`,
    'gi',
  ),
  new RegExp(`\\b(?:0|no|zero|without(?: any)?|not? an?|free of)(?: [a-z]+)? ${TROUBLE}\\b`, 'gi'),
  /\b(?:errors?|fail(?:ed|ures)|warnings?|dropped|lost) 0\b(?!\.)/gi,
  // A row of a report: its name, and that there are none. Skeletons have one space for a gap of any width.
  new RegExp(`\\b${TROUBLE}\\s+(?:none|nil)\\s*$`, 'gi'),
  /\b(?:error|failure|fail|fault|exception|panic|crash|warning)s?[- ](?:free|handlers?|handling|reporting|reporter|recovery|pages?|logs?|levels?|detection|detector|tolerant|tolerance|threshold|budget|correction|correcting|checking|injection|support|domains?|code [a-z]+ registered)\b/gi,
  // A limit that is set, not one that has passed.
  /(?<![\w.-])[\w.-]*timeouts?(?:[-_.]?\w+)?"?\s*(?:[:=]|(?:is|was) (?:set to )?|set to|of)\s*"?-?[0157](?![\w.]*\s*(?:\w+ )?(?:exceeded|expired|reached|elapsed))/gi,
  /\bcritical[- ](?:section|path|region)s?\b/gi,
  /\bslow[- ]start\b/gi,
  /\bGC \(Allocation Failure\)/g,
  /(?<![\w+-])(?:lib[\w+]*(?:-[\w+]+)+|[\w+]+-(?:error|exception|fault|panic|timeout|retry)s?(?:-[\w+]+)+)/gi,
  /\bnon-?(?:fatal|critical)\b/gi,
  /\b(?:crash|panic)[- ]?(?:reporter|reporting|handler|kernel)\b/gi,
  /\bpanic(?:_on_\w+|=\S+)/gi,
  /(?:(?<![\w+.-])[a-z][\w+.-]*:\/\/|[A-Za-z]:\\|(?<!\w)\/)[^\s"',;)]*/gi,
  /(?<![\w-])[\w-]*\.(?:log|err|txt|html?|js|ts|py|java|c|h|go|rs|conf|ya?ml|json|xml)\b/gi,
];

/** Words that give a line without a level its severity; the first group with a match decides. */
export const severityWords: readonly {
  readonly severity: Severity;
  readonly pattern: RegExp;
  /** Looked for in the whole message, as what it needs may be an innocent place. */
  readonly whole?: boolean;
}[] = [
  {
    severity: 'fatal',
    pattern:
      /\b(?:FATAL|fatal error|fatal|kernel panic|panic(?:ked)?|out of memory|oom-kill(?:er)?|oom_reaper|cannot allocate memory|segfault|segmentation fault|core dumped|general protection fault|stack overflow|kernel bug|unable to mount root|emergency)\b|OutOfMemory/i,
  },
  {
    severity: 'error',
    pattern:
      /\b(?:errors?|err|fail(?:s|ed|ing|ure|ures)?|exceptions?|traceback|denied|refused|forbidden|timed out|time-?out|unreachable|abort(?:ed|ing)?|crash(?:ed|es)?|corrupt(?:ed|ion)?|cannot|can't|could not|couldn't|unable to|unauthori[sz]ed|rejected|killed|critical|severe|no space left|connection reset|broken pipe|deadlock|no route to host|network is down|read-only file system|unrecoverable|fault|undefined symbol|violation|overflow|crashloopbackoff|unhealthy|not responding|no [a-z]+ available|lost connection|connection lost|abnormal(?:ly)?|not connected|operation not permitted|too many open files|address already in use|no such device|no buffer space|host is down|fallen off the bus|temporarily unavailable|bad file descriptor|expired certificate|certificate has expired)\b/i,
  },
  { severity: 'error', pattern: /\b[A-Z]\w*(?:Exception|Error|Failure)\b/ },
  {
    severity: 'error',
    pattern:
      /\b(?:exit(?:ed)?(?: with)?(?: (?:code|status|value))?|(?:exit|return)[ _-]?(?:code|status))\s*[:=]?\s*-?[157]\b/i,
  },
  // The status of a web request stands behind its path.
  {
    severity: 'error',
    whole: true,
    pattern: /(?:HTTP\/1(?:\.[01])?"?|\bstatus(?:[ _-]?code)?"?\s*[:=]?)\s*5(?![\w.])/i,
  },
  {
    severity: 'warning',
    pattern:
      /\b(?:warn(?:ing|ings)?|deprecated|retry(?:ing)?|retries|invalid|missing|not found|no such|did not (?:receive|respond|answer|start|complete)|expired|degraded|throttl(?:ed|ing)|slow|stalled|lost|dropp(?:ed|ing)|unexpected(?:ly)?|unknown user|user unknown|break-?in|attack|suspicious|exceed(?:ed|s)|backoff|restarting|unavailable|mismatch)\b/i,
  },
];

/** Lines that carry on an earlier one; their words are names of functions and classes. */
export const continuation =
  /^ ?(?:at (?:async )?[\w.$<>[\]/ ]+\(|\.\.\. [015] (?:more|common)|File "[^"]*", line|from \S+:[015]:in )/;
