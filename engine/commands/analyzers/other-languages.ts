import type { Analyzer } from './analyzer';

/** What the readers of SQL, awk and other languages found. */
export const otherLanguages: Analyzer = (seen) =>
  seen.kind === 'note' ? [{ level: seen.level, why: seen.why }] : [];
