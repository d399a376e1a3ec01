import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, startApp, test } from './app-fixture';

const POD_LOGS = 'show the logs of a kubernetes pod';

test('a suggestion is rated and explained; filled in, it lands on the prompt and does not run', async ({
  app,
  home,
}) => {
  const { chat, terminal, page } = app;
  await app.status.waitForEngine();
  await chat.suggest(POD_LOGS);
  await chat.waitForAnswer();
  const card = chat.cards.first();
  await expect(card.getByTestId('risk')).toContainText(/Reads only|Changes things|Destructive/);
  const template = (await card.getByTestId('command-text').textContent()) ?? '';
  const field = card.locator('.placeholder').first();
  const name = (await field.locator('label').textContent()) ?? '';
  expect(template).toContain(name);

  await card.getByRole('button', { name: 'What each part does' }).click();
  await expect(card.getByTestId('explanation').locator('div').first()).toContainText(/\w{3,}/);
  await card.locator('.command-part').first().hover();
  await expect(page.locator('.tooltip')).toContainText(/From /);

  const value = '; touch canary #';
  await field.locator('input').fill(value);
  await expect(card).toHaveAttribute('aria-busy', 'false');
  const filled = template.replaceAll(name, `'${value}'`);
  await expect(card.getByTestId('command-text')).toHaveText(filled);
  await card.getByRole('button', { name: 'Insert', exact: true }).click();
  await terminal.waitForText(filled);
  expect(existsSync(join(home, 'canary'))).toBe(false);
  await terminal.press('Enter');
  await terminal.waitForPrompt();
  // The value was one word of the command, so the shell ran nothing of it.
  expect(existsSync(join(home, 'canary'))).toBe(false);
});

test('Insert works with values left out, and says which', async ({ app }) => {
  await app.status.waitForEngine();
  await app.chat.suggest(POD_LOGS);
  await app.chat.waitForAnswer();
  const card = app.chat.cards.first();
  const name = (await card.locator('.placeholder label').first().textContent()) ?? '';
  await card.locator('.placeholder input').first().press('Enter');
  await expect(card).toContainText(`Still to fill in: ${name}`);
  await app.terminal.waitForText(name);
});

test('a check needs no model, names what is destroyed, shows a look first and runs nothing', async ({
  app,
  home,
}) => {
  const { chat, terminal } = app;
  const kept = join(home, 'x1');
  writeFileSync(kept, '');
  const sent = await app.calls('chat.suggest');
  await chat.check(`rm -rf ${home}/x*`);
  await chat.waitForAnswer();
  const card = chat.cards.first();
  await expect(card.getByTestId('risk')).toContainText('Destructive');
  await expect(card.getByTestId('risk')).toContainText(/removes/);
  await expect(card.getByRole('button', { name: 'Insert', exact: true })).not.toHaveAttribute(
    'data-kind',
    'primary',
  );
  const look = `ls -ld -- ${home}/x*`;
  await expect(card.getByTestId('command-preview')).toContainText(look);
  await card.getByRole('button', { name: 'Insert the look' }).click();
  await terminal.waitForText(look);
  expect(await terminal.text()).not.toContain('-rw-');
  expect(existsSync(kept)).toBe(true);
  expect(await sent()).toEqual([]);

  await terminal.press('Control+c');
  await terminal.waitForPrompt();
  await terminal.type('git push --force');
  await terminal.waitForText('git push --force');
  await terminal.region.getByRole('button', { name: 'Check the command on the prompt' }).click();
  await expect(chat.cards).toHaveCount(2);
  await expect(chat.cards.last().getByTestId('command-text')).toHaveText('git push --force');
  await expect(chat.cards.last().getByTestId('risk')).toContainText('Destructive');
});

test('chips show what goes along, and nothing goes that was removed', async ({ dataFolder, home }) => {
  mkdirSync(join(home, 'very-own-folder'));
  const app = await startApp(dataFolder, home);
  const { chat, terminal } = app;
  const sent = await app.calls('chat.suggest');
  await app.status.waitForEngine();
  await terminal.type('echo said-$((40 + 2))\n');
  await terminal.waitForText('said-42');
  await chat.message.focus();
  await expect(chat.chip('system')).toBeVisible();
  const folder = chat.chip('folder').getByRole('button').first();
  await folder.hover();
  await expect(app.page.locator('.tooltip')).toContainText('very-own-folder/');
  await chat.region.getByRole('button', { name: 'Last command' }).click();
  const last = chat.chip('last-command').getByRole('button').first();
  await last.click();
  await expect(chat.region.getByTestId('context-text')).toContainText('said-42');

  await chat.chip('folder').getByRole('button', { name: 'Remove' }).click();
  await chat.suggest('show free disk space');
  await chat.waitForAnswer();
  const [first] = await sent();
  expect(JSON.stringify(first)).toContain('said-42');
  expect(JSON.stringify(first)).not.toContain('very-own-folder');
  expect(first).toMatchObject({ cwd: null, context: [{ kind: 'system' }, { kind: 'last-command' }] });

  // What was put beside one question is not put beside the next; what was removed stays away, after a restart too.
  await expect(chat.chip('last-command')).toHaveCount(0);
  await app.close();
  const again = await startApp(dataFolder, home);
  await expect(again.chat.chip('system')).toBeVisible();
  await expect(again.chat.region.getByRole('button', { name: /^Folder / })).toBeVisible();
  await expect(again.chat.chip('folder')).toHaveCount(0);
  await expect(again.chat.cards.first().getByTestId('risk')).toContainText('Reads only');
  await again.close();
});

test('all of it by keyboard', async ({ app, home }) => {
  const { chat, terminal, page } = app;
  const focused = page.locator(':focus');
  const back = async (until: () => Promise<boolean>) => {
    for (let step = 0; step < 12 && !(await until()); step += 1) await page.keyboard.press('Shift+Tab');
    expect(await until()).toBe(true);
  };
  writeFileSync(join(home, 'x1'), '');
  await expect(chat.chip('folder')).toBeVisible();
  await chat.message.focus();
  await page.keyboard.type(`rm -rf ${home}/x*`);
  await page.keyboard.press('Control+Shift+Enter');
  await chat.waitForAnswer();

  await chat.message.focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(focused).toHaveAccessibleName(/^Remove /);
  await page.keyboard.press('Enter');
  await expect(chat.chip('system')).toHaveCount(0);
  await expect(chat.message).toBeFocused();

  await back(async () => (await focused.getAttribute('class'))?.includes('command-part') ?? false);
  await expect(page.locator('.tooltip')).toContainText('From ');
  await page.keyboard.press('End');
  await expect(focused).toHaveText('-rf');
  await expect(page.locator('.tooltip')).toContainText(/recursive/i);
  await page.keyboard.press('Tab');
  await expect(focused).toHaveAccessibleName('Insert the look');
  await page.keyboard.press('Enter');
  await terminal.waitForText('ls -ld --');
  expect(existsSync(join(home, 'x1'))).toBe(true);
});

test('without a model examples answer, and the answer says so', async ({ app, home }) => {
  const { chat, page } = app;
  await app.status.waitForEngine();
  await app.answerDialog(home);
  await app.status.bar.getByRole('button', { name: 'Use the model in a folder…' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'The engine is not running.' })).toBeVisible();
  await chat.message.fill('show free disk space');
  await expect(chat.region.getByRole('button', { name: 'Ask', exact: true })).toBeDisabled();
  await chat.region.getByRole('button', { name: 'Suggest command' }).click();
  const answer = await chat.waitForAnswer();
  await expect(answer).toContainText('The model was not loaded');
  await expect(chat.cards.first().getByTestId('command-text')).toContainText(/\bdf\b/);
  await expect(chat.cards.first().getByTestId('risk')).toContainText('Reads only');
  await chat.check('git reset --hard');
  await expect(chat.cards.last().getByTestId('risk')).toContainText('Destructive');
});

test('text selected in the terminal is checked, and goes along with a question', async ({ app }) => {
  const { chat, terminal } = app;
  await terminal.type('chmod -R 777 /srv');
  await terminal.waitForText('chmod -R 777 /srv');
  const box = await terminal.region.locator('.xterm-screen').boundingBox();
  await app.page.mouse.click((box?.x ?? 0) + 60, (box?.y ?? 0) + 8, { clickCount: 3 });
  await expect(chat.region.getByRole('button', { name: 'Selected text' })).toBeVisible();
  await terminal.region.getByRole('button', { name: 'Check selection' }).click();
  await expect(chat.cards.first().getByTestId('command-text')).toHaveText('chmod -R 777 /srv');
  await expect(chat.cards.first().getByTestId('risk')).toContainText('Destructive');
  await chat.region.getByRole('button', { name: 'Selected text' }).click();
  const chip = chat.chip('selection').getByRole('button').first();
  await expect(chip).toHaveAttribute('data-tip', /chmod -R 777 \/srv/);
  await chip.press('Delete');
  await expect(chat.chip('selection')).toHaveCount(0);
});

test('a line of the open log goes along with a question', async ({ app }) => {
  const { chat, logs } = app;
  const sent = await app.calls('chat.send');
  await app.status.waitForEngine();
  await chat.paste(Array.from({ length: 100 }, (_, i) => `line ${i} of the night`).join('\n'));
  await logs.line(3).click();
  await chat.region.getByRole('button', { name: /Pasted log, line 3/ }).click();
  await expect(chat.chip('log')).toBeVisible();
  await chat.ask('What is this?');
  await expect.poll(sent).toMatchObject([{ text: 'What is this?', context: [{ kind: 'log' }] }]);
  expect(JSON.stringify(await sent())).toContain('3: line 2 of the night');
});

test('manuals are gathered in the background; names of this machine only after a yes', async ({ app }) => {
  const item = app.status.bar.getByTestId('knowledge');
  await expect(item).toHaveAttribute('data-state', 'ready', { timeout: 60_000 });
  await expect(item).toHaveAttribute('data-tip', /documents on programs[\s\S]*are not read/);
  await item.click();
  await app.page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await expect(item).toHaveAttribute('data-tip', /are not read/);
  await item.click();
  await app.page.getByRole('dialog').getByRole('button', { name: 'Offer names' }).click();
  await expect(item).toHaveAttribute('data-tip', /are offered/);
  await expect(item).toHaveAttribute('data-state', 'ready');
});
