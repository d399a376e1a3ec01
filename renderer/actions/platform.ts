import type { DefaultKeys } from './action';

const agent = globalThis.navigator?.userAgent ?? '';
export const MAC = agent.includes('Macintosh');
const WINDOWS = agent.includes('Windows');

export type Platform = 'mac' | 'windows' | 'other';
export const PLATFORM: Platform = MAC ? 'mac' : WINDOWS ? 'windows' : 'other';

/** The keys of an action on a system. */
export function keysOn(keys: DefaultKeys | undefined, platform: Platform): readonly string[] {
  if (!keys) return [];
  if (!('other' in keys)) return keys;
  return platform === 'mac' ? keys.mac : platform === 'windows' ? (keys.windows ?? keys.other) : keys.other;
}
