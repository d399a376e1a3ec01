import type { Rule } from '../rule';
import { CLOUD } from './cloud';
import { CONTAINERS } from './containers';
import { DEVELOPMENT } from './development';
import { FILES } from './files';
import { HARDWARE } from './hardware';
import { NETWORK } from './network';
import { READ_ONLY } from './read-only';
import { SYSTEM } from './system';

const READS: Rule = { level: 'read-only' };
const RULES = new Map<string, Rule>();
for (const table of [FILES, SYSTEM, NETWORK, HARDWARE, CONTAINERS, CLOUD, DEVELOPMENT])
  for (const [names, rule] of Object.entries(table))
    for (const name of names.split(' ')) RULES.set(name, rule);

/** GNU programs on other systems have a g before their name. */
const PREFIXED =
  /^g(?=(?:rm|mv|cp|ln|dd|chmod|chown|shred|truncate|ls|cat|date|stat|du|sort|head|tail|wc|cut|tr|tee|mkdir|touch|install|split|readlink|realpath|timeout|grep|uniq)$)/;

/** What is known of a program, by its name without folder. */
export function findRule(program: string): Rule | null {
  const name = program.replace(PREFIXED, '');
  return RULES.get(name) ?? (READ_ONLY.has(name) ? READS : (versioned(name) ?? null));
}

/** `gcc-12`, `pip3.11`, `kubectl-1.29`: the program without its version. */
function versioned(name: string): Rule | null {
  const plain = /^([a-z+]+(?:-[a-z]+)*?)-?\d[\d.]*$/.exec(name)?.[1];
  if (/^mkfs\./.test(name)) return RULES.get('mkfs') ?? null;
  return plain ? (RULES.get(plain) ?? null) : null;
}
