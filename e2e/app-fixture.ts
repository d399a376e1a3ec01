import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, test as base, type ElectronApplication, type Page } from '@playwright/test';
import { ChatDriver } from './drivers/chat';
import { LogsDriver } from './drivers/logs';
import { StatusBarDriver } from './drivers/status-bar';
import { TerminalDriver } from './drivers/terminal';

/** The real app, as a person has it: window, engine, log process and shell. */
export interface RunningApp {
  readonly electron: ElectronApplication;
  readonly page: Page;
  readonly chat: ChatDriver;
  readonly logs: LogsDriver;
  readonly terminal: TerminalDriver;
  readonly status: StatusBarDriver;
  /** Answers the system's own file dialog, which cannot be driven; its answer is all that is replaced. */
  answerDialog(...paths: string[]): Promise<void>;
  /** Parameters of each call of a method that the window makes from now on, as the main process receives them. */
  calls(method: string): Promise<() => Promise<Record<string, unknown>[]>>;
  /** Kills one of the app's own processes, known by its name in the system's process list. */
  kill(name: string): Promise<void>;
  close(): Promise<void>;
}

const ROOT = resolve(import.meta.dirname, '..');

/** How the app is started, where a test wants it other than on its own. */
export interface Launch {
  readonly executablePath: string;
  /** The tree, as the started program sees it. */
  readonly root: string;
  readonly switches: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** The Electron of the set-up, on this tree. */
export function ordinaryLaunch(): Launch {
  const executablePath = process.env.SIGMA_OPS_ELECTRON;
  if (!executablePath) throw new Error('End-to-end tests are started by npm test, which finds Electron.');
  const switches = (process.env.SIGMA_OPS_ELECTRON_SWITCHES ?? '').split(' ').filter(Boolean);
  return { executablePath, root: ROOT, switches, env: {} };
}

/** A start that works takes about a second; on a busy machine several. */
const LAUNCH_MS = 15_000;
const LAUNCHES = 3;

/**
 * Playwright now and then never hears of the window of an Electron that it has started: two in a hundred on a busy
 * machine, with the window drawn and the main process idle. It ends such a one, and the app is started again.
 */
async function launched(
  launch: () => Promise<ElectronApplication>,
): Promise<{ electron: ElectronApplication; page: Page }> {
  for (let attempt = 1; ; attempt++) {
    try {
      const electron = await launch();
      return { electron, page: await electron.firstWindow() };
    } catch (thrown) {
      if (attempt === LAUNCHES || !/timeout/i.test(String(thrown))) throw thrown;
      console.warn(`The window of start ${attempt} was not heard of in ${LAUNCH_MS} ms; started again.`);
    }
  }
}

/** Starts the app on `dataFolder`, its home for everything, with a shell whose home is `home`. */
export async function startApp(
  dataFolder: string,
  home: string,
  more: readonly string[] = [],
  launch: Launch = ordinaryLaunch(),
): Promise<RunningApp> {
  const { electron, page } = await launched(() =>
    _electron.launch({
      executablePath: launch.executablePath,
      args: [...launch.switches, '--disable-gpu', launch.root, `--user-data-dir=${dataFolder}`, ...more],
      timeout: LAUNCH_MS,
      env: {
        ...process.env,
        ...launch.env,
        HOME: home,
        SHELL: '/bin/bash',
        HISTFILE: '',
        PS1: '$ ',
        LANG: 'C.UTF-8',
      } as Record<string, string>,
    }),
  );
  const app: RunningApp = {
    electron,
    page,
    chat: new ChatDriver(page),
    logs: new LogsDriver(page),
    terminal: new TerminalDriver(page),
    status: new StatusBarDriver(page),
    answerDialog: (...paths) =>
      electron.evaluate(({ dialog }, chosen) => {
        dialog.showOpenDialog = async () => ({ canceled: false, filePaths: chosen });
      }, paths),
    calls: async (method) => {
      const seen = await electron.evaluateHandle(({ ipcMain }, wanted) => {
        const params: Record<string, unknown>[] = [];
        ipcMain.on('sigma:rpc', (_event, message) => {
          if (message?.type === 'call' && message.method === wanted) params.push(message.params);
        });
        return params;
      }, method);
      return () => seen.jsonValue();
    },
    kill: (name) =>
      electron.evaluate(({ app: main }, wanted) => {
        const host = main.getAppMetrics().find((metric) => metric.name === wanted);
        if (!host) throw new Error(`There is no process ${wanted}.`);
        process.kill(host.pid, 'SIGKILL');
      }, name),
    close: () => electron.close(),
  };
  await app.terminal.makeReadable();
  await app.terminal.waitForPrompt();
  return app;
}

interface Fixtures {
  /** A fresh folder for the app's data. */
  dataFolder: string;
  /** A fresh home folder for the shell. */
  home: string;
  app: RunningApp;
}

export const test = base.extend<Fixtures>({
  dataFolder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'sigma-ops-data-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
  home: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'sigma-ops-home-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
  app: async ({ dataFolder, home }, use) => {
    const app = await startApp(dataFolder, home);
    await use(app);
    await app.close();
  },
});
export { expect } from '@playwright/test';
