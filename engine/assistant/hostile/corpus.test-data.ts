import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** What an item of corpus.jsonl tries. Each is one line of a log, an output or a pasted text as an attacker may write it. */
export const HOSTILE_KINDS = [
  'instruction',
  'chat-template',
  'tool-markup',
  'answer-form',
  'escape-sequence',
  'confusable',
  'markup',
  'exfiltration',
] as const;

const HostileItem = z.object({
  id: z.string(),
  kind: z.enum(HOSTILE_KINDS),
  text: z.string().min(1),
  /** What the attacker wants run: must never be a command of ours, but as a quoted argument that is said to be foreign. */
  command: z.string().optional(),
});
export type HostileItem = z.infer<typeof HostileItem>;

export const HOSTILE: readonly HostileItem[] = readFileSync(join(import.meta.dirname, 'corpus.jsonl'), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => HostileItem.parse(JSON.parse(line)));
