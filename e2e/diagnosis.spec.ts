import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './app-fixture';

const FOLDER = join(import.meta.dirname, 'fixtures', 'diagnose');
const read = (name: string) => readFileSync(join(FOLDER, name), 'utf8');

test('evidence can be looked at before a diagnosis, and the diagnosis leads to its lines', async ({
  app,
}) => {
  const { chat, logs, page, status } = app;
  await status.waitForEngine();
  await chat.paste(read('oom.log'));
  await expect(logs.line(1)).toBeVisible();

  await logs.region.getByRole('button', { name: 'Diagnosis', exact: true }).click();
  const pieces = page.getByTestId('evidence-piece');
  await expect(pieces.first()).toContainText('Out of memory: the kernel killed a process');
  await expect(pieces.first().getByRole('button', { name: 'Line 59' })).toBeVisible();

  await logs.diagnose();
  await logs.waitForDiagnosis();
  const diagnosis = page.getByTestId('diagnosis');
  const cause = diagnosis.getByRole('region', { name: 'Likely cause' });
  await expect(cause).toContainText('Out of memory: the kernel killed a process');
  await expect(cause).toContainText('Linux kernel documentation');
  await expect(cause).toContainText('high confidence');
  await expect(diagnosis.getByRole('region', { name: 'What happened' })).toContainText('25 times');
  await expect(diagnosis.getByRole('region', { name: 'What to check next' })).toContainText('swap');

  await cause.getByRole('button', { name: 'Line 59' }).click();
  await expect(logs.highlighted).toHaveAttribute('data-line', '59');
  await expect(logs.highlighted).toContainText('Killed process 4242 (java)');

  const card = diagnosis.getByTestId('command-text').first();
  await expect(card).toContainText('free -h');
  await expect(diagnosis.getByText('Reads only').first()).toBeVisible();

  await diagnosis.getByRole('button', { name: 'All evidence' }).click();
  await expect(diagnosis.getByTestId('evidence-piece').first()).toBeVisible();
  await diagnosis.getByRole('button', { name: 'What the model saw' }).click();
  await expect(diagnosis.getByRole('list', { name: 'Lines that the model saw' })).toContainText(
    'Killed process 4242',
  );
});

test('a question is answered from the same evidence', async ({ app }) => {
  const { chat, logs, page, status } = app;
  await status.waitForEngine();
  await chat.paste(read('disk-full.log'));
  await expect(logs.line(1)).toBeVisible();
  await logs.region.getByLabel('Question about this log (optional)').fill('Which segment was abandoned?');
  await logs.diagnose();
  await logs.waitForDiagnosis();
  const answer = page.getByTestId('diagnosis').getByRole('region', { name: 'Answer' });
  await expect(answer.getByRole('button', { name: /^Line \d+$/ }).first()).toBeVisible();
});

test('of a healthy log it says that nothing is wrong', async ({ app }) => {
  const { chat, logs, page, status } = app;
  await status.waitForEngine();
  await chat.paste(read('healthy-json.log'));
  await expect(logs.line(1)).toBeVisible();
  await logs.diagnose();
  await logs.waitForDiagnosis();
  await expect(page.getByTestId('diagnosis')).toContainText('No sign of trouble in this log.');
  await expect(page.getByTestId('diagnosis').getByRole('region', { name: 'Likely cause' })).toHaveCount(0);
});
