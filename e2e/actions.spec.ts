import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, startApp, test } from './app-fixture';

test('every action is in the palette with its keys, and runs from there, by keyboard alone', async ({
  app,
}) => {
  const { page, terminal, logs } = app;
  await page.keyboard.press('Control+Shift+P');
  const palette = page.getByRole('dialog', { name: 'Commands' });
  await expect(palette.getByRole('combobox')).toBeFocused();
  const next = palette.getByRole('option', { name: /Go to the next pane/ });
  await expect(next).toContainText('F6');
  // There is no log, so there is nothing to search.
  const search = palette.getByRole('option', { name: /Search in the log/ });
  await expect(search).toHaveAttribute('aria-disabled', 'true');
  await page.keyboard.type('go to terminal');
  await expect(palette.getByRole('option', { selected: true })).toContainText('Go to Terminal');
  await page.keyboard.press('Enter');
  await expect(palette).toBeHidden();
  await expect(terminal.region.getByRole('textbox', { name: 'Terminal input' })).toBeFocused();

  // A shell's keys are its own: Ctrl+R looks in its history, Ctrl+F moves, Ctrl+N and Ctrl+O do nothing to the app.
  await terminal.type('echo needle-in-the-history\n');
  await terminal.waitForText(/^needle-in-the-history$/m);
  await terminal.press('Control+r');
  await page.keyboard.type('needle');
  await terminal.waitForText("(reverse-i-search)`needle'");
  await terminal.press('Control+g');
  for (const key of ['Control+f', 'Control+n', 'Control+o']) await terminal.press(key);
  await expect(logs.region.getByRole('search')).toBeHidden();
  await expect(terminal.region.getByRole('textbox', { name: 'Terminal input' })).toBeFocused();
  // And F6 leaves it.
  await page.keyboard.press('F6');
  await expect(app.chat.message).toBeFocused();
});

test('the menu does what the registry says, and the size of the page is remembered', async ({
  dataFolder,
  home,
}) => {
  const first = await startApp(dataFolder, home);
  const choose = (id: string) =>
    first.electron.evaluate(({ Menu }, wanted) => {
      const item = Menu.getApplicationMenu()?.getMenuItemById(wanted);
      item?.click();
      return item?.accelerator ?? null;
    }, id);
  const zoom = () => first.page.evaluate(() => devicePixelRatio);
  const before = await zoom();
  await expect.poll(() => choose('view.zoomIn')).toBe('Ctrl+=');
  await expect.poll(zoom).toBeGreaterThan(before);
  await first.page.keyboard.press('Control+0');
  await expect.poll(zoom).toBe(before);
  await first.page.keyboard.press('Control+=');
  await first.page.keyboard.press('Control+=');
  await expect.poll(zoom).toBeCloseTo(before * 1.25);
  await choose('theme.dark');
  await expect(first.page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await first.close();
  const file = readFileSync(join(dataFolder, 'config', 'settings.json'), 'utf8');
  expect(JSON.parse(file)).toMatchObject({ theme: 'dark', zoom: 1.25 });

  const second = await startApp(dataFolder, home);
  await expect.poll(() => second.page.evaluate(() => devicePixelRatio)).toBeCloseTo(before * 1.25);
  await expect(second.page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await second.close();
});
