import { cpSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, startApp, test } from './app-fixture';

const SHIPPED = resolve(import.meta.dirname, '..', 'assets', 'model');

test('a folder that holds no model is refused in words, and the shipped model comes back', async ({
  app,
  home,
}) => {
  await app.status.waitForEngine();
  await app.answerDialog(home);
  await app.status.bar.getByRole('button', { name: 'Use the model in a folder…' }).click();
  const alert = app.page.getByRole('alert').filter({ hasText: 'The engine is not running.' });
  await expect(alert).toContainText('manifest.json');
  await alert.getByRole('button', { name: 'Use the shipped model' }).click();
  await app.status.waitForEngine();
  await expect(app.status.bar).toContainText('sigma-ops-135m');
});

test('an own model folder is loaded, and again after a restart', async ({ dataFolder, home }) => {
  const folder = join(home, 'my-model');
  cpSync(SHIPPED, folder, { recursive: true });
  const first = await startApp(dataFolder, home);
  await first.status.waitForEngine();
  await first.answerDialog(folder);
  await first.status.bar.getByRole('button', { name: 'Use the model in a folder…' }).click();
  await expect(first.status.bar.getByRole('button', { name: 'Use the shipped model' })).toBeVisible();
  await first.status.waitForEngine();
  await first.chat.ask('What does the command uptime show?');
  await first.chat.waitForAnswer();
  await first.close();

  const second = await startApp(dataFolder, home);
  await second.status.waitForEngine();
  await expect(second.status.bar.getByRole('button', { name: 'Use the shipped model' })).toBeVisible();
  await second.close();
});
