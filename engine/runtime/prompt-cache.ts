import { createHash } from 'node:crypto';
import { open, readdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../contract/errors';
import type { CacheForm, KvCache } from './kv-cache';
import {
  headerEnd,
  PROMPT_FORMAT,
  type PromptHeader,
  promptFile,
  promptKey,
  readHeader,
  restoreFile,
} from './prompt-file';
import { writeWhole } from './whole-file';

/*
 * K and V of prompts that come again with each start of the app, kept on disk. 500 tokens of the shipped model are 16 MB,
 * which are read and checked in 0.1 s; computing them takes more than a second.
 *
 * Only for text that is the app's own. K and V give their text back to whoever has the model, and the ids stand in the
 * file's header, so nothing that a person wrote, pasted or opened may be remembered.
 */

/** Files kept; of more, those that were used longest ago are removed. */
export const MAX_PROMPTS = 8;
/** Fewer tokens are computed faster than they are looked for. */
const MIN_TOKENS = 32;

const NAME = /^[0-9a-f]{64}\.prompt$/;
const pathOf = (folder: string, key: string) => join(folder, `${key}.prompt`);

/**
 * What a prompt's rows depend on besides its ids, 64 hexadecimal digits. `model` names the model's content
 * (prefillKey()), `arithmetic` how its products are computed, as K and V are results of them.
 */
export function promptKeyBase(model: string, form: CacheForm, arithmetic: string): string {
  const parts = JSON.stringify([PROMPT_FORMAT, model, form.k, form.v, arithmetic]);
  return createHash('sha256').update(parts).digest('hex');
}

/**
 * Keeps K and V of `ids`, the first tokens in `cache`, unless they are kept already. Call it between steps. Never fails
 * for the disk's sake, as the prompt can always be computed: the result is why it could not be kept, for a log, or null.
 */
export async function rememberPrompt(
  folder: string,
  ids: readonly number[],
  cache: KvCache,
  keyBase: string,
): Promise<string | null> {
  if (ids.length < MIN_TOKENS) return null;
  try {
    if (await exists(pathOf(folder, promptKey(keyBase, ids)))) return null;
    await savePrompt(folder, keyBase, ids, cache);
    return null;
  } catch (error) {
    if (error instanceof AppError && error.kind === 'unavailable') return error.message;
    throw error;
  }
}

/**
 * Fills `cache` with as many of `ids`' first tokens as a kept prompt has, and returns how many these are; 0, with the
 * cache as it was, if no kept prompt begins like `ids` or one does for less than what the cache is asked to hold already
 * (`atLeast`). The last of `ids` is always left to run, as its logits are not kept.
 *
 * Files that are damaged or of another version are removed. Never fails for the disk's sake.
 */
export async function restoreLongestPrompt(
  folder: string,
  ids: readonly number[],
  cache: KvCache,
  keyBase: string,
  atLeast = MIN_TOKENS,
): Promise<number> {
  const found = (await headers(folder))
    .filter(({ base }) => base === keyBase)
    .map(({ key, ids: kept }) => ({ key, shared: Math.min(sharedLength(kept, ids), ids.length - 1) }))
    .filter(({ shared }) => shared >= Math.max(atLeast, MIN_TOKENS))
    .sort((a, b) => b.shared - a.shared);
  for (const { key, shared } of found) {
    if (!(await loadPrompt(folder, key, cache))) continue;
    cache.truncate(shared);
    return shared;
  }
  return 0;
}

/**
 * Writes K and V of `ids`, the first tokens in `cache`, as a whole or not at all, readable by its owner only. Returns the
 * key that loads them. Throws AppError('unavailable') when it cannot be written.
 */
export async function savePrompt(
  folder: string,
  keyBase: string,
  ids: readonly number[],
  cache: KvCache,
): Promise<string> {
  const key = promptKey(keyBase, ids);
  // Copied before the first await: a step may change the cache while the disk is busy.
  const bytes = Buffer.concat(promptFile(keyBase, ids, cache));
  await writeWhole(pathOf(folder, key), (append) => append(bytes));
  await removeOldest(folder);
  return key;
}

/** The ids whose K and V `cache` now holds; null, with the cache as it was, if there is no undamaged file of this key. */
export async function loadPrompt(
  folder: string,
  key: string,
  cache: KvCache,
): Promise<readonly number[] | null> {
  const path = pathOf(folder, key);
  const file = await readFile(path).catch(() => null);
  if (!file) return null;
  const ids = restoreFile(file, key, cache);
  // The time of change is the time of last use.
  if (ids) await utimes(path, new Date(), new Date()).catch(() => undefined);
  else await rm(path, { force: true }).catch(() => undefined);
  return ids;
}

/** Headers of all kept prompts; what has none is removed. */
async function headers(folder: string): Promise<PromptHeader[]> {
  const found: PromptHeader[] = [];
  for (const name of await names(folder)) {
    const path = join(folder, name);
    const header = await headerOf(path).catch(() => 'unreadable' as const);
    if (header === 'unreadable') continue;
    if (header && name === `${header.key}.prompt`) found.push(header);
    else await rm(path, { force: true }).catch(() => undefined);
  }
  return found;
}

async function headerOf(path: string): Promise<PromptHeader | null> {
  const handle = await open(path, 'r');
  try {
    const start = Buffer.alloc(64 << 10);
    const { bytesRead } = await handle.read(start, 0, start.length, 0);
    const end = headerEnd(start.subarray(0, bytesRead));
    if (end === null) return null;
    if (end <= bytesRead) return readHeader(start.subarray(0, end));
    const whole = Buffer.alloc(end);
    const { bytesRead: got } = await handle.read(whole, 0, end, 0);
    return readHeader(whole.subarray(0, got));
  } finally {
    await handle.close();
  }
}

async function removeOldest(folder: string): Promise<void> {
  const files: { path: string; used: number }[] = [];
  for (const name of await names(folder)) {
    const path = join(folder, name);
    const entry = await stat(path).catch(() => null);
    if (entry) files.push({ path, used: entry.mtimeMs });
  }
  files.sort((a, b) => b.used - a.used);
  for (const { path } of files.slice(MAX_PROMPTS)) await rm(path, { force: true }).catch(() => undefined);
}

/** Names of kept prompts; other files in the folder are not ours. */
async function names(folder: string): Promise<string[]> {
  return (await readdir(folder).catch(() => [])).filter((name) => NAME.test(name));
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function sharedLength(a: readonly number[], b: readonly number[]): number {
  const most = Math.min(a.length, b.length);
  for (let i = 0; i < most; i++) if (a[i] !== b[i]) return i;
  return most;
}

/** The prompts of one model in one folder. */
export class PromptStore {
  constructor(
    private readonly folder: string,
    private readonly keyBase: string,
  ) {}

  /** See rememberPrompt; what the disk refuses is computed again the next time. */
  async remember(ids: readonly number[], cache: KvCache): Promise<void> {
    await rememberPrompt(this.folder, ids, cache, this.keyBase);
  }

  /** See restoreLongestPrompt. */
  restore(ids: readonly number[], cache: KvCache, atLeast: number): Promise<number> {
    return restoreLongestPrompt(this.folder, ids, cache, this.keyBase, atLeast);
  }
}
