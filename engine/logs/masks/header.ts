import { type HeaderRule, headerRules, levelFieldPatterns, timePattern } from './header-rules';

/** What stands before a line's message. */
export interface Header {
  /** Level as written, or a syslog severity digit; null where the line has none. */
  readonly level: string | null;
  /** Index into the skeleton where the message starts. */
  readonly messageStart: number;
  /** Index behind the last moment in the header: names of hosts and processes come after it. */
  readonly timeEnd: number;
}

export type ReadHeader = (skeleton: string) => Header;

/**
 * Builds a reader that knows these level words (in upper case). `ambiguous` ones need a sign that they are a level: a
 * bracket, colon or bar behind them.
 */
export function createHeaderReader(
  levelWords: readonly string[],
  ambiguous: readonly string[] = [],
  rules: readonly HeaderRule[] = headerRules,
): ReadHeader {
  const words = [...levelWords].sort((a, b) => b.length - a.length);
  const upperCase = words
    .map((word) => (ambiguous.includes(word) ? `${word}(?= ?[\\])>:|])` : word))
    .join('|');
  const anyCase = words.map((word) => [...word].map((c) => `[${c}${c.toLowerCase()}]`).join('')).join('|');
  const compiled = rules.map((rule) => ({
    ...rule,
    regex: new RegExp(
      rule.pattern
        .replaceAll('LEVEL_ANY_CASE', `(?:${anyCase})`)
        .replaceAll('LEVEL', `(?:${upperCase})`)
        .replaceAll('TIME', timePattern),
      'y',
    ),
  }));

  return (skeleton) => {
    const seen = new Set<string>();
    const used = new Map<string, number>();
    let level: string | null = null;
    let at = skeleton.startsWith(' ') ? 1 : 0;
    let timeEnd = 0;
    for (let moved = true; moved; ) {
      moved = false;
      for (const rule of compiled) {
        if ((used.get(rule.name) ?? 0) >= (rule.times ?? 1)) continue;
        if (rule.after?.some((needed) => !seen.has(needed))) continue;
        if (rule.notAfter?.some((excluded) => seen.has(excluded))) continue;
        rule.regex.lastIndex = at;
        const match = rule.regex.exec(skeleton);
        if (!match) continue;
        used.set(rule.name, (used.get(rule.name) ?? 0) + 1);
        at = rule.regex.lastIndex;
        for (const part of rule.gives ?? []) {
          seen.add(part);
          if (part === 'level') level = match.groups?.level ?? null;
          if (part === 'time') timeEnd = at;
        }
        moved = true;
        break;
      }
    }
    level ??= levelFieldPatterns.map((field) => field.exec(skeleton)?.[1]).find(Boolean) ?? null;
    return { level, messageStart: at, timeEnd };
  };
}
