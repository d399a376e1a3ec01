import type { SecretMatch } from './secret-rule';

/** What programs and people write where a secret would stand. */
const STAND_IN =
  /^(?:true|false|yes|no|none|null|nil|undefined|empty|unset|default|required|optional|missing|invalid|incorrect|wrong|expired|changed|accepted|rejected|denied|ok|on|off|enabled|disabled|string|bytes|prompt|stdin|not|is|was|for|from|and|or|the)$/iu;
const PLACEHOLDER =
  /^(?:[*.xX•#_-]{2,}|<.*|\$.*|%.*|\{.*|\[.*|\(.*|@[A-Z_]+@?|YOUR[-_].*|REDACTED|FILTERED|MASKED|HIDDEN|CHANGE_?ME)$/u;

/**
 * Whether a value that was given to a name such as `password` is a secret, or a word of a sentence
 * ('using password: YES', 'password: incorrect'), a placeholder (`$TOKEN`, `***`) or already masked.
 */
export function isPassword(value: string, { key, separator, opensLine, quoted }: SecretMatch): boolean {
  if (!mayBeSecret(value) || value.length < 3) return false;
  // PWD and OLDPWD are folders.
  if (/pwd$/iu.test(key) && value.startsWith('/')) return false;
  if (quoted || !/\s|^:/u.test(separator)) return true;
  // A colon or a space also stands in sentences: there a plain word counts only as a line of a settings file.
  return /[^A-Za-z]/u.test(value.replace(/[.,;:!?)]+$/u, '')) || (opensLine && separator.includes(':'));
}

/** The same for names such as `token`, of which logs tell much that is no secret: the value must look random. */
export function isToken(value: string): boolean {
  if (!mayBeSecret(value) || value.length < 12) return false;
  // A path, an address, a name of parts such as 'my-tls-cert' or a list of words is no token.
  if (/^(?:\.{0,2}\/|[a-z][a-z0-9+.-]{1,20}:\/\/)/iu.test(value)) return false;
  if (/^[a-z]+(?:[-_.:/][a-z]+)*$/iu.test(value) && !/[a-z][A-Z]|[A-Z]{2}[a-z]/u.test(value)) return false;
  // A reference to an object in memory: 'Token{a64f992', 'android.os.BinderProxy@2bd79ce'.
  if (/^[\w.$]+[{(<@][0-9a-f]*$/u.test(value)) return false;
  return entropy(value) >= 2.8;
}

function mayBeSecret(value: string): boolean {
  return !STAND_IN.test(value) && !PLACEHOLDER.test(value);
}

/** Bits a character, of how often each occurs in the text. */
export function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  const { length } = [...text];
  let bits = 0;
  for (const count of counts.values()) bits -= (count / length) * Math.log2(count / length);
  return bits;
}
