import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, startApp, test } from './app-fixture';

test('tabs and splits: each has its shell, keys move between them, closing ends only its own', async ({
  app,
}) => {
  const { terminal, page } = app;
  const pid = async (mark: string) => {
    await terminal.type(`echo ${mark}-$$-\n`);
    await terminal.waitForText(new RegExp(`^${mark}-\\d+-$`, 'm'));
    return Number(new RegExp(`^${mark}-(\\d+)-$`, 'm').exec(await terminal.text())?.[1]);
  };
  const first = await pid('first');

  await terminal.press('Control+Shift+D');
  await expect(terminal.slots).toHaveCount(2);
  await terminal.waitForPrompt();
  const second = await pid('second');
  expect(second).not.toBe(first);
  expect(await terminal.text()).not.toContain(`first-${first}`);

  await terminal.press('Control+Shift+E');
  await expect(terminal.slots).toHaveCount(3);
  await terminal.waitForPrompt();
  const third = await pid('third');
  await terminal.press('Control+Shift+ArrowLeft');
  await terminal.waitForText(`first-${first}`);
  await terminal.press('Control+Shift+ArrowRight');
  await terminal.press('Control+Shift+ArrowUp');
  await terminal.waitForText(`second-${second}`);

  await terminal.type('mkdir -p deep/er && cd deep/er; echo in-$((3 + 4))\n');
  await terminal.waitForText('in-7');
  await terminal.press('Control+Shift+T');
  await terminal.waitForPrompt();
  await expect(terminal.slots).toHaveCount(1);
  await terminal.type('pwd\n');
  await terminal.waitForText(/\/deep\/er$/m);
  const fourth = await pid('fourth');
  await terminal.press('Control+Tab');
  await expect(terminal.slots).toHaveCount(3);
  await terminal.waitForText(`second-${second}`);

  await terminal.type('sleep 1000\n');
  await expect(page.getByRole('button', { name: 'sleep', exact: false }).first()).toBeVisible();
  await terminal.press('Control+Shift+W');
  const question = page.getByRole('dialog', { name: 'Close this terminal?' });
  await expect(question).toContainText('sleep still runs in it');
  await question.getByRole('button', { name: 'Close' }).click();
  await expect(terminal.slots).toHaveCount(2);
  const runs = (id: number) => {
    try {
      process.kill(id, 0);
      return true;
    } catch {
      return false;
    }
  };
  await expect.poll(() => runs(second)).toBe(false);
  expect([first, third, fourth].map(runs)).toEqual([true, true, true]);

  await page
    .getByRole('button', { name: /^Close terminal/ })
    .last()
    .click();
  await expect.poll(() => runs(fourth)).toBe(false);
  await expect(page.getByRole('navigation', { name: 'Open terminals' }).locator('li')).toHaveCount(1);
  await terminal.type('echo still-$((40 + 2))\n');
  await terminal.waitForText('still-42');
});

test('search counts matches in the scrollback, steps, and knows case and patterns', async ({ app }) => {
  const { terminal, page } = app;
  await terminal.type('seq 1 400; echo Apple apple; echo "done"-$((1 + 1))\n');
  await terminal.waitForText('done-2');
  await terminal.press('Control+Shift+F');
  const bar = page.getByRole('search', { name: 'Find in terminal' });
  const count = bar.locator('output');
  const field = bar.getByRole('textbox', { name: 'Find' });
  await field.fill('39');
  // 39, 139, 239, 339 and 390 to 399.
  await expect(count).toHaveText(/^\d+ of 14$/);
  const before = await count.textContent();
  await field.press('Enter');
  await expect(count).not.toHaveText(before ?? '');
  await field.press('Shift+Enter');
  await expect(count).toHaveText(before ?? '');
  await field.fill('^39\\d$');
  await expect(count).toHaveText('No match');
  await bar.getByRole('button', { name: 'Regular expression' }).click();
  await expect(count).toHaveText(/ of 10$/);
  await field.fill('(');
  await expect(count).toHaveText('Not a regular expression');
  // The typed line and the printed one.
  await field.fill('apple');
  await expect(count).toHaveText(/ of 4$/);
  await bar.getByRole('button', { name: 'Match case' }).click();
  await expect(count).toHaveText(/ of 2$/);
  await field.press('Escape');
  await expect(bar).toHaveCount(0);
  await page.keyboard.type('echo keyboard-$((2 + 3))\n');
  await terminal.waitForText('keyboard-5');
});

test('links show where they lead and ask; a path of a log opens in Logs', async ({ app, home }) => {
  const { terminal, page, electron, logs } = app;
  const asked = await electron.evaluateHandle(({ dialog }) => {
    const questions: { message: string; detail: string }[] = [];
    dialog.showMessageBox = (async (_window: unknown, options: { message: string; detail: string }) => {
      questions.push({ message: options.message, detail: options.detail });
      return { response: 0, checkboxChecked: false };
    }) as typeof dialog.showMessageBox;
    return questions;
  });
  const hint = terminal.region.locator('.terminal-link-hint');
  const clickWith = async (text: string, key?: 'Control') => {
    const { x, y } = await terminal.placeOf(text);
    await page.mouse.move(x, y);
    await page.mouse.move(x + 1, y);
    await expect(hint).toBeVisible();
    if (key) await page.keyboard.down(key);
    await page.mouse.click(x + 1, y);
    if (key) await page.keyboard.up(key);
  };
  await terminal.type(
    "printf '\\e]8;;https://evil.example/login\\e\\\\harmless.example\\e]8;;\\e\\\\ and https://plain.example/x?y=1\\n'\n",
  );
  await terminal.waitForText(/^harmless\.example and/m);

  await clickWith('harmless.example and'.slice(0, 16));
  await expect(hint).toContainText('https://evil.example/login');
  expect(await asked.jsonValue()).toEqual([]);
  await clickWith('harmless.example', 'Control');
  await expect
    .poll(async () => (await asked.jsonValue()).at(-1))
    .toEqual({
      message: 'Open evil.example in your browser?',
      detail: 'https://evil.example/login',
    });
  await clickWith('https://plain.example/x?y=1', 'Control');
  await expect.poll(async () => (await asked.jsonValue()).at(-1)?.detail).toBe('https://plain.example/x?y=1');

  writeFileSync(join(home, 'service.log'), 'ERROR first line of the log\nsecond line\n');
  await terminal.type('clear; echo "see" ./service.log here\n');
  await terminal.waitForText(/^see \.\/service\.log here$/m);
  await clickWith('./service.log here', 'Control');
  await expect(logs.region).toContainText('first line of the log');
});

test('widths of emoji, combining marks and wide characters are those of their graphemes', async ({
  app,
  home,
}) => {
  const { terminal } = app;
  const texts = ['a', '漢', '👩\u200d👩\u200d👧', 'e\u0301', '🇩🇪', '👍🏽'];
  // The terminal is asked where the cursor is after each text: ESC [ 6 n.
  writeFileSync(
    join(home, 'widths.sh'),
    [
      'stty -echo',
      `for text in ${texts.map((text) => `'${text}'`).join(' ')}; do`,
      `  printf '%s' "$text"; IFS=';' read -rsdR -p $'\\e[6n' _ column; printf '\\r\\e[K'`,
      '  all="$all $((column - 1))"',
      'done',
      'stty echo; echo "widths-are$all"',
    ].join('\n'),
  );
  await terminal.type('bash widths.sh\n');
  await terminal.waitForText(/^widths-are 1 2 2 1 2 2$/m);
});

test('tabs, folders and text are kept over a restart of the app; shells are new', async ({
  dataFolder,
  home,
}) => {
  const first = await startApp(dataFolder, home);
  await first.terminal.type('mkdir -p kept && cd kept && echo text-to-$((20 + 3))\n');
  await first.terminal.waitForText('text-to-23');
  const kept = await first.calls('terminal.keep');
  await first.terminal.press('Control+Shift+D');
  await expect(first.terminal.slots).toHaveCount(2);
  await expect.poll(async () => JSON.stringify(await kept())).toContain('text-to-23');
  await first.close();

  const second = await startApp(dataFolder, home);
  await expect(second.terminal.slots).toHaveCount(2);
  await second.terminal.press('Control+Shift+ArrowLeft');
  await second.terminal.waitForText('text-to-23');
  await second.terminal.waitForText('[a new shell from here]');
  await second.terminal.type('pwd\n');
  await second.terminal.waitForText(/\/kept$/m);
  await second.close();
});
