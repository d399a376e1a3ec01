import { expect, startApp, test } from './app-fixture';

test('questions are edited, answers written again, and every version is kept', async ({
  app,
  dataFolder,
  home,
}) => {
  const { chat, page } = app;
  await app.status.waitForEngine();
  await chat.ask('What does the command uptime show?');
  const first = await chat.waitForAnswer();
  await expect(first).not.toContainText('Being checked');
  // Figures of this answer, measured.
  const figures = first.getByRole('list', { name: 'Figures of this answer' });
  await expect(figures).toContainText(/\d+(\.\d+)? tokens\/s/);
  await expect(figures).toContainText(/first token [\d,.]+ m?s/);
  await expect(figures).toContainText(/context (\d+|under 1) % full/);
  const text = await first.locator('.markdown').innerText();

  // Again, by keyboard.
  await first.getByRole('button', { name: 'Answer again' }).focus();
  await page.keyboard.press('Enter');
  await expect(chat.answers.last()).toHaveAttribute('data-state', 'streaming');
  const second = await chat.waitForAnswer();
  const versions = second.getByRole('group', { name: 'Versions of this answer' });
  await expect(versions).toContainText('2 of 2');
  await versions.getByRole('button', { name: 'Previous answer' }).click();
  await expect(versions).toContainText('1 of 2');
  await expect(chat.answers.last()).not.toContainText('Being checked');
  expect(await chat.answers.last().locator('.markdown').innerText()).toBe(text);
  await chat.ask('And what is the load average?');
  await chat.waitForAnswer();
  await expect(chat.questions).toHaveCount(2);

  // Edited: what followed stays with the version that it followed.
  await chat.questions.first().getByRole('button', { name: 'Edit question' }).click();
  const editor = chat.region.getByRole('textbox', { name: 'Edited question' });
  await expect(editor).toBeFocused();
  await editor.fill('What does the command free show?');
  await page.keyboard.press('Enter');
  await expect(chat.questions).toHaveCount(1);
  await chat.waitForAnswer();
  const asked = chat.questions.first().getByRole('group', { name: 'Versions of this question' });
  await expect(asked).toContainText('2 of 2');
  await asked.getByRole('button', { name: 'Previous question' }).click();
  await expect(chat.questions).toHaveCount(2);
  await expect(chat.questions.first()).toContainText('uptime');

  // Escape leaves a question as it is.
  await chat.questions.first().getByRole('button', { name: 'Edit question' }).click();
  await editor.fill('never asked');
  await page.keyboard.press('Escape');
  await expect(chat.region).not.toContainText('never asked');

  // Deleted, and back.
  await chat.questions.last().getByRole('button', { name: 'Delete question' }).click();
  await expect(chat.questions).toHaveCount(1);
  await page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: 'Undo' }).click();
  await expect(chat.questions).toHaveCount(2);

  await app.close();
  const restarted = await startApp(dataFolder, home);
  await expect(restarted.chat.questions).toHaveCount(2);
  await expect(restarted.chat.questions.first()).toContainText('1 of 2');
  await restarted.close();
});

test('an answer is spoken by sentence, copied, quoted, and shows what the model saw', async ({ app }) => {
  const { chat, page } = app;
  await app.status.waitForEngine();
  // All that the live region says, in order.
  await page.evaluate(() => {
    const said: string[] = [];
    Object.assign(window, { said });
    const region = document.querySelector('.messages > [aria-live="polite"]');
    new MutationObserver(() => said.push(region?.textContent ?? '')).observe(region as Node, {
      characterData: true,
      childList: true,
      subtree: true,
    });
  });
  await chat.ask('Explain in three sentences what swap space is.');
  const answer = await chat.waitForAnswer();
  const text = await answer.locator('.markdown').innerText();
  const words = (value: string) => value.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
  await expect
    .poll(() => page.evaluate(() => (window as unknown as { said: string[] }).said.join(' ')))
    .toMatch(/\w/);
  const said = await page.evaluate(() => (window as unknown as { said: string[] }).said);
  expect(words(said.join(' '))).toContain(words(text).slice(0, 60));
  // By sentence, never by token.
  expect(said.length).toBeLessThan(words(text).split(' ').length / 2);

  await answer.getByRole('button', { name: 'Copy answer' }).click();
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText('Answer copied.');

  // What is selected is quoted, by a press that does not take the selection away.
  const selected = await answer.locator('.markdown').evaluate((element) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const node = walker.nextNode() as Text;
    const range = document.createRange();
    range.setStart(node, 0);
    range.setEnd(node, Math.min(12, node.length));
    getSelection()?.removeAllRanges();
    getSelection()?.addRange(range);
    return String(getSelection()).trim();
  });
  await answer.getByRole('button', { name: 'Quote answer' }).click();
  await expect(chat.message).toBeFocused();
  await expect(chat.message).toHaveValue(`> ${selected}\n\n`);

  // A chip says how many tokens its text has for this model.
  await expect(chat.chip('system').getByTestId('chip-tokens')).toHaveText(/^\d+ tokens$/);

  await answer.getByRole('button', { name: 'What the model saw' }).click();
  const dialog = page.getByRole('dialog', { name: 'What the model saw' });
  await expect(dialog).toContainText('Nothing was left out.');
  await expect(dialog).toContainText(/Prompt, [\d,]+ tokens/);
  await expect(dialog.locator('.special-token').first()).toHaveText('<|im_start|>');
  await expect(dialog).toContainText('Explain in three sentences what swap space is.');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});
