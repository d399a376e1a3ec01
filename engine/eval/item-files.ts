import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type EvalItem, PARTS, parseItems } from './items';

/** The items of all parts whose files are there, in the order of PARTS. */
export function readItems(folder: string): EvalItem[] {
  return PARTS.flatMap((part) => {
    const file = join(folder, `${part}.jsonl`);
    return existsSync(file) ? parseItems(readFileSync(file, 'utf8'), `${part}.jsonl`) : [];
  });
}

/** Names a set of items, so that results tell which they were measured on. */
export function itemsHash(items: readonly EvalItem[]): string {
  return createHash('sha256').update(JSON.stringify(items)).digest('hex').slice(0, 12);
}
