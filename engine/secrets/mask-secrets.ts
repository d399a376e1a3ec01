import { SECRET_RULES } from './rules';
import type { SecretRule } from './secret-rule';

/** A stretch of a text that is a secret: UTF-16 units [start, end). */
export interface SecretSpan {
  readonly start: number;
  readonly end: number;
  /** What kind, for people: 'GitHub token'. */
  readonly label: string;
}

export interface MaskedText {
  /** The text with '[masked: LABEL]' in the place of each secret. Masking it again changes nothing. */
  readonly text: string;
  /** How many secrets were masked. */
  readonly count: number;
}

/** What is masked can bring out what it hid, such as a second password in what looked like one. */
const MOST_PASSES = 4;

/**
 * Masks passwords, tokens and keys. What it knows are forms (rules.ts): a secret that looks like an ordinary word
 * and stands after no telling name is not found, so nobody may be promised that a masked text has none.
 */
export function maskSecrets(text: string): MaskedText {
  let masked = text;
  let count = 0;
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    const secrets = findSecrets(masked);
    if (secrets.length === 0) break;
    masked = replaced(masked, secrets);
    count += secrets.length;
  }
  return { text: masked, count };
}

function replaced(text: string, secrets: readonly SecretSpan[]): string {
  let masked = '';
  let from = 0;
  for (const { start, end, label } of secrets) {
    masked += `${text.slice(from, start)}[masked: ${label}]`;
    from = end;
  }
  return masked + text.slice(from);
}

/** Secrets of a text in their order; none overlaps another. Steps: a fixed number a character, whatever the text. */
export function findSecrets(text: string): SecretSpan[] {
  const lower = text.toLowerCase();
  const found = keyBlocks(text);
  for (const rule of SECRET_RULES) {
    if (rule.hints.some((hint) => lower.includes(hint))) found.push(...matches(text, rule));
  }
  // Where two overlap, the one that begins first stands, and grows over the other.
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  const apart: SecretSpan[] = [];
  for (const span of found) {
    const last = apart.at(-1);
    if (!last || span.start >= last.end) apart.push(span);
    else if (span.end > last.end) apart[apart.length - 1] = { ...last, end: span.end };
  }
  return apart;
}

function matches(text: string, { pattern, label, holds }: SecretRule): SecretSpan[] {
  const found: SecretSpan[] = [];
  for (const match of text.matchAll(pattern)) {
    const { value: first, value2, value3, key = '', sep = '' } = match.groups ?? {};
    const value = first ?? value2 ?? value3;
    if (value === undefined) continue;
    // The value closes the match but for a quote.
    const start = match.index + match[0].lastIndexOf(value);
    const lineStart = text.lastIndexOf('\n', match.index - 1) + 1;
    const about = {
      key,
      separator: sep,
      opensLine: /^[\s"'-]*[\w.-]*$/u.test(text.slice(Math.max(lineStart, match.index - 200), match.index)),
      quoted: /["']/u.test(text[start - 1] ?? ''),
    };
    if (!holds || holds(value, about)) found.push({ start, end: start + value.length, label });
  }
  return found;
}

const KEY_BEGIN = /-----BEGIN (?:[A-Z0-9]{1,12} ){0,4}PRIVATE KEY(?: BLOCK)?-----/gu;
/** The longest key block: 16,384-bit RSA has 12.7 KB. */
const LONGEST_KEY = 20_000;

/** Blocks of private keys, also as one line with '\n', or with a log's header before each line. */
function keyBlocks(text: string): SecretSpan[] {
  const found: SecretSpan[] = [];
  for (const { index, 0: begin } of text.matchAll(KEY_BEGIN)) {
    const start = index + begin.length;
    const end = /-----END [A-Z0-9 ]{1,60}-----/u.exec(text.slice(start, start + LONGEST_KEY));
    // Cut off: what follows as far as it looks like a key's lines.
    const open = /^(?:[A-Za-z0-9+/=\s]|\\[nr]){0,20000}/u.exec(text.slice(start, start + LONGEST_KEY));
    const length = end ? end.index : (open?.[0].trimEnd().length ?? 0);
    const masked = text.startsWith('[masked: ', start);
    if (length > 0 && !masked) found.push({ start, end: start + length, label: 'private key' });
  }
  return found;
}
