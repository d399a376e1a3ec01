import { readStored, writeStored } from '../../ui/stored';

const KEY = 'logs.sqlHistory';
const MOST = 30;

/** Queries that were asked, newest first, each once. */
export function withQuery(history: readonly string[], query: string): string[] {
  const text = query.trim();
  return text === '' ? [...history] : [text, ...history.filter((other) => other !== text)].slice(0, MOST);
}

export function readHistory(): string[] {
  try {
    const stored: unknown = JSON.parse(readStored(KEY) ?? '[]');
    return Array.isArray(stored) ? stored.filter((entry) => typeof entry === 'string').slice(0, MOST) : [];
  } catch {
    return [];
  }
}

export function writeHistory(history: readonly string[]): void {
  writeStored(KEY, JSON.stringify(history));
}
