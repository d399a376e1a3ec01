import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './app-fixture';

test('the shell is real: it runs, knows its size, and is stopped with Ctrl+C', async ({ app }) => {
  const { terminal } = app;
  await terminal.type('echo $((6 * 7)); stty size\n');
  await terminal.waitForText(/^42$/m);
  await terminal.waitForText(/^\d+ \d+$/m);
  await terminal.type('sleep 1000\n');
  await terminal.press('Control+c');
  await terminal.type('echo st-$?\n');
  await terminal.waitForText(/^st-130$/m);
});

test('a resized window resizes the pty', async ({ app }) => {
  const { terminal, electron } = app;
  const size = async (mark: string) => {
    await terminal.type(`echo ${mark} $(stty size)\n`);
    await terminal.waitForText(new RegExp(`^${mark} \\d+ \\d+$`, 'm'));
    return new RegExp(`^${mark} \\d+ (\\d+)$`, 'm').exec(await terminal.text())?.[1];
  };
  const before = await size('one');
  await electron.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    window?.setSize(1600, 900);
  });
  await expect.poll(() => size('two')).not.toBe(before);
});

test('a flood of output comes to its end and the shell goes on', async ({ app }) => {
  const { terminal } = app;
  await terminal.type('seq 1 300000 | tee >(md5sum >sum) | tail -n 1; seq 1 300000; echo flood-$((1 + 1))\n');
  await terminal.waitForText('flood-2');
  expect(await terminal.text()).toContain('300000\nflood-2');
});

test('Insert cleans the command, and refuses while a program runs', async ({ app, home }) => {
  const { terminal, page } = app;
  const canary = join(home, 'canary');
  await terminal.type('sleep 1000\n');
  await terminal.waitForText('sleep 1000');
  await app.status.waitForEngine();
  await app.chat.suggest('show free disk space');
  await app.chat.waitForAnswer();
  const card = app.chat.cards.first();
  await card.getByRole('button', { name: 'Insert' }).click();
  await expect(card).toContainText('sleep is running in this terminal');
  await terminal.press('Control+c');
  await terminal.waitForPrompt();
  await card.getByRole('button', { name: 'Insert' }).click();
  await terminal.waitForText(/\bdf\b/);
  expect(existsSync(canary)).toBe(false);
  await expect(page.getByRole('region', { name: 'Terminal' })).not.toContainText('Filesystem');
});

test('a paste goes to the prompt; one of several lines asks first', async ({ app, home }) => {
  const { terminal, page, electron } = app;
  const copy = (text: string) =>
    electron.evaluate(({ clipboard }, copied) => clipboard.writeText(copied), text);
  await copy('echo pasted-$((1 + 2))');
  await terminal.press('Control+Shift+V');
  await terminal.waitForText('echo pasted-$((1 + 2))');
  await terminal.press('Enter');
  await terminal.waitForText('pasted-3');

  await copy('touch first\ntouch second\n');
  await terminal.press('Control+Shift+V');
  const question = page.getByRole('dialog');
  await expect(question).toContainText('Paste 2 lines into the terminal?');
  await question.getByRole('button', { name: 'Cancel' }).click();
  await terminal.type('ls -A; echo listed-$((2 + 2))\n');
  await terminal.waitForText('listed-4');
  expect(existsSync(join(home, 'first'))).toBe(false);

  await copy('echo one\u001b[201~ \\\n  and-$((2 + 3))\n');
  await terminal.press('Control+Shift+V');
  await expect(question).toContainText('1 control character will be left out');
  await question.getByRole('button', { name: 'Paste as one line' }).click();
  await terminal.waitForText('echo one[201~ and-$((2 + 3))');
  await terminal.press('Enter');
  await terminal.waitForText('one[201~ and-5');
});

test('a shell that ends says so and can be started again', async ({ app }) => {
  const { terminal } = app;
  await terminal.type('exit\n');
  await terminal.region.locator('.shell-notice').getByRole('button', { name: 'Restart shell' }).click();
  await terminal.waitForShell();
  await terminal.type('echo again-$((3 + 3))\n');
  await terminal.waitForText('again-6');
});

test('when the terminal process dies, the window says so and a new shell starts', async ({ app }) => {
  const { terminal } = app;
  await terminal.type('echo before-$((4 + 4))\n');
  await terminal.waitForText('before-8');
  await app.kill('Sigma Ops terminals');
  await expect(terminal.region).toContainText('The terminal process stopped');
  await terminal.region.getByRole('button', { name: 'New shell' }).click();
  await terminal.waitForShell();
  await terminal.type('echo after-$((5 + 5))\n');
  await terminal.waitForText('after-10');
  expect(await terminal.text()).toContain('before-8');
});
