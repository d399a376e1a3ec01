import { spawnSync } from 'node:child_process';
import { z } from 'zod';

export interface CommandPair {
  readonly command: string;
  readonly references: readonly string[];
}

/** Scores in the order of the pairs, or why there are none. */
export type CmdScores = { readonly scores: readonly number[] } | { readonly missing: string };

const Row = z.object({ score: z.number() });

/** Runs cmd_score.py once over all pairs. Without Python or the model's package the figure is left out, with why. */
export function cmdScores(pairs: readonly CommandPair[], script: string): CmdScores {
  if (pairs.length === 0) return { scores: [] };
  const input = pairs.map((pair) => JSON.stringify(pair)).join('\n');
  const python = process.env.PYTHON ?? 'python3';
  const { status, stdout, stderr, error } = spawnSync(python, [script], {
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  if (error) return { missing: `${python} can't be started` };
  if (status !== 0)
    return { missing: `cmd_score.py: ${stderr.trim().split('\n').at(-1) || `ended with ${status}`}` };
  const scores = stdout
    .trim()
    .split('\n')
    .map((line) => Row.parse(JSON.parse(line)).score);
  return scores.length === pairs.length
    ? { scores }
    : { missing: 'cmd_score.py answered another number of lines' };
}
