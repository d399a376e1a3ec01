import { z } from 'zod';
import { type DiagnosisItem, isReserved, type Reserved } from './item';
import type { Judged } from './judge';

/** 'no known failure': the cause is none that engine/knowledge/signatures knows, so that words have to tell it. */
export const GROUPS = ['all', 'generated', 'real', 'reserved', 'not reserved', 'no known failure'] as const;
export const Group = z.enum(GROUPS);
export type Group = z.infer<typeof Group>;

const share = z.number().nullable();

/** The figures of one group of items. Shares are 0 to 1; null where there is nothing to count. */
export const DiagnosisSummary = z.object({
  group: Group,
  failing: z.number().int(),
  healthy: z.number().int(),
  causeRight: share,
  citationsRight: share,
  citationsTouch: share,
  failingCalledFailing: share,
  healthyCalledHealthy: share,
  causeNamed: share,
  claims: z.number().int(),
  claimsBorneOut: share,
  latencyP50Ms: share,
  latencyP95Ms: share,
});
export type DiagnosisSummary = z.infer<typeof DiagnosisSummary>;

/** Groups that have items, in the order of GROUPS. */
export function summarise(judged: readonly Judged[], reserved: Reserved): DiagnosisSummary[] {
  return GROUPS.flatMap((group) => {
    const members = judged.filter(({ item }) => isMember(item, group, reserved));
    return members.length === 0 ? [] : [{ group, ...figures(members) }];
  });
}

function isMember(item: DiagnosisItem, group: Group, reserved: Reserved): boolean {
  if (group === 'all') return true;
  if (group === 'no known failure') return item.cause?.signatures.length === 0;
  if (group === 'generated' || group === 'real') return item.origin === group;
  return isReserved(item, reserved) === (group === 'reserved');
}

function figures(members: readonly Judged[]): Omit<DiagnosisSummary, 'group'> {
  const failing = members.filter(({ item }) => item.cause !== null);
  const healthy = members.filter(({ item }) => item.cause === null);
  const claims = sum(members.map((member) => member.claims));
  const borneOut = sum(members.map((member) => member.claimsBorneOut));
  const times = members.map(({ ms }) => ms).sort((a, b) => a - b);
  return {
    failing: failing.length,
    healthy: healthy.length,
    causeRight: rate(failing.map(({ causeRight }) => causeRight)),
    citationsRight: rate(failing.map(({ citationsRight }) => citationsRight)),
    citationsTouch: rate(failing.map(({ citationsTouch }) => citationsTouch)),
    failingCalledFailing: rate(failing.map(({ stateRight }) => stateRight)),
    healthyCalledHealthy: rate(healthy.map(({ stateRight }) => stateRight)),
    causeNamed: rate(failing.map(({ citationsRight }) => citationsRight !== null)),
    claims,
    claimsBorneOut: claims === 0 ? null : borneOut / claims,
    latencyP50Ms: quantile(times, 0.5),
    latencyP95Ms: quantile(times, 0.95),
  };
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

function rate(values: readonly (boolean | null)[]): number | null {
  const counted = values.filter((value) => value !== null);
  return counted.length === 0 ? null : counted.filter(Boolean).length / counted.length;
}

function quantile(sorted: readonly number[], at: number): number | null {
  const value = sorted[Math.min(sorted.length - 1, Math.floor(at * sorted.length))];
  return value === undefined ? null : Math.round(value);
}
