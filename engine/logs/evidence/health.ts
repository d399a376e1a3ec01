import { isError, type PatternFacts } from './facts';

/** Warnings of one kind that come in a burst are trouble from this many lines on. */
const WARNINGS_AT_ONCE = 8;
/** A known failure of severity warning is from this many lines on: once may be chance. */
const KNOWN_WARNINGS = 3;
/** And all warnings together from this many lines and this share of the log on. */
const MANY_WARNINGS = 20;
const WARNING_SHARE = 0.25;

/**
 * Whether nothing in a log points to trouble:
 * - no line of severity fatal or error, and no known failure of that severity;
 * - no warning that bursts (8 lines or more of it), and none of three lines or more that has a specific known failure;
 * - warnings, known failures among them, are fewer than 20 lines or a quarter of the log: some are part of ordinary
 *   days.
 * Rare, new and bursting lines of no severity are no trouble by themselves.
 */
export function isHealthy(patterns: readonly PatternFacts[], lineCount: number): boolean {
  if (patterns.some(({ severity }) => isError(severity))) return false;
  const warnings = patterns.filter(({ severity }) => severity === 'warning');
  const sudden = warnings.some(({ count, signs }) => count >= WARNINGS_AT_ONCE && signs.includes('burst'));
  const known = warnings.some(
    ({ count, failures }) => count >= KNOWN_WARNINGS && failures.some(({ generic }) => !generic),
  );
  const lines = warnings.reduce((sum, { count }) => sum + count, 0);
  return !sudden && !known && (lines < MANY_WARNINGS || lines < WARNING_SHARE * lineCount);
}
