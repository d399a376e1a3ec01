import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DiagnosisItem } from '../item';
import { ranges } from './render';
import { keywordGroups } from './scenario';

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters
const COLOURS = /\x1b\[[\d;]*[A-Za-z]/g;

/** A case of record/ as it was recorded, as an item. `told`: the text of its .case file. */
export function recordedItem(id: string, told: string, log: string): DiagnosisItem {
  const fields = new Map(
    told
      .trimEnd()
      .split('\n')
      .map((line): [string, string] => {
        const at = line.indexOf('=');
        return [line.slice(0, at), line.slice(at + 1)];
      }),
  );
  const lines = log.replace(/\n$/, '').split('\n');
  const taken = new Set<number>();
  /** Lines that a field's expression fits and no earlier field has. */
  const fitting = (field: string) => {
    const pattern = fields.get(field);
    if (pattern === undefined) return [];
    const regex = new RegExp(pattern);
    const found = lines.flatMap((line, at) => (regex.test(line) && !taken.has(at + 1) ? [at + 1] : []));
    // What follows from a failure depends on timing; the failure itself must be there.
    if (found.length === 0 && field === 'shows') throw new Error(`${id}: no line shows ${pattern}`);
    for (const number of found) taken.add(number);
    return ranges(found);
  };
  const shown = fitting('shows');
  return DiagnosisItem.parse({
    id: `real-${id}`,
    origin: 'real',
    format: fields.get('format'),
    truth: fields.get('truth'),
    cause:
      shown.length === 0
        ? null
        : {
            signatures: (fields.get('ids') ?? '').split(/\s+/).filter(Boolean),
            keywords: keywordGroups(fields.get('words') ?? ''),
            lines: shown,
          },
    effects: fitting('follows'),
    herrings: fitting('unrelated'),
  });
}

/** Makes items of what record/record.sh left in `recorded`, in place of those with the same ids; how many. */
export function takeRecorded(folder: string, recorded: string): number {
  const logs = join(folder, 'logs', 'real');
  rmSync(logs, { recursive: true, force: true });
  mkdirSync(logs, { recursive: true });
  const items = readdirSync(recorded)
    .filter((name) => name.endsWith('.case'))
    .sort()
    .map((name) => {
      const id = name.slice(0, -'.case'.length);
      // Control characters other than tabs are colours and progress bars of terminals.
      const log = readFileSync(join(recorded, `${id}.log`), 'utf8')
        .replace(COLOURS, '')
        .replace(/\r/g, '');
      const item = recordedItem(id, readFileSync(join(recorded, name), 'utf8'), log);
      writeFileSync(join(logs, `${item.id}.log`), log);
      return item;
    });
  writeFileSync(
    join(folder, 'items', 'real.jsonl'),
    `${items.map((item) => JSON.stringify(item)).join('\n')}\n`,
  );
  return items.length;
}
