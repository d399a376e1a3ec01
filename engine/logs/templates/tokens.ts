/** What stands for a variable. */
export const WILDCARD = '<*>';

/** Keys whose value is a sentence of its own, so that its words count one by one. */
const MESSAGE_KEY =
  /\b(?:msg|message|event|error|err|reason|text|log|description|details?|exception|cause)["=:\s]*$/i;

/** `key=` or `"key":` at the start of what follows, with what opens it. */
const KEY =
  /(?: ?[,;&|"'({[]*[^\s=<*"',;]{0,40}?[A-Za-z_][\w.$-]*=(?![=>~])| ?[,{[]* ?"[\w.$@/-]{1,60}" ?:)/y;
const QUOTED = / ?(?:"(?:[^"\\]|\\.)*"|'[^'\s]*')(?![\w])/y;
/** Single words with commas between, in brackets. */
const LIST = / ?[\w.]*[([{](?:[^\s,()[\]{}]+, )+[^\s,()[\]{}]+[)\]}][^\s]*/y;
/** Up to the next blank, or to where a key starts inside the word. */
const WORD = / ?\S(?:(?![,;&|{]+"?[A-Za-z_][\w.$-]*(?:=(?![=>~])|" ?:))\S)*/y;

export interface Token {
  /** With the blank before it: the texts of all tokens make up the message again. */
  readonly text: string;
  /** A key tells what its value means: messages with other keys are other messages. */
  readonly isKey: boolean;
  /** Says nothing about which message this is: a key, which is equal anyway, a value, a number. */
  readonly isSilent: boolean;
  /** The first word of a sentence that stands as the value of a key. */
  readonly opensMessage: boolean;
}

/**
 * Splits a masked message into words, and words where a key and its value meet. A quoted value and a list
 * in brackets are one token each, as they vary in length.
 */
export function splitTokens(masked: string): Token[] {
  const tokens: Token[] = [];
  let afterKey = false;
  let afterMessageKey = false;
  for (let at = 0; at < masked.length; ) {
    const key = matchAt(KEY, masked, at);
    const text: string =
      key ??
      (afterKey && !afterMessageKey ? matchAt(QUOTED, masked, at) : null) ??
      matchAt(LIST, masked, at) ??
      matchAt(WORD, masked, at) ??
      masked.slice(at);
    tokens.push({
      text,
      isKey: key !== null,
      isSilent: key !== null || (afterKey && !afterMessageKey) || isBare(text, tokens.at(-1)?.text ?? ''),
      opensMessage: key === null && afterMessageKey,
    });
    afterKey = key !== null;
    afterMessageKey = afterKey && MESSAGE_KEY.test(text);
    at += text.length;
  }
  return tokens;
}

function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

/** What a number before it is counted in. */
export const UNIT =
  /^ ?(?:[kKMGTP]?i?[Bb]|[Bb]ytes?|[kKMGT]|[nuµm]?s|msecs?|secs?|seconds?|mins?|minutes?|hours?|days?)\W*$/;
/** Packages, classes, paths, addresses, files, what stands in quotes: names that somebody gave. */
const NAME = /(?:\w\.\w.*){2}|[/\\@]|\w\.[a-z]{2,4}\W*$|^ ?[(<]?[`'"‘“]\S+['"’”]\W*$/;
/** Classes of trouble are told apart, though they are names. */
const TROUBLE = /(?:Exception|Error|Failure|Throwable)\b/;
/** "depth....<*>": the word decides, whatever its value. */
const WORD_WITH_VALUE = /^ ?[A-Za-z]{2,}[.:]+<\*>\W*$/;
const NOTHING = /^\W*(?:null|nil|undefined)\W*$/i;
const PLAIN_VALUE = /^\W*(?:true|false|none|n\/a)\W*$/i;

/**
 * Can this text be one of a few words that a program chooses from, so that each is a message of its own?
 * `before` is the token before it.
 */
export function isChoice({ text, before }: { text: string; before: string }): boolean {
  if (text.includes(WILDCARD)) return WORD_WITH_VALUE.test(text);
  if (TROUBLE.test(text)) return true;
  if (UNIT.test(text) && before.endsWith(WILDCARD)) return false;
  if (PLAIN_VALUE.test(text) && /[=:]$/.test(before)) return false;
  return !NOTHING.test(text) && !NAME.test(text);
}

/**
 * Says nothing about which message this is: it has no letters, or only the unit of a number, or it opens with a variable
 * (`<*>.deb`, `(<*>+b<*>)`), so that letters in it are part of a value.
 */
function isBare(text: string, before: string): boolean {
  const rest = text.replaceAll(WILDCARD, '');
  if (!/\p{L}/u.test(rest)) return true;
  if (rest !== text && /^[^\p{L}]*<\*>/u.test(text)) return true;
  return UNIT.test(rest.trim()) && (rest !== text || before.endsWith(WILDCARD));
}

const OPENERS = new Set(' =:([{<"\'|,;');
const CLOSERS = new Set(' )]}>"\'|,;:.');
/** Stands for a variable while texts are compared by character. */
const MARK = '\u0001';

/** What all texts of one place have in common, a variable for the rest: `tag="a",` and `tag="b",` are `tag="<*>",`. */
export function joinTexts(texts: ReadonlySet<string>): string {
  const [first = '', ...others] = [...texts].map((text) => text.replaceAll(WILDCARD, MARK));
  if (others.length === 0) return first.replaceAll(MARK, WILDCARD);
  let start = first.length;
  let end = first.length;
  let shortest = first.length;
  for (const other of others) {
    shortest = Math.min(shortest, other.length);
    let same = 0;
    while (same < start && same < other.length && first[same] === other[same]) same++;
    start = same;
    same = 0;
    while (same < end && same < other.length && first.at(-1 - same) === other.at(-1 - same)) same++;
    end = same;
  }
  while (start > 0 && !OPENERS.has(first[start - 1] ?? '')) start--;
  while (end > 0 && !CLOSERS.has(first.at(-end) ?? '')) end--;
  if (start + end > shortest) {
    start = first.startsWith(' ') && start > 0 ? 1 : 0;
    end = 0;
  }
  const joined = `${first.slice(0, start)}${MARK}${end > 0 ? first.slice(-end) : ''}`;
  return joined.replaceAll(MARK, WILDCARD);
}
