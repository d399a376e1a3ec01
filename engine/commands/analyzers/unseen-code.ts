import type { Analyzer } from './analyzer';

/** Code that nobody has read may do anything. */
export const unseenCode: Analyzer = (seen) =>
  seen.kind === 'unseen' ? [{ level: 'destructive', why: seen.why, runsUnseenCode: true }] : [];
