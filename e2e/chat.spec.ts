import { expect, startApp, test } from './app-fixture';

test('a conversation survives a restart of the app', async ({ dataFolder, home }) => {
  const first = await startApp(dataFolder, home);
  await first.status.waitForEngine();
  await first.chat.ask('What does the command uptime show?');
  const written = await first.chat.waitForAnswer();
  // A command in the answer is checked beside the talk.
  await expect(written).not.toContainText('Being checked');
  const answer = await written.innerText();
  expect(answer.split(/\s+/).length).toBeGreaterThan(3);
  await expect(first.status.bar).toContainText(/\d+(\.\d+)? tok(ens)?\/s/);
  await first.close();

  const second = await startApp(dataFolder, home);
  await expect(second.chat.region).toContainText('What does the command uptime show?');
  await expect(second.chat.answers.last()).not.toContainText('Being checked');
  expect(await second.chat.answers.last().innerText()).toBe(answer);
  await second.close();
});

test('Stop ends an answer, keeps what came, and the next question works', async ({ app }) => {
  await app.status.waitForEngine();
  await app.chat.ask('Write a long list of Linux commands, each with a paragraph of explanation.');
  const answer = app.chat.answers.last();
  await expect(answer).toHaveAttribute('data-state', 'streaming');
  await expect.poll(async () => (await answer.innerText()).length).toBeGreaterThan(40);
  await app.chat.region.getByRole('button', { name: 'Stop' }).click();
  await expect(answer).toHaveAttribute('data-state', 'partial', { timeout: 5000 });
  expect((await answer.innerText()).length).toBeGreaterThan(40);
  await app.chat.ask('Which command shows free memory?');
  await app.chat.waitForAnswer();
});

test('the status bar names model, device and that all is local', async ({ app }) => {
  await app.status.waitForEngine();
  await expect(app.status.bar).toContainText('sigma-ops-135m');
  await expect(app.status.bar).toContainText(/cpu/i);
  await expect(app.status.bar).toContainText(/local only/i);
});

test('a killed engine loses no conversation and is back for the next question', async ({ app }) => {
  await app.status.waitForEngine();
  await app.chat.ask('Write a long list of Linux commands, each with a paragraph of explanation.');
  const answer = app.chat.answers.last();
  await expect.poll(async () => (await answer.innerText()).length).toBeGreaterThan(40);
  await app.kill('Sigma Ops engine');
  await expect(answer).toHaveAttribute('data-state', /partial|failed/);
  expect((await answer.innerText()).length).toBeGreaterThan(40);
  await app.status.waitForEngine();
  await app.chat.ask('Which command shows free memory?');
  await app.chat.waitForAnswer();
});
