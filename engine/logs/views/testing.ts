import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LogFilter, type LogQuery, type SqlResult } from '../../contract/log-views';
import type { LogDocument } from '../../contract/logs';
import { createLogService, type LogService } from '../log-service';

const signal = new AbortController().signal;
/** A context of calls that are neither cancelled nor watched. */
export const context: { signal: AbortSignal; emit: () => void } = { signal, emit: () => undefined };
/** The same for methods without events. */
export const plain = context as never;

/** A log service in a folder of its own, for tests of views. */
export class ViewsUnderTest {
  private constructor(
    readonly folder: string,
    private running: LogService,
  ) {}

  static async start(): Promise<ViewsUnderTest> {
    const folder = await mkdtemp(join(tmpdir(), 'sigma-ops-test-'));
    return new ViewsUnderTest(folder, createLogService({ cacheDir: join(folder, 'cache') }));
  }

  get calls(): LogService['handlers'] {
    return this.running.handlers;
  }

  async openText(text: string): Promise<LogDocument> {
    return this.calls.open({ kind: 'text', name: 'Pasted log', text }, context);
  }

  async openFile(name: string, content: string, follow = false): Promise<LogDocument> {
    const path = join(this.folder, name);
    await writeFile(path, content);
    return this.calls.open({ kind: 'file', paths: [path], follow, rotated: false }, context);
  }

  async search(id: string, query: Partial<LogQuery> & { text: string }, view?: string) {
    const asked = { regex: false, matchCase: true, ...query };
    return this.calls.search({ id, query: asked, ...(view === undefined ? {} : { view }) }, context);
  }

  async filter(id: string, parts: Partial<LogFilter>) {
    return this.calls.filter({ id, filter: LogFilter.parse(parts) }, context);
  }

  /** Numbers of the lines of a list, up to 2,000. */
  async numbers(id: string, { view, rows }: { view: string; rows: number }): Promise<number[]> {
    if (rows === 0) return [];
    const found = await this.calls.rows({ id, view, from: 1, count: 2000 }, plain);
    return found.map(({ number }) => number);
  }

  async sql(id: string, query: string): Promise<SqlResult> {
    return this.calls.sql({ id, query }, plain);
  }

  async closeDocuments(): Promise<void> {
    for (const { id } of await this.calls.list({}, plain)) await this.calls.close({ id }, plain);
  }

  async restart(): Promise<void> {
    await this.running.close();
    this.running = createLogService({ cacheDir: join(this.folder, 'cache') });
  }

  async stop(): Promise<void> {
    await this.running.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** A log of requests, one a second, with an error now and then. */
export function requests(lines: number): string {
  return Array.from({ length: lines }, (_, index) => {
    const time = new Date(Date.UTC(2024, 4, 1) + index * 1000).toISOString();
    if (index % 50 === 49) return `${time} ERROR [db] request ${index} failed: connection refused`;
    return `${time} INFO [web] request ${index} took ${(index * 7) % 90} ms\n`.trimEnd();
  })
    .join('\n')
    .concat('\n');
}
