import type { Variant } from './variants';

/** Percent of perplexity that the shipped configuration may lose. */
export const LIMIT_PERCENT = 0.5;

export interface QualityRow extends Variant {
  readonly cacheBytesPerToken: number;
  readonly perplexity: number;
  /** Of perplexity against the reference; below 0 is better than it. */
  readonly lossPercent: number;
  /** Its standard error over the tokens. */
  readonly lossErrorPercent: number;
  /** Tokens at which the most likely next one is the reference's. */
  readonly agreementPercent: number;
  /** The loss on each text, by its name. */
  readonly lossPercentByText: Readonly<Record<string, number>>;
}

export interface QualityReport {
  readonly model: string;
  readonly date: string;
  /** Tokens that were predicted, by text. */
  readonly tokens: Readonly<Record<string, number>>;
  readonly limitPercent: number;
  readonly rows: readonly QualityRow[];
}

export function isWithinLimit({ rows, limitPercent }: QualityReport): boolean {
  return rows.every(({ isShipped, lossPercent }) => !isShipped || lossPercent <= limitPercent);
}

export function qualityTable({ model, date, tokens, limitPercent, rows }: QualityReport): string {
  const total = Object.values(tokens).reduce((sum, count) => sum + count, 0);
  const texts = Object.entries(tokens).map(([name, count]) => `${name} ${count}`);
  const cells = [
    ['run', 'products', 'cache', 'bytes a token', 'perplexity', 'loss', 'same top token'],
    ...rows.map((row) => [
      row.isShipped ? `**${row.name}**` : row.name,
      row.arithmetic === 'exact' ? 'fp32' : row.derived ? 'int8 columns' : 'int8 blocks',
      row.cache,
      String(row.cacheBytesPerToken),
      row.perplexity.toFixed(3),
      `${row.lossPercent.toFixed(2)} ± ${row.lossErrorPercent.toFixed(2)} %`,
      `${row.agreementPercent.toFixed(1)} %`,
    ]),
  ];
  return [
    `# What speed costs: perplexity of ${model}`,
    '',
    `${total} predicted tokens (${texts.join(', ')}), ${date.slice(0, 10)}; \`npm run bench -- quality\`.`,
    `Shipped runs may lose ${limitPercent} %. "As in decode" is the arithmetic of one-token steps, "as in prefill" that of the`,
    'prompt. Rows newer than a tile of the cache are exact in every form. Behind ±: the standard error.',
    '',
    ...aligned(cells),
    '',
  ].join('\n');
}

/** Columns of words; those behind them are numbers, to the right. */
const WORDS = 3;

/** A Markdown table laid out as the formatter lays it out, so that the written file needs no further change. */
function aligned(cells: readonly (readonly string[])[]): string[] {
  const [head = []] = cells;
  const widths = head.map((_, column) => Math.max(...cells.map((line) => (line[column] ?? '').length)));
  const rule = widths.map((width, column) =>
    column < WORDS ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  const [first, ...rest] = cells.map((line) =>
    line.map((cell, column) => {
      const width = widths[column] ?? 0;
      return column < WORDS ? cell.padEnd(width) : cell.padStart(width);
    }),
  );
  return [first ?? [], rule, ...rest].map((line) => `| ${line.join(' | ')} |`);
}
