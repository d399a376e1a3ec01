import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Names after `Host` in an ssh configuration that stand for one host each: patterns are left out. */
export function parseSshHosts(text: string): string[] {
  const hosts = new Set<string>();
  for (const line of text.split(/\r?\n/)) {
    const names = /^\s*Host(?:\s*=\s*|\s+)(.*)$/i.exec(line)?.[1];
    for (const name of names?.split(/\s+/) ?? []) {
      const plain = name.replace(/^"|"$/g, '');
      if (plain !== '' && !/[*?!#]/.test(plain)) hosts.add(plain);
    }
  }
  return [...hosts];
}

/** Hosts that the person's ssh configuration names; files that it includes are not followed. */
export function sshHosts(home: string): string[] {
  try {
    return parseSshHosts(readFileSync(join(home, '.ssh', 'config'), 'utf8'));
  } catch {
    return [];
  }
}
