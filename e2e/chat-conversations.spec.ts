import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './app-fixture';

/** Files below a folder that hold a text. */
function filesWith(folder: string, text: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /sigma-ops.*\.db/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => readFileSync(path).includes(text));
}

test('conversations are named, pinned, filed, found, exported, deleted and brought back', async ({
  app,
  dataFolder,
  home,
}) => {
  const { chat, page } = app;
  // Checks need no model: the two conversations are there at once.
  await chat.check('du -xh /var --max-depth=1');
  await expect(chat.cards).toHaveCount(1);
  await chat.region.getByRole('button', { name: 'New conversation' }).click();
  await chat.check('ss -tulpn zzquokka');
  await expect(chat.cards).toHaveCount(1);

  await chat.region.getByRole('button', { name: 'Conversations', exact: true }).click();
  const list = chat.region.getByRole('navigation', { name: 'Conversations' });
  const row = (title: string) => list.getByRole('button', { name: title }).first();
  const act = async (title: string, action: string) => {
    await row(title).click({ button: 'right' });
    await page.getByRole('menuitem', { name: action, exact: true }).click();
  };

  // Named by keyboard.
  await row('du -xh').focus();
  await page.keyboard.press('F2');
  await list.getByRole('textbox', { name: 'Title of the conversation' }).fill('Größe von var');
  await page.keyboard.press('Enter');
  await expect(row('Größe von var')).toBeVisible();

  await act('Größe von var', 'Pin');
  await expect(list.getByRole('region', { name: 'Pinned' })).toContainText('Größe von var');
  await act('ss -tulpn', 'Move to folder…');
  await page.getByRole('dialog').getByRole('textbox').fill('shop');
  await page.keyboard.press('Enter');
  await expect(list.getByRole('region', { name: 'shop' })).toContainText('ss -tulpn');

  // Found: a command, a title without its accents, nothing, and whatever is typed.
  await chat.message.focus();
  await page.keyboard.press('ControlOrMeta+f');
  const dialog = page.getByRole('dialog', { name: 'Search' });
  const box = dialog.getByRole('combobox');
  await expect(box).toBeFocused();
  await box.fill('grosse');
  await expect(dialog.getByRole('status')).toHaveText('Nothing found.');
  await box.fill('groß AND "( NEAR(');
  await expect(dialog.getByRole('status')).not.toHaveText(/result/);
  await box.fill('groß v');
  await expect(dialog.getByRole('option')).toHaveCount(1);
  await box.fill('max-dep');
  await expect(dialog.getByRole('group', { name: 'Commands' }).getByRole('option')).toHaveCount(1);
  await expect(dialog.locator('mark').first()).toContainText('max');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(chat.region.getByRole('heading', { level: 2 })).toHaveText('Größe von var');
  await expect(chat.region.locator('article:focus')).toContainText('du');

  // Exported, both ways.
  for (const [action, name] of [
    ['Export as Markdown…', 'talk.md'],
    ['Export as JSON…', 'talk.json'],
  ] as const) {
    await app.electron.evaluate(
      ({ dialog: system }, path) => {
        system.showSaveDialog = async () => ({ canceled: false, filePath: path });
      },
      join(home, name),
    );
    await act('Größe von var', action);
    await expect.poll(() => readdirSync(home)).toContain(name);
  }
  expect(readFileSync(join(home, 'talk.md'), 'utf8')).toContain('du -xh /var --max-depth=1');
  expect(JSON.parse(readFileSync(join(home, 'talk.json'), 'utf8')).messages).toHaveLength(2);

  // Deleted by keyboard, undone, then for good.
  await row('ss -tulpn').focus();
  await page.keyboard.press('Delete');
  await expect(row('ss -tulpn')).toBeHidden();
  await page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: 'Undo' }).click();
  await expect(row('ss -tulpn')).toBeVisible();
  expect(filesWith(dataFolder, 'zzquokka').length).toBeGreaterThan(0);
  await act('ss -tulpn', 'Delete for good…');
  await page.getByRole('dialog').getByRole('button', { name: 'Delete for good' }).click();
  await expect(row('ss -tulpn')).toBeHidden();
  await expect.poll(() => filesWith(dataFolder, 'zzquokka')).toEqual([]);
});
