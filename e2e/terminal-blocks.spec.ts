import { expect, test } from './app-fixture';

test('commands have marks, and a menu that copies, jumps and asks', async ({ app }) => {
  const { terminal, page, electron, logs } = app;
  const mark = (name: RegExp) => terminal.region.locator('.terminal-gutter').getByRole('button', { name });
  await terminal.type('echo first-$((1 + 1)); echo second line\n');
  await expect(mark(/^Succeeded/)).toHaveCount(1);
  await terminal.type('ls /no-such-folder\n');
  await expect(mark(/^Failed with exit code 2/)).toHaveCount(1);
  await terminal.type('sleep 1000\n');
  await expect(mark(/^Running/)).toHaveCount(1);
  await terminal.press('Control+c');
  await expect(mark(/^Failed with exit code 130/)).toHaveCount(1);

  const copied = () => electron.evaluate(({ clipboard }) => clipboard.readText());
  await mark(/^Succeeded/).click();
  await page.getByRole('menuitem', { name: 'Copy output' }).click();
  await expect.poll(copied).toBe('first-2\nsecond line');
  await mark(/^Failed with exit code 2/).click();
  await page.getByRole('menuitem', { name: 'Copy command' }).click();
  await expect.poll(copied).toBe('ls /no-such-folder');

  // By keyboard: up from the newest command, past the one that was interrupted, then the menu.
  await terminal.press('Control+ArrowUp');
  await terminal.press('Control+ArrowUp');
  await terminal.press('Control+Shift+M');
  const menu = page.getByRole('menu', { name: 'Command: Failed with exit code 2' });
  await menu.getByRole('menuitem', { name: 'Send output to Logs' }).click();
  await expect(logs.region).toContainText('No such file or directory');

  await mark(/^Failed with exit code 2/).click();
  const asked = await app.calls('chat.suggest');
  await page.getByRole('menuitem', { name: 'Fix this command' }).click();
  await expect
    .poll(async () => (await asked()).map(({ text }) => text))
    .toEqual(['Fix this command, which failed with exit code 2: ls /no-such-folder']);
  expect(JSON.stringify(await asked())).toContain('No such file or directory');
});

test('what a program prints makes no mark', async ({ app }) => {
  const { terminal } = app;
  await terminal.type(
    "printf '\\e]133;A\\a\\e]133;C\\a\\e]133;D;9\\a\\e]633;E;rm -rf /;none\\aspoof-%s\\n' $((4 + 4))\n",
  );
  await terminal.waitForText('spoof-8');
  const marks = terminal.region.locator('.terminal-gutter').getByRole('button');
  await expect(marks).toHaveCount(1);
  await expect(marks).toHaveAttribute('aria-label', /^Succeeded/);
});

test('asking at the prompt puts a command there, never runs it, and Esc gives back what was typed', async ({
  app,
}) => {
  const { terminal, page } = app;
  await app.status.waitForEngine();
  await terminal.type('echo half-typ');
  await terminal.waitForText('echo half-typ');
  await terminal.press('Control+i');
  const line = page.getByRole('search', { name: 'Ask for a command' });
  await line.getByRole('textbox').fill('show free disk space');
  await line.getByRole('textbox').press('Enter');
  await expect(line).toContainText(/1 of \d+ on the prompt/, { timeout: 90_000 });
  await terminal.waitForText(/[$#] .*\bdf\b[^\n]*$/);
  expect(await terminal.text()).not.toContain('half-typ');
  const first = await terminal.text();
  await line.getByRole('textbox').press('ArrowDown');
  await expect.poll(() => terminal.text()).not.toBe(first);
  await line.getByRole('textbox').press('ArrowUp');
  await expect.poll(() => terminal.text()).toBe(first);
  await line.getByRole('textbox').press('Escape');
  await expect(line).toHaveCount(0);
  await terminal.waitForText(/[$#] echo half-typ$/);
  expect(await terminal.text()).not.toContain('Filesystem');
  await page.keyboard.type('ed\n');
  await terminal.waitForText(/^half-typed$/m);
});
