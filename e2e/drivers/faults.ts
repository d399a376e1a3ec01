import { readdirSync, readFileSync } from 'node:fs';
import { expect } from '@playwright/test';
import { type RunningApp, startApp } from '../app-fixture';
import { callMain, shownOfAnswer, watchStreams } from './window-calls';

/** The app's processes by their names in the system's list; 'main' is the one that has the others. */
export const VICTIMS = {
  engine: 'Sigma Ops engine',
  logs: 'Sigma Ops logs',
  terminals: 'Sigma Ops terminals',
} as const;
export type Victim = keyof typeof VICTIMS | 'main';

/** A killed process has to be there again, and told of, within this time. */
export const BACK_MS = 3000;

export interface Round {
  readonly victim: Victim;
  /** Milliseconds between the start of the work and the kill. */
  readonly after: number;
  /** Until another process stands in its place; for main until the window shows everything again. */
  readonly backMs: number;
  /** Until the window told of it; null for main. */
  readonly toldMs: number | null;
  /** Characters of the answer that the window had been sent at the kill. */
  readonly shownCharacters: number;
  readonly lostMessages: number;
  readonly lostCharacters: number;
  readonly lostLines: number;
}

interface StoredMessage {
  readonly id: number;
  readonly role: string;
  readonly content: string;
}
interface StoredLog {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly lineCount: number;
}

const LOG_LINES = 4000;
const QUESTION = 'Write a long list of Linux commands, each with a paragraph of explanation.';

/** Kills processes of a real app while it answers, reads a log and runs a shell, and counts what is lost. */
export class FaultBench {
  private constructor(
    private running: RunningApp,
    private readonly dataFolder: string,
    private readonly home: string,
    private readonly random: () => number,
  ) {}

  static async start(dataFolder: string, home: string, random: () => number): Promise<FaultBench> {
    return new FaultBench(await startApp(dataFolder, home), dataFolder, home, random);
  }

  get app(): RunningApp {
    return this.running;
  }

  async round(victim: Victim): Promise<Round> {
    const { page } = this.running;
    await this.running.status.waitForEngine();
    await callMain(page, 'chat.create', {});
    const before = await this.messages();
    const logs = await this.logs();
    await watchStreams(page);
    await this.running.chat.region.getByRole('textbox', { name: 'Message' }).fill(QUESTION);
    await this.running.chat.region.getByRole('button', { name: 'Ask' }).click();
    const question = await this.lastQuestion(before);
    await this.pasteLog();
    const after = Math.round(this.random() * 2500);
    await page.waitForTimeout(after);
    const shown = await shownOfAnswer(page);
    const times = victim === 'main' ? await this.killMain() : await this.killHost(victim);
    await this.running.status.waitForEngine();
    const kept = await this.messages();
    const content = new Map(kept.map((message) => [message.id, message.content]));
    const lostBefore = before.filter((message) => content.get(message.id) !== message.content);
    const answer = kept.filter(({ role, id }) => role === 'assistant' && id > question).at(0)?.content ?? '';
    const lostCharacters = answer.startsWith(shown.trimEnd()) ? 0 : shown.length - samePrefix(answer, shown);
    const round: Round = {
      victim,
      after,
      ...times,
      shownCharacters: shown.length,
      lostMessages: lostBefore.length + (content.has(question) ? 0 : 1),
      lostCharacters,
      lostLines: await this.lostLines(logs),
    };
    await this.stopAnswer();
    return round;
  }

  close(): Promise<void> {
    return this.running.close();
  }

  private async killHost(victim: keyof typeof VICTIMS): Promise<Pick<Round, 'backMs' | 'toldMs'>> {
    const { page } = this.running;
    const pid = await this.pidOf(VICTIMS[victim]);
    const notices = page.getByRole('region', { name: 'Notices' });
    if (pid === null) throw new Error(`There is no process ${VICTIMS[victim]}.`);
    while ((await notices.getByRole('button', { name: 'Dismiss' }).count()) > 0) {
      await notices.getByRole('button', { name: 'Dismiss' }).first().click();
    }
    const told = notices.getByText(TOLD[victim]);
    const started = performance.now();
    process.kill(pid, 'SIGKILL');
    const since = () => Math.round(performance.now() - started);
    let toldMs: number | null = null;
    let backMs: number | null = null;
    await expect
      .poll(
        async () => {
          if (toldMs === null && (await told.count()) > 0) toldMs = since();
          const now = await this.pidOf(VICTIMS[victim]);
          if (backMs === null && now !== null && now !== pid) backMs = since();
          return toldMs !== null && backMs !== null;
        },
        { message: `${victim} is back, and told of`, timeout: 30_000, intervals: [20] },
      )
      .toBe(true);
    if (victim === 'terminals') await this.newShell();
    return { backMs: backMs ?? Number.NaN, toldMs };
  }

  private async killMain(): Promise<Pick<Round, 'backMs' | 'toldMs'>> {
    const { electron } = this.running;
    const child = electron.process();
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
    const started = performance.now();
    this.running = await startApp(this.dataFolder, this.home);
    const backMs = Math.round(performance.now() - started);
    // What the killed one had started ends by itself: nothing of it goes on beside the new app.
    await expect.poll(() => orphans(this.dataFolder, this.running.electron.process().pid ?? 0)).toEqual([]);
    return { backMs, toldMs: null };
  }

  private async newShell(): Promise<void> {
    const { terminal } = this.running;
    await terminal.region.getByRole('button', { name: 'New shell' }).click();
    await terminal.waitForShell();
  }

  private async messages(): Promise<StoredMessage[]> {
    const { page } = this.running;
    const conversations = await callMain<{ id: number }[]>(page, 'chat.list', {});
    const all: StoredMessage[] = [];
    for (const { id } of conversations) {
      const { messages } = await callMain<{ messages: StoredMessage[] }>(page, 'chat.messages', { id });
      all.push(...messages);
    }
    return all;
  }

  /** The id of the question that was just asked, once it is stored. */
  private async lastQuestion(before: readonly StoredMessage[]): Promise<number> {
    const known = new Set(before.map(({ id }) => id));
    let found: StoredMessage | undefined;
    await expect
      .poll(async () => {
        found = (await this.messages()).find(({ id, role }) => role === 'user' && !known.has(id));
        return found?.content;
      })
      .toBe(QUESTION);
    return found?.id ?? 0;
  }

  private logs(): Promise<StoredLog[]> {
    return callMain(this.running.page, 'logs.list', {});
  }

  /** Begins to store a log; whether that is over at the kill is left to chance. */
  private async pasteLog(): Promise<void> {
    const stamp = Math.round(this.random() * 1e9);
    const text = Array.from(
      { length: LOG_LINES },
      (_, line) => `INFO job ${stamp}-${line} took ${line % 90} ms`,
    );
    await this.running.page.evaluate((content) => {
      const { sigma } = window as unknown as { sigma: { send(message: unknown): void } };
      const params = { kind: 'text', name: 'Pasted log', text: content };
      const id = 2_000_000_000 + Math.floor(Math.random() * 1_000_000);
      sigma.send({ type: 'call', id, method: 'logs.open', params });
    }, text.join('\n'));
  }

  /** Lines that are missing of logs that were there before, or of one that is there now. Closes what was pasted. */
  private async lostLines(before: readonly StoredLog[]): Promise<number> {
    await expect
      .poll(async () => (await this.logs()).filter(({ state }) => state === 'reading').length, {
        message: 'a log that was cut off is read to its end',
        timeout: 60_000,
      })
      .toBe(0);
    const now = new Map((await this.logs()).map((log) => [log.id, log]));
    let lost = 0;
    for (const { id, lineCount } of before) lost += Math.max(0, lineCount - (now.get(id)?.lineCount ?? 0));
    const known = new Set(before.map(({ id }) => id));
    for (const { id, name } of now.values()) {
      if (known.has(id) || name !== 'Pasted log') continue;
      const rows = await callMain<{ number: number; text: string }[]>(this.running.page, 'logs.lines', {
        id,
        from: 1,
        count: 2000,
      });
      const rest = await callMain<{ number: number; text: string }[]>(this.running.page, 'logs.lines', {
        id,
        from: 2001,
        count: 2000,
      });
      const right = [...rows, ...rest].filter(({ text }, line) => new RegExp(`-${line} took `).test(text));
      lost += LOG_LINES - right.length;
    }
    // Some stay for the next rounds, not all of a hundred.
    const pasted = [...now.values()].filter(({ name }) => name === 'Pasted log');
    for (const { id } of pasted.slice(3)) await callMain(this.running.page, 'logs.close', { id });
    return lost;
  }

  private async stopAnswer(): Promise<void> {
    const stop = this.running.chat.region.getByRole('button', { name: 'Stop' });
    if (await stop.isVisible()) await stop.click();
    await expect(stop).toBeHidden();
  }

  private pidOf(name: string): Promise<number | null> {
    return this.running.electron.evaluate(
      ({ app }, wanted) => app.getAppMetrics().find((metric) => metric.name === wanted)?.pid ?? null,
      name,
    );
  }
}

const TOLD: Readonly<Record<keyof typeof VICTIMS, RegExp>> = {
  engine: /The model process stopped/,
  logs: /The log process stopped/,
  terminals: /The terminal process stopped, and with it/,
};

function samePrefix(left: string, right: string): number {
  let at = 0;
  while (at < left.length && left[at] === right[at]) at++;
  return at;
}

/** Processes on a data folder, by the system's list, that do not descend from `root`. */
function orphans(dataFolder: string, root: number): number[] {
  const parents = new Map<number, number>();
  const ours: number[] = [];
  for (const entry of readdirSync('/proc')) {
    const pid = Number(entry);
    if (!Number.isInteger(pid)) continue;
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      parents.set(pid, Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
      if (readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(dataFolder)) ours.push(pid);
    } catch {
      // It ended meanwhile.
    }
  }
  const descends = (pid: number): boolean => pid === root || (pid > 1 && descends(parents.get(pid) ?? 0));
  return ours.filter((pid) => !descends(pid) && parents.get(pid) !== process.pid);
}

/** Numbers in [0, 1) that are the same for a seed: a failed run can be repeated. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
