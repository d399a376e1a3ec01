import { type RequestValue, requestValues } from '../../knowledge/request-values';
import type { ValueKind } from '../../knowledge/value-forms';
import type { Seeded } from './seeded';

/** A request and the command that answers it. */
export interface Pair {
  readonly request: string;
  readonly command: string;
}

const OPENINGS = [
  'how do I ',
  'how can I ',
  'please ',
  'I want to ',
  'I need to ',
  'can you ',
  'give me a command to ',
  'what is the command to ',
  'command to ',
  'help me ',
];

/** Short words that people leave out when they are in a hurry. */
const LEFT_OUT = /\b(?:the|a|an|of all|all of the|please|my|this|that)\s+/gi;

const lowerFirst = (text: string) =>
  /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;

/** The same request as another person would type it: opened differently, terse, with a slip of the fingers. */
export function paraphrase(request: string, random: Seeded): string {
  const values = requestValues(request);
  let text = request;
  const kind = random.below(5);
  if (kind === 0) text = random.pick(OPENINGS) + lowerFirst(request);
  else if (kind === 1) text = request.replace(LEFT_OUT, '').replace(/[.?!]+$/, '');
  else if (kind === 2) text = misspelt(request, values, random);
  else if (kind === 3) text = lowerFirst(request).replace(/[.?!]+$/, '');
  else
    text = `${request.replace(/[.?!]+$/, '')}${random.pick(['.', '?', ' please', ' on this machine', ''])}`;
  return text.trim();
}

/** One slip in a word that is no value: letters swapped, one missing, one twice. */
function misspelt(request: string, values: readonly RequestValue[], random: Seeded): string {
  const words = [...request.matchAll(/\b[a-z]{5,}\b/g)].filter(
    ({ index }) => !values.some(({ start, end }) => index >= start && index < end),
  );
  if (words.length === 0) return request;
  const word = random.pick(words);
  const at = word.index + 1 + random.below(word[0].length - 3);
  const [a, b] = [request.charAt(at), request.charAt(at + 1)];
  const slip = random.pick([b + a, a, a + a + b]);
  return request.slice(0, at) + slip + request.slice(at + 2);
}

const WORDS = (
  'alpha backup billing build cache catalog checkout core data demo deploy edge export gateway import index ingest ' +
  'inventory invoice jobs legacy mail media metrics orders payments portal proxy queue report search session shop ' +
  'site staging store stream sync tasks test tracker upload users web worker'
).split(' ');
const ENDINGS = ['log', 'txt', 'csv', 'json', 'yaml', 'conf', 'sh', 'py', 'tar.gz', 'sql', 'md', 'xml'];
const FOLDERS = [
  '/var/log',
  '/etc',
  '/srv',
  '/opt',
  '/home/ann',
  '/tmp',
  '/data',
  '/mnt/backup',
  '/usr/local',
];

/** Another value of the same kind, in the same spelling; null where none is known. */
function otherValue(kind: ValueKind, text: string, random: Seeded): string | null {
  const name = () => random.pick(WORDS);
  if (/^\d+$/.test(text)) {
    const digits = text.length;
    const low = digits === 1 ? 1 : 10 ** (digits - 1);
    return String(low + random.below(10 ** digits - low));
  }
  if (/^\d+(?:\.\d+){3}$/.test(text)) {
    return `${random.pick(['10', '172.16', '192.168'])}.${random.below(250)}.${1 + random.below(250)}`
      .split('.')
      .concat(String(1 + random.below(250)))
      .slice(0, 4)
      .join('.');
  }
  if (/^(?:\/[\w.-]+)+\/?$/.test(text)) {
    const file = /\.\w+$/.test(text) ? `/${name()}.${random.pick(ENDINGS)}` : `/${name()}`;
    return random.pick(FOLDERS) + file + (text.endsWith('/') ? '/' : '');
  }
  if (/^\*?\.\w{1,5}$/.test(text)) return text.replace(/\w+$/, random.pick(ENDINGS));
  if (/^[\w-]+\.[a-z]\w{1,4}$/.test(text) && kind !== 'host') return `${name()}.${text.split('.').at(-1)}`;
  if (/^[a-z][a-z-]+\d*$/.test(text) && (kind === 'name' || kind === 'quoted')) {
    return random.chance(0.5) ? name() : `${name()}-${random.chance(0.5) ? name() : 1 + random.below(20)}`;
  }
  return null;
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * The pair with other values, those that stand in both request and command in the same spelling: what is asked and how
 * stays, so the model learns to copy. null where there are none.
 */
export function withOtherValues({ request, command }: Pair, random: Seeded): Pair | null {
  let [asked, answer] = [request, command];
  let changed = false;
  for (const value of requestValues(request).toReversed()) {
    const written = request.slice(value.start, value.end);
    const text = value.text;
    if (text.length === 0 || !written.includes(text)) continue;
    const inCommand = new RegExp(`(?<![\\w.-])${escaped(text)}(?![\\w-])`, 'g');
    // A value that stands there twice may mean two things.
    if ([...answer.matchAll(inCommand)].length !== 1) continue;
    const other = otherValue(value.kind, text, random);
    if (other === null || other === text) continue;
    asked = asked.slice(0, value.start) + written.replace(text, other) + asked.slice(value.end);
    answer = answer.replace(inCommand, () => other);
    changed = true;
  }
  return changed ? { request: asked, command: answer } : null;
}
