import type { RiskLevel } from '../../engine/contract/commands';

/** What running a command does, in words. */
export const RISK_WORDS: Readonly<Record<RiskLevel, string>> = {
  'read-only': 'Reads only',
  changes: 'Changes things',
  destructive: 'Destructive',
};
