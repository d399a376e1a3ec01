/** One kind of variable. Patterns see skeletons: digit runs are 0, 1, 5 or 7 and hex words are \x7f already. */
export interface MaskRule {
  readonly name: string;
  readonly pattern: RegExp;
  /** What every match contains: a message without it is not searched. */
  readonly needs?: string;
  /** What stands for a match; `$1` keeps the first group. */
  readonly replacement: string;
  /** A line as people write it and what becomes of it; a test checks every rule by these. */
  readonly sample: readonly [line: string, masked: string];
}

/** Tried in this order: a rule sees what the earlier ones left. None names a product or system. */
export const maskRules: readonly MaskRule[] = [
  {
    // It is the line's severity already.
    name: 'level-number',
    needs: '"',
    pattern: /("level" ?: ?)[1-6]0\b|("PRIORITY" ?: ?")[0-7](?=")/g,
    replacement: '$1$2<*>',
    sample: ['{"level":30,"msg":"x"}', '{"level":<*>,"msg":"x"}'],
  },
  {
    name: 'url',
    needs: '://',
    pattern: /\b([a-zA-Z][\w+.-]*:\/\/)[^\s"'<>()[\],;]+/g,
    replacement: '$1<*>',
    sample: ['GET https://a.example/x?y=1 done', 'GET https://<*> done'],
  },
  {
    name: 'email',
    needs: '@',
    pattern: /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g,
    replacement: '<*>',
    sample: ['mail to <ann.lee@example.org> queued', 'mail to <<*>> queued'],
  },
  {
    name: 'windows-path',
    needs: ':\\',
    pattern: /\b[A-Za-z]:\\[^\s"'<>|,;]+/g,
    replacement: '<*>',
    sample: ['cannot load C:\\app\\bin\\x.dll now', 'cannot load <*> now'],
  },
  {
    name: 'path',
    needs: '/',
    pattern: /(^|[\s"'=:([{,<|])(?:\/[\w.@%+~$#:!&\x7f-]+){1,64}\/?(?:\?[^\s"'<>()[\]]*)?(?<![:.])/g,
    replacement: '$1<*>',
    sample: ['open /var/lib/x/y.db: failed', 'open <*>: failed'],
  },
  {
    name: 'date-time',
    needs: ':',
    pattern:
      /\b[0157]+[-/.][0157]+[-/.][0157]+[T _][0157]+:[0157]+(?::[0157]+)?(?:[.,][0157]+)?(?:Z|[+-][0157]+:?[0157]*)?/g,
    replacement: '<*>',
    sample: ['valid until 2031-02-03 04:05:06.789 only', 'valid until <*> only'],
  },
  {
    name: 'date-words',
    pattern:
      /\b(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},? +)?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6} +[0157],?(?: +[0157]:[0157](?::[0157])?(?: [A-Z]{3,4})?)?(?: +[0157])?(?![\w:.])/g,
    replacement: '<*>',
    sample: ['since Fri Jun 17 20:55:06 2005 only', 'since <*> only'],
  },
  {
    name: 'named-user',
    pattern: /\b((?:for|as|invalid|unknown) (?:invalid |illegal |unknown )?user )[\w.@$-]+/g,
    needs: 'user ',
    replacement: '$1<*>',
    sample: ['session opened for user ann by root', 'session opened for user <*> by root'],
  },
  {
    name: 'ipv6',
    needs: ':',
    pattern: /(?<![\w:])(?=[^\s]*[0157\x7f])(?:[0157a-fA-F\x7f]{0,6}:){3,8}[0157a-fA-F\x7f]{0,6}(?![\w:])/g,
    replacement: '<*>',
    sample: ['from fe80::1ff:fe23:4567:890a port', 'from <*> port'],
  },
  {
    name: 'bus-address',
    needs: ':',
    pattern: /(?<!\w)[0157]:[0157a-f]{1,4}:[0157a-f]{1,4}(?:\.[0157a-f])?(?!\w)/g,
    replacement: '<*>',
    sample: ['nvidia 0000:3b:00.0: gone', 'nvidia <*>: gone'],
  },
  {
    name: 'ipv4',
    needs: '.',
    pattern: /(?<![\w.])[0157]\.[0157]\.[0157]\.[0157](?::[0157])?(?:\/[0157])?(?![\w])/g,
    replacement: '<*>',
    sample: ['peer 10.20.30.40:8080 lost', 'peer <*> lost'],
  },
  {
    // Names that start with a generic domain are packages: com.acme.app.
    name: 'host',
    needs: '.',
    pattern:
      /(?<![\w./$@-])(?!(?:com|org|net|edu|gov|io)\.)(?:[\w\x7f-]+\.)+(?:com|net|org|edu|gov|mil|int|info|biz|io|dev|app|cloud|local|lan|internal|intranet|corp|home|arpa|localdomain|(?<=\.[\w\x7f-]+\.)[a-z]{2})(?::[0157]+)?(?![\w./$(-])/g,
    replacement: '<*>',
    sample: ['name db1.eu.example.com resolved', 'name <*> resolved'],
  },
  {
    // A dot or dash tells a host, or a source file, from a field: `node-12:8030`, `pool.go:12`, but `line:12`.
    name: 'host-port',
    needs: ':',
    pattern: /(?<![\w./$@:=-])(?:[A-Za-z][\w$\x7f]*[.-])+[\w$\x7f]+:[0157]+(?![\w:])/g,
    replacement: '<*>',
    sample: ['connect to node-12:8030 failed', 'connect to <*> failed'],
  },
  {
    name: 'duration',
    pattern: /(?<![\w.])[-+]?(?:[0157](?:\.[0157])?(?:d|h|ms|m|s|us|ns)){2,}(?!\w)/g,
    replacement: '<*>',
    sample: ['took 1h2m3.5s in all', 'took <*> in all'],
  },
  {
    name: 'opaque',
    needs: '\x7f',
    pattern: /\x7f(?:[-_:.]\x7f)*/g,
    replacement: '<*>',
    sample: ['token 9f4ef63a expired', 'token <*> expired'],
  },
  {
    name: 'number',
    pattern: /(?:(?<![A-Za-z0-9>])[-+])?[0157](?:[.,:/][0157])*%?/g,
    replacement: '<*>',
    sample: ['retry 3 of -12,500', 'retry <*> of <*>'],
  },
  {
    name: 'joined',
    needs: '<*>',
    pattern: /<\*>(?:(?:[-_:./,@+]|#{1,2})?<\*>)+/g,
    replacement: '<*>',
    sample: ['attempt 17_0020_000001 ends', 'attempt <*> ends'],
  },
  {
    // A list of any length is one variable. Numbers beside each other without a comma are columns.
    name: 'list-of-numbers',
    needs: '<*>, <*>, <*>',
    pattern: /(?<![^\s[({])<\*>(?:, <\*>){2,}(?![^\s\])};.:])/g,
    replacement: '<*>',
    sample: ['load 0.15, 0.20, 0.25 now', 'load <*> now'],
  },
  {
    name: 'list-of-ids',
    needs: '<*>',
    pattern: /(?<![^\s[({])([A-Za-z]+[_-]?<\*>)(?:[,;]? \1)+(?![^\s\])},;.:])/g,
    replacement: '$1',
    sample: ['delete blk_123 blk_-45 blk_6', 'delete blk_<*>'],
  },
];
