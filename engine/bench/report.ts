import type { Measured } from './measure';
import type { BenchRow } from './rows';
import { median } from './statistics';

/** One row a contender: the best of its settings. */
export function rowsOf(measured: readonly Measured[]): BenchRow[] {
  const names = [...new Set(measured.map(({ job }) => job.name))];
  return names.flatMap((name) => {
    const [first, ...rest] = measured.filter(({ job }) => job.name === name);
    return first ? [bestRow([first, ...rest])] : [];
  });
}

/** Each figure is that of the setting best at it, so that a rival is not held down by one choice for all. */
function bestRow(measured: readonly [Measured, ...Measured[]]): BenchRow {
  const stepMs = (of: Measured) => median(of.stepMs);
  const prefill = (of: Measured) => of.prefillTokensPerSecond ?? Number.NEGATIVE_INFINITY;
  const decoder = measured.reduce((best, other) => (stepMs(other) < stepMs(best) ? other : best));
  const prefiller = measured.reduce((best, other) => (prefill(other) > prefill(best) ? other : best));
  const isAttention = decoder.job.program.kind === 'attention-stack';
  return {
    contender: decoder.job.name,
    context: decoder.job.context,
    decodeMsPerToken: isAttention ? null : stepMs(decoder),
    prefillTokensPerSecond: prefiller.prefillTokensPerSecond,
    attentionMsPerToken: isAttention ? stepMs(decoder) : null,
    cache: decoder.cache,
    cacheBytesPerToken: decoder.cacheBytesPerToken,
    residentMB: Math.round(decoder.residentMB),
    setting:
      prefiller === decoder ? decoder.setting : `${decoder.setting}; prefill with ${prefiller.setting}`,
    steps: decoder.stepMs.length,
  };
}

/** Attention's time joins the row of the same contender; without one it is a row of its own. */
export function withAttention(rows: readonly BenchRow[], attention: readonly BenchRow[]): BenchRow[] {
  const stackOf = (row: BenchRow) => attention.find(({ contender }) => contender === row.contender);
  const joined = rows.map((row) => ({
    ...row,
    attentionMsPerToken: stackOf(row)?.attentionMsPerToken ?? row.attentionMsPerToken,
  }));
  const alone = attention.filter((row) => !rows.some(({ contender }) => contender === row.contender));
  return [...joined, ...alone];
}
