import { z } from 'zod';
import { type EvalItem, PARTS, Part, SPLITS, Split } from '../items';
import type { ItemScores } from './scores';

const figure = z.number().nullable();

/** The figures of one part and split. Shares are 0 to 1; null where nothing could be measured. */
export const Summary = z.object({
  part: z.union([Part, z.literal('all')]),
  split: z.union([Split, z.literal('all')]),
  items: z.number().int(),
  answered: z.number().int(),
  /** Items that were run in the sandbox. */
  run: z.number().int(),
  cmdScore: figure,
  exactMatch: figure,
  accuracy: figure,
  successRatio: figure,
  outputScore: figure,
  calibrationScore: figure,
  parseErrors: figure,
  latencyP50Ms: figure,
  latencyP95Ms: figure,
});
export type Summary = z.infer<typeof Summary>;

export interface ScoredItem {
  readonly item: EvalItem;
  readonly run: boolean;
  readonly scores: ItemScores;
}

/** Per part and in total, development and held items apart and, in total only, together. */
export function summarise(scored: readonly ScoredItem[]): Summary[] {
  const groups = [...PARTS, 'all' as const].flatMap((part) =>
    [...SPLITS, ...(part === 'all' ? (['all'] as const) : [])].map((split) => ({ part, split })),
  );
  return groups.flatMap(({ part, split }) => {
    const members = scored.filter(
      ({ item }) => (part === 'all' || item.part === part) && (split === 'all' || item.split === split),
    );
    return members.length === 0 ? [] : [{ part, split, ...figures(members) }];
  });
}

function figures(members: readonly ScoredItem[]): Omit<Summary, 'part' | 'split'> {
  const share = (read: (scores: ItemScores) => number | boolean | null) =>
    mean(members.map(({ scores }) => read(scores)));
  const parsed = members.map(({ scores }) => scores.parsed).filter((value) => value !== null);
  const times = members.map(({ scores }) => scores.ms).filter((ms) => ms !== null);
  return {
    items: members.length,
    answered: members.filter(({ scores }) => scores.answered).length,
    run: members.filter(({ run }) => run).length,
    cmdScore: share(({ cmdScore }) => cmdScore),
    exactMatch: share(({ exact }) => exact),
    accuracy: share(({ accurate }) => accurate),
    successRatio: share(({ succeeded }) => succeeded),
    outputScore: share(({ outputScore }) => outputScore),
    calibrationScore: share(({ calibration }) => calibration),
    parseErrors: parsed.length === 0 ? null : parsed.filter((value) => !value).length,
    latencyP50Ms: percentile(times, 0.5),
    latencyP95Ms: percentile(times, 0.95),
  };
}

/** Over those that have a value: an unmeasured item neither helps nor hurts. */
function mean(values: readonly (number | boolean | null)[]): number | null {
  const known = values.filter((value) => value !== null).map(Number);
  if (known.length === 0) return null;
  return rounded(known.reduce((sum, value) => sum + value, 0) / known.length);
}

/** Nearest rank: the smallest value that at least this share of all do not exceed. */
export function percentile(values: readonly number[], share: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  return value === undefined ? null : Math.round(value);
}

const rounded = (value: number) => Math.round(value * 1e4) / 1e4;
