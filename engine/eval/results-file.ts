import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const Cell = z.union([z.string(), z.number(), z.null()]);

/** What each suite writes as `results/SUITE.json`. RESULTS.md is made of these fields; a suite may add its own. */
export const SuiteResults = z.looseObject({
  suite: z.string(),
  title: z.string(),
  /** One paragraph each: what was measured, on what, and what was left out. */
  notes: z.array(z.string()),
  tables: z.array(
    z.object({ title: z.string(), columns: z.array(z.string()), rows: z.array(z.array(Cell)) }),
  ),
});
export type SuiteResults = z.infer<typeof SuiteResults>;

/** Stores one suite's results and makes RESULTS.md of all that are there. */
export function storeResults(results: SuiteResults, evalFolder: string): void {
  const folder = join(evalFolder, 'results');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${results.suite}.json`), `${JSON.stringify(results, null, 2)}\n`);
  const all = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => SuiteResults.parse(JSON.parse(readFileSync(join(folder, name), 'utf8'))));
  writeFileSync(join(evalFolder, 'RESULTS.md'), resultsMarkdown(all));
}

/** The stored results of a suite, or null. */
export function readResults(suite: string, evalFolder: string): SuiteResults | null {
  const file = join(evalFolder, 'results', `${suite}.json`);
  return existsSync(file) ? SuiteResults.parse(JSON.parse(readFileSync(file, 'utf8'))) : null;
}

/** The same results always give the same text. */
export function resultsMarkdown(suites: readonly SuiteResults[]): string {
  const sections = suites.flatMap(({ title, notes, tables }) => [
    `## ${title}`,
    ...notes,
    ...tables.flatMap((table) => [`### ${table.title}`, markdownTable(table)]),
  ]);
  return `${['# Results', 'Generated from `results/*.json` by `npm run eval`; not edited by hand.', ...sections].join('\n\n')}\n`;
}

function markdownTable({ columns, rows }: SuiteResults['tables'][number]): string {
  const line = (cells: readonly (string | number | null)[]) =>
    `| ${cells.map((cell) => String(cell ?? '-').replaceAll('|', '\\|')).join(' | ')} |`;
  const rule = columns.map((_, column) =>
    rows.every((row) => typeof row[column] !== 'string') ? '---:' : '---',
  );
  return [line(columns), `| ${rule.join(' | ')} |`, ...rows.map(line)].join('\n');
}

/** The same table for a terminal. */
export function textTable({ columns, rows }: SuiteResults['tables'][number]): string {
  const cells = [columns, ...rows.map((row) => row.map((cell) => String(cell ?? '-')))];
  const widths = columns.map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)));
  return cells
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
