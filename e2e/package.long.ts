import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { chromium, expect, type Page, test } from '@playwright/test';
import { ChatDriver } from './drivers/chat';
import { runProgram } from './drivers/command-line';
import { LogsDriver } from './drivers/logs';
import { StatusBarDriver } from './drivers/status-bar';
import { TerminalDriver } from './drivers/terminal';

/**
 * The unpacked package as it is shipped. Its fuses shut Node's inspector, so the window is driven over Chromium's own
 * debugging port, which is opened for this run alone.
 */
const FOLDER = process.env.SIGMA_OPS_PACKAGE ?? '';
const PROGRAM = join(FOLDER, 'sigma-ops-desktop');
const COMMAND = join(FOLDER, 'resources', 'bin', 'sigma-ops');
const INCIDENT = join(import.meta.dirname, 'fixtures', 'sshd-incident.log');

test.describe.configure({ mode: 'serial' });
test.skip(FOLDER === '', 'npm test -- --only package makes the package.');

let data: string;
let window: ChildProcess;
let page: Page;
let cli: NodeJS.ProcessEnv;

test.beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'sigma-ops-package-'));
  const { DISPLAY: _x, WAYLAND_DISPLAY: _wayland, ...rest } = process.env;
  cli = { ...rest, HOME: data };
  const switches = (process.env.SIGMA_OPS_ELECTRON_SWITCHES ?? '').split(' ').filter(Boolean);
  window = spawn(
    PROGRAM,
    [...switches, '--disable-gpu', '--remote-debugging-port=0', `--user-data-dir=${join(data, 'app')}`],
    {
      env: { ...process.env, HOME: data, SHELL: '/bin/bash', PS1: '$ ', HISTFILE: '', LANG: 'C.UTF-8' },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  const address = await new Promise<string>((found, fail) => {
    let said = '';
    window.stderr?.setEncoding('utf8').on('data', (part) => {
      said += part;
      const match = /DevTools listening on (ws:\S+)/.exec(said);
      if (match?.[1]) found(match[1]);
    });
    window.once('exit', (code) => fail(new Error(`The package ended with ${code}: ${said}`)));
  });
  const browser = await chromium.connectOverCDP(address);
  const [context] = browser.contexts();
  page = context?.pages()[0] ?? (await (context as NonNullable<typeof context>).waitForEvent('page'));
});

test.afterAll(async () => {
  const ended = new Promise((done) => window.once('exit', done));
  window.kill('SIGTERM');
  await ended;
  rmSync(data, { recursive: true, force: true });
});

test('production fuses are set, and nothing of the development runtime is left', async () => {
  const wire = await getCurrentFuseWire(PROGRAM);
  // As they stand in the program: the digits 1 and 0.
  const [on, off] = ['1'.charCodeAt(0), '0'.charCodeAt(0)];
  expect(wire).toMatchObject({
    [FuseV1Options.RunAsNode]: off,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: off,
    [FuseV1Options.EnableNodeCliInspectArguments]: off,
    [FuseV1Options.EnableCookieEncryption]: on,
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: on,
    [FuseV1Options.OnlyLoadAppFromAsar]: on,
  });
  expect(existsSync(join(FOLDER, 'resources', 'app'))).toBe(false);
  expect(existsSync(join(FOLDER, 'resources', 'app.asar'))).toBe(true);
});

test('chat, log and insert in the packaged window', async () => {
  const chat = new ChatDriver(page);
  const logs = new LogsDriver(page);
  const terminal = new TerminalDriver(page);
  await terminal.makeReadable();
  await terminal.waitForPrompt();
  await new StatusBarDriver(page).waitForEngine();

  // The packaged command line hands the log over, without a display.
  const opened = await runProgram(COMMAND, ['open', INCIDENT, '--user-data-dir', join(data, 'app')], {
    env: cli,
  });
  expect(opened).toMatchObject({ code: 0, stderr: '' });
  const [first = ''] = readFileSync(INCIDENT, 'utf8').split('\n');
  await expect(logs.line(1)).toContainText(first);
  await logs.diagnose();
  await logs.waitForDiagnosis();
  expect(await logs.findings.count()).toBeGreaterThan(0);

  await chat.ask('What does the command uptime show?');
  expect((await (await chat.waitForAnswer()).innerText()).split(/\s+/).length).toBeGreaterThan(5);

  await chat.suggest('show disk usage of the current directory, biggest first');
  await chat.waitForAnswer();
  const card = chat.cards.first();
  const command = (await card.getByTestId('command-text').innerText()).trim();
  expect(command).toMatch(/\bdu\b/);
  await card.getByRole('button', { name: 'Insert', exact: true }).click();
  await terminal.waitForText(command);
});

test('the command line answers without a display, as whoever runs it', async () => {
  const suggested = await runProgram(
    COMMAND,
    ['suggest', 'show disk usage of the current directory, biggest first'],
    {
      env: cli,
    },
  );
  expect(suggested.code).toBe(0);
  expect(suggested.stdout).toMatch(/\bdu\b/);
  const diagnosed = await runProgram(COMMAND, ['diagnose', '-', '--json'], {
    env: cli,
    input: readFileSync(INCIDENT, 'utf8'),
  });
  expect(diagnosed.code).toBe(0);
  expect(JSON.parse(diagnosed.stdout)).toMatchObject({ healthy: false });
  const manual = await runProgram(COMMAND, ['manual'], { env: cli });
  expect(manual.stdout).toBe(
    readFileSync(join(FOLDER, 'resources', 'share', 'man', 'man1', 'sigma-ops.1'), 'utf8'),
  );
});
