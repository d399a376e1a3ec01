import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Accuracy, measureAccuracy } from './accuracy';
import { templatesOfLines } from './testing/templates-of-lines';

/** Loghub is for research only and is not part of this repository: name its folder to run this. */
const folder = process.env.SIGMA_OPS_LOGHUB;

describe.skipIf(!folder || !existsSync(folder))('accuracy on Loghub', () => {
  test('grouping: mean over the systems, and none far below it', () => {
    const results = systems(folder ?? '').map((system) => {
      const [lines, truth] = readSystem(join(folder ?? '', system), system);
      return { system, ...measureAccuracy(templatesOfLines(lines), truth) };
    });
    const mean = (measure: keyof Accuracy) =>
      results.reduce((sum, result) => sum + result[measure], 0) / results.length;
    const means = {
      system: 'mean',
      groupingAccuracy: mean('groupingAccuracy'),
      groupingF1: mean('groupingF1'),
      parsingAccuracy: mean('parsingAccuracy'),
      literalParsingAccuracy: mean('literalParsingAccuracy'),
    };
    const rounded = (value: number) => Math.round(value * 1000) / 1000;
    console.table(
      [...results, means].map((row) => ({
        system: row.system,
        GA: rounded(row.groupingAccuracy),
        FGA: rounded(row.groupingF1),
        PA: rounded(row.parsingAccuracy),
        'PA, texts as they are': rounded(row.literalParsingAccuracy),
      })),
    );
    expect(means.groupingAccuracy).toBeGreaterThanOrEqual(0.93);
    for (const { system, groupingAccuracy } of results) {
      expect(groupingAccuracy, system).toBeGreaterThanOrEqual(0.8);
    }
  });
});

function systems(root: string): string[] {
  return readdirSync(root).filter((name) => existsSync(join(root, name, `${name}_2k.log_structured.csv`)));
}

function readSystem(path: string, system: string): [lines: string[], truth: string[]] {
  const lines = readFileSync(join(path, `${system}_2k.log`), 'utf8')
    .split(/\r?\n/)
    .filter((line) => line !== '');
  const rows = parseCsv(readFileSync(join(path, `${system}_2k.log_structured.csv`), 'utf8'));
  const column = rows[0]?.indexOf('EventTemplate') ?? -1;
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
