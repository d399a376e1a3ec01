import { spawn } from 'node:child_process';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, startApp, test } from './app-fixture';
import { sigma } from './drivers/command-line';

const INCIDENT = join(import.meta.dirname, 'fixtures', 'sshd-incident.log');

test('open hands files and standard input to the window that runs, without a display', async ({
  app,
  dataFolder,
  home,
}) => {
  const { DISPLAY: _x, WAYLAND_DISPLAY: _wayland, ...env } = process.env;
  const folder = ['--user-data-dir', dataFolder];
  const documents = app.logs.region.getByRole('navigation', { name: 'Open logs' }).getByRole('listitem');

  const file = await sigma(['open', INCIDENT, ...folder], { env });
  expect(file).toMatchObject({ code: 0, stdout: '', stderr: '' });
  await expect(documents.filter({ hasText: 'sshd-incident.log' })).toHaveCount(1);

  const piped = await sigma(['open', '-', ...folder], { env, input: 'first line of the pipe\nsecond\n' });
  expect(piped).toMatchObject({ code: 0, stderr: '' });
  await expect(app.logs.line(1)).toContainText('first line of the pipe');

  const followed = join(home, 'growing.log');
  writeFileSync(followed, 'one\n');
  expect(await sigma(['open', '--follow', followed, ...folder], { env })).toMatchObject({ code: 0 });
  await expect(app.logs.line(1)).toContainText('one');
  appendFileSync(followed, 'two\n');
  await expect(app.logs.line(2)).toContainText('two');

  // A stream that does not end is shown as it comes.
  const stream = spawn('npm', ['run', '-s', 'sigma', '--', 'open', '-', ...folder], {
    cwd: resolve(import.meta.dirname, '..'),
    env,
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  const ended = new Promise<number | null>((done) => stream.on('close', done));
  stream.stdin.write('streamed 1\n');
  await expect(app.logs.line(1)).toContainText('streamed 1');
  stream.stdin.write('streamed 2\n');
  await expect(app.logs.line(2)).toContainText('streamed 2');
  stream.stdin.end();
  expect(await ended).toBe(0);

  const missing = await sigma(['open', join(home, 'no.log'), ...folder], { env });
  expect(missing.code).toBe(2);
  expect(missing.stderr).toContain('There is no file');
});

test('a second start hands its files over and ends', async ({ app, dataFolder }) => {
  const program = process.env.SIGMA_OPS_ELECTRON ?? '';
  const switches = (process.env.SIGMA_OPS_ELECTRON_SWITCHES ?? '').split(' ').filter(Boolean);
  const second = spawn(program, [
    ...switches,
    '--disable-gpu',
    resolve(import.meta.dirname, '..'),
    `--user-data-dir=${dataFolder}`,
    INCIDENT,
  ]);
  expect(await new Promise((done) => second.on('exit', done))).toBe(0);
  await expect(app.logs.region.getByRole('navigation', { name: 'Open logs' })).toContainText(
    'sshd-incident.log',
  );
});

test('open without a window and without a display says so', async ({ dataFolder }) => {
  test.skip(process.platform !== 'linux', 'Only Linux has sessions without a display.');
  const { DISPLAY: _x, WAYLAND_DISPLAY: _wayland, ...env } = process.env;
  const { code, stderr } = await sigma(['open', INCIDENT, '--user-data-dir', dataFolder], { env });
  expect(code).toBe(1);
  expect(stderr).toContain('there is no display here');
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

test('safe mode has no model, default settings, nothing restored, and leaves all as it was', async ({
  dataFolder,
  home,
}) => {
  const settings = join(dataFolder, 'config', 'settings.json');
  const before = await startApp(dataFolder, home);
  await sigma(['open', INCIDENT, '--user-data-dir', dataFolder]);
  await expect(before.logs.region.getByRole('navigation', { name: 'Open logs' })).toContainText(
    'sshd-incident',
  );
  await before.page.getByRole('button', { name: 'Dark theme' }).click();
  await expect(before.page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await before.close();
  const kept = readFileSync(settings, 'utf8');

  const safe = await startApp(dataFolder, home, ['--safe-mode']);
  await expect(safe.status.bar).toHaveAttribute('data-engine-state', 'failed');
  await expect(safe.page.getByText('Safe mode: no model is loaded.')).toBeVisible();
  await expect(safe.page.getByRole('button', { name: 'Dark theme' })).toHaveAttribute(
    'aria-pressed',
    'false',
  );
  await expect(safe.logs.region).not.toContainText('sshd-incident.log');
  await safe.page.getByRole('button', { name: 'Light theme' }).click();
  const running = await sigma(['open', '--safe-mode', '--user-data-dir', dataFolder]);
  expect(running.code).toBe(1);
  expect(running.stderr).toContain('running already');
  await safe.close();
  expect(readFileSync(settings, 'utf8')).toBe(kept);

  const after = await startApp(dataFolder, home);
  await expect(after.logs.region.getByRole('navigation', { name: 'Open logs' })).toContainText(
    'sshd-incident',
  );
  await after.close();
});
