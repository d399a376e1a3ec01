import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLogService } from './log-service';

const CANARY = 'canary-7f3a9c1e5b2d';

let cacheDir: string;
beforeEach(() => {
  cacheDir = mkdtempSync(join(tmpdir(), 'sigma-ops-forget-'));
});
afterEach(() => rmSync(cacheDir, { recursive: true, force: true }));

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? files(path) : [path];
  });
}

const call = { signal: new AbortController().signal, emit: () => undefined as never };

describe('a document that was closed', () => {
  it('leaves nothing of its text in the cache folder', async () => {
    const service = createLogService({ cacheDir });
    const lines = Array.from(
      { length: 5000 },
      (_, at) => `2026-01-01T00:00:00Z ERROR app ${CANARY} request ${at} failed`,
    );
    const { id } = await service.handlers.open({ kind: 'text', name: CANARY, text: lines.join('\n') }, call);
    // All that makes further files: a filter, a search, SQL, a bookmark, evidence.
    await service.handlers.search({ id, query: { text: CANARY, regex: false, matchCase: true } }, call);
    await service.handlers.sql({ id, query: `select count(*) from log where text like '%${CANARY}%'` }, call);
    await service.handlers.setBookmark({ id, line: 1, note: CANARY }, call);
    await service.handlers.evidence({ id }, call);

    const kept = files(cacheDir);
    expect(kept.some((path) => readFileSync(path).includes(CANARY))).toBe(true);
    if (process.platform !== 'win32') {
      const modes = kept.map((path) => (statSync(path).mode & 0o777).toString(8));
      expect(new Set(modes)).toEqual(new Set(['600']));
    }

    await service.handlers.close({ id }, call);
    await service.close();
    expect(files(cacheDir)).toEqual([]);
  });
});
