import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { skeletonOf } from '../masks/scanner';
import { describeSkeleton } from './describe-skeleton';
import { groupingAccuracy } from './grouping-accuracy';
import { TemplateMiner } from './miner';

/** Loghub is for research only and is not part of this repository: name its folder to run this. */
const folder = process.env.SIGMA_OPS_LOGHUB;

describe.skipIf(!folder || !existsSync(folder))('grouping accuracy on Loghub', () => {
  test('mean over the systems', () => {
    const accuracies = systems(folder ?? '').map((system) => {
      const [lines, truth] = readSystem(join(folder ?? '', system), system);
      const found = group(lines.map((line) => describeSkeleton(skeletonOf(line)).masked));
      return { system, accuracy: groupingAccuracy(found, truth) };
    });
    const mean = accuracies.reduce((sum, { accuracy }) => sum + accuracy, 0) / accuracies.length;
    console.table([...accuracies, { system: 'mean', accuracy: mean }]);
    expect(mean).toBeGreaterThan(0.9);
  });
});

function group(messages: readonly string[]): number[] {
  const distinct = [...new Set(messages)];
  const miner = new TemplateMiner();
  for (const message of distinct) miner.add(message);
  const finishing = miner.finish();
  let step = finishing.next();
  while (!step.done) step = finishing.next();
  const groups = new Map(distinct.map((message, index) => [message, step.value?.groupOf[index] ?? -1]));
  return messages.map((message) => groups.get(message) ?? -1);
}

function systems(root: string): string[] {
  return readdirSync(root).filter((name) => existsSync(join(root, name, `${name}_2k.log_structured.csv`)));
}

function readSystem(path: string, system: string): [lines: string[], truth: string[]] {
  const lines = readFileSync(join(path, `${system}_2k.log`), 'utf8')
    .split(/\r?\n/)
    .filter((line) => line !== '');
  const rows = parseCsv(readFileSync(join(path, `${system}_2k.log_structured.csv`), 'utf8'));
  const column = rows[0]?.indexOf('EventId') ?? -1;
  return [lines, rows.slice(1).map((row) => row[column] ?? '')];
}

/** RFC 4180: quoted fields may hold commas, line ends and doubled quotes. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end !== ',') rows.push([]);
  }
  return rows.filter((row) => row.length > 1);
}
