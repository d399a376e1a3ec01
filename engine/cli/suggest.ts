import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { z } from 'zod';
import { gatherMachineFacts } from '../assistant/machine-facts';
import { type MachineKnowledge, openMachineKnowledge } from '../assistant/machine-knowledge';
import { type SuggestRequest, suggestCommand } from '../assistant/suggest/suggest-command';
import { cacheFolders } from '../cache-folder';
import type { AppFolders } from '../contract/app-folders';
import type { AssistantEvent, SuggestResult } from '../contract/assistant';
import type { Engine } from '../runtime/engine';
import { type BatchFiles, batchLines } from './batch-lines';

export interface SuggestContext {
  /** null: --no-ai, or a model is not wanted. */
  readonly engine: Engine | null;
  readonly knowledge: MachineKnowledge;
  readonly signal: AbortSignal;
  readonly emit: (event: AssistantEvent) => void;
}

/** What this machine documents of its programs, and the examples. */
export const openKnowledge = (folders: Pick<AppFolders, 'cache'>): Promise<MachineKnowledge> =>
  openMachineKnowledge({
    environment: process.env,
    home: homedir(),
    cacheFolder: cacheFolders(folders.cache).knowledge,
  });

/** One request; relative paths are looked up in `cwd`. */
export async function suggestOne(request: SuggestRequest, context: SuggestContext): Promise<SuggestResult> {
  const { engine, knowledge, signal, emit } = context;
  const facts = gatherMachineFacts(null);
  const cwd = request.cwd == null ? null : resolve(request.cwd);
  const { suggestion } = await suggestCommand(
    { ...request, cwd },
    { knowledge, facts, engine },
    { signal, emit },
  );
  return suggestion;
}

const NO_TEXT = "no JSON object with a text 'request'.";
const Line = z.looseObject(
  {
    id: z.union([z.string(), z.number()]).optional(),
    request: z.string(NO_TEXT).trim().min(1, NO_TEXT).max(4000, "its 'request' has more than 4,000 letters."),
    cwd: z.string("its 'cwd' is no text.").nullish(),
  },
  NO_TEXT,
);

/** A line each; the machine's own folder counts only for lines that carry `cwd`. Returns the exit status. */
export function suggestBatch(files: BatchFiles, context: SuggestContext): Promise<number> {
  return batchLines(
    files,
    Line,
    async ({ id, request, cwd }) => {
      const result = await suggestOne({ request, cwd: cwd ?? null }, context);
      return id === undefined ? result : { id, ...result };
    },
    () => ({ command: null }),
  );
}
