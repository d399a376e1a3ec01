import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type RunningApp, test } from './app-fixture';

const START = Date.UTC(2024, 4, 1, 8);

/** A log whose every count is known: a line each second, an error each 100th, a warning each 40th. */
function serverLog(lines: number, host = 'db-3'): string {
  return Array.from({ length: lines }, (_, index) => {
    const number = index + 1;
    const time = new Date(START + index * 1000).toISOString().slice(0, 19).replace('T', ' ');
    if (number % 100 === 0) return `${time} ERROR connection to ${host} refused after ${number} ms`;
    if (number % 40 === 0) return `${time} WARN slow answer of cache ${number}`;
    return `${time} INFO request ${number} served for user-${number % 7}`;
  }).join('\n');
}

async function openLog(app: RunningApp, folder: string, name: string, text: string): Promise<string> {
  const path = join(folder, name);
  writeFileSync(path, `${text}\n`);
  await app.answerDialog(path);
  await app.logs.button('Open…').click();
  await expect(app.logs.region.getByRole('navigation', { name: 'Open logs' })).toContainText(name);
  await expect(app.logs.line(1)).toBeVisible();
  // Until then the log is being read, and what is below its progress has another place.
  await expect(app.logs.region.getByRole('toolbar', { name: 'Lines' })).toHaveAttribute(
    'data-state',
    'ready',
  );
  await expect(app.logs.region.getByRole('list', { name: 'Logs being read' })).toBeHidden();
  return path;
}

test('search counts matches, steps through them, marks them and shows only them', async ({ app, home }) => {
  const { logs } = app;
  await openLog(app, home, 'server.log', serverLog(5000));
  await logs.search('refused');
  await expect(logs.searchCount).toHaveText('1 of 50');
  await expect(logs.currentLine).toHaveAttribute('data-line', '100');
  await expect(logs.line(100).locator('mark')).toHaveText('refused');
  await expect(logs.region.locator('.log-track')).toHaveAttribute('data-matches', '50');
  await logs.press('n');
  await expect(logs.currentLine).toHaveAttribute('data-line', '200');
  await expect(logs.searchCount).toHaveText('2 of 50');
  await logs.press('Shift+N', 'Shift+N');
  await expect(logs.currentLine).toHaveAttribute('data-line', '5000');
  await expect(logs.searchCount).toHaveText('50 of 50');

  await logs.button('Show only matches').click();
  await expect.poll(() => logs.rowCount()).toBe(50);
  await logs.press('Home');
  await expect.poll(() => logs.drawn().then((lines) => lines.slice(0, 3))).toEqual([100, 200, 300]);

  await logs.button('Regular expression').click();
  await logs.region.getByRole('textbox', { name: 'Search in the log' }).fill('user-(3|5)$');
  await expect(logs.searchCount).toHaveText(/ of /);
  await logs.region.getByRole('textbox', { name: 'Search in the log' }).fill('user-(');
  await expect(logs.region.getByRole('alert')).toBeVisible();
  await expect(logs.region.getByRole('textbox', { name: 'Search in the log' })).toHaveAttribute(
    'aria-invalid',
    'true',
  );
  await app.page.keyboard.press('Escape');
  await expect(logs.region.getByRole('search')).toBeHidden();
  await expect.poll(() => logs.rowCount()).toBe(5000);
});

test('filters combine, come off one by one, and a line leads back to the whole log', async ({
  app,
  home,
}) => {
  const { logs } = app;
  await openLog(app, home, 'server.log', serverLog(5000));
  await logs.addTextFilter('Lines with', 'user-3');
  await expect(logs.filterBar).toContainText('Contains “user-3”');
  const all = await logs.rowCount();
  expect(all).toBeGreaterThan(500);
  await logs.addTextFilter('Lines without', '1 served');
  await expect.poll(() => logs.rowCount()).toBeLessThan(all);
  await logs.button('Remove filter: Without “1 served”').click();
  await expect.poll(() => logs.rowCount()).toBe(all);
  await logs.button('Remove filter: Contains “user-3”').click();
  await expect.poll(() => logs.rowCount()).toBe(5000);

  await logs.region.getByRole('group', { name: 'Severities' }).getByRole('button', { name: /error/ }).click();
  await expect.poll(() => logs.rowCount()).toBe(50);
  await expect(logs.filterBar).toContainText('50 of 5,000 lines');
  // A line that is filtered out: the nearest one is shown.
  await logs.press(':');
  await app.page.keyboard.type('1234');
  await app.page.keyboard.press('Enter');
  await expect(logs.currentLine).toHaveAttribute('data-line', '1300');
  await expect(logs.region).toContainText('Line 1234 is filtered out');
  await logs.button('Show in whole log').click();
  await expect.poll(() => logs.rowCount()).toBe(5000);
  await expect(logs.currentLine).toHaveAttribute('data-line', '1300');
  await logs.button(/^Filter again/).click();
  await expect.poll(() => logs.rowCount()).toBe(50);
});

test('a drag over the histogram chooses a time, a click goes there, keys do the same', async ({
  app,
  home,
}) => {
  const { logs, page } = app;
  await openLog(app, home, 'server.log', serverLog(5000));
  const plot = logs.region.getByRole('slider', { name: 'Lines over time' });
  await expect(plot.locator('canvas')).toBeVisible();
  const box = await plot.boundingBox();
  if (!box) throw new Error('The histogram has no place.');
  const at = (share: number) => [box.x + box.width * share, box.y + 20] as const;
  await page.mouse.click(...at(0.9));
  await expect
    .poll(async () => Number(await logs.currentLine.getAttribute('data-line')))
    .toBeGreaterThan(3500);
  await page.mouse.move(...at(0.4));
  await page.mouse.down();
  await page.mouse.move(...at(0.6), { steps: 4 });
  await page.mouse.up();
  await expect(logs.filterBar).toContainText('Time 2024-05-01');
  const chosen = await logs.rowCount();
  expect(chosen).toBeGreaterThan(500);
  expect(chosen).toBeLessThan(2500);

  await plot.focus();
  await page.keyboard.press('Escape');
  await expect.poll(() => logs.rowCount()).toBe(5000);
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+ArrowRight');
  await expect(plot).toHaveAttribute('aria-valuetext', /2024-05-01 08:00:00 to .*lines/);
  await page.keyboard.press('Enter');
  await expect(logs.filterBar).toContainText('Time 2024-05-01 08:00:00 to');
  await expect.poll(() => logs.rowCount()).toBeLessThan(1000);
});

test('keys of lnav: errors, warnings, bookmarks, ends, help', async ({ app, home }) => {
  const { logs, page } = app;
  await openLog(app, home, 'server.log', serverLog(5000));
  const at = (line: number) => expect(logs.currentLine).toHaveAttribute('data-line', String(line));
  await logs.press('e');
  await at(100);
  await logs.press('e');
  await at(200);
  await logs.press('Shift+E');
  await at(100);
  await logs.press('w');
  await at(120);
  await logs.press('Shift+W');
  await at(80);
  await logs.press('m', 'j', 'j', 'j');
  await at(83);
  await logs.press('m', 'Shift+G');
  await at(5000);
  await logs.press('Shift+U');
  await at(83);
  await logs.press('Shift+U');
  await at(80);
  await logs.press('Shift+U');
  await expect(logs.region).toContainText('There is no earlier bookmark.');
  await logs.press('g', 'u');
  await at(80);
  const panel = await logs.openPanel('Bookmarks');
  await panel.getByRole('textbox', { name: 'Note on line 83' }).fill('look at this');
  await panel.getByRole('button', { name: 'Remove bookmark of line 80' }).click();
  await expect(panel.getByRole('listitem')).toHaveCount(1);
  await expect(panel.getByRole('textbox', { name: 'Note on line 83' })).toHaveValue('look at this');
  await logs.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys of the log' })).toContainText('Next error');
  await page.keyboard.press('Escape');
  await expect(logs.grid).toBeFocused();
});

test('selected lines are copied, with their numbers if asked for', async ({ app, home }) => {
  const { logs, electron } = app;
  const text = serverLog(3000);
  await openLog(app, home, 'server.log', text);
  const clipboard = () => electron.evaluate(({ clipboard: board }) => board.readText());
  await logs.press('j', 'Shift+ArrowDown', 'Shift+ArrowDown', 'Control+c');
  await expect.poll(clipboard).toBe(text.split('\n').slice(1, 4).join('\n'));
  await logs.press('Control+Shift+C');
  await expect.poll(clipboard).toBe(
    text
      .split('\n')
      .slice(1, 4)
      .map((line, index) => `${index + 2}: ${line}`)
      .join('\n'),
  );
  await logs.press('Control+a', 'Control+c');
  await expect.poll(clipboard).toBe(text);
  await logs.line(3).click({ button: 'right' });
  await app.page.getByRole('menuitem', { name: /^Copy .* with numbers/ }).click();
  await expect.poll(async () => (await clipboard()).startsWith('1: 2024-05-01 08:00:00')).toBe(true);
});

test('wrapped lines reach the end, and a long line is shown whole', async ({ app, home }) => {
  const { logs, page } = app;
  const long = `begin ${'x'.repeat(20_000)} end`;
  await openLog(app, home, 'wide.log', [long, ...serverLog(400).split('\n'), 'last line'].join('\n'));
  await logs.button('Wrap lines').click();
  await expect.poll(async () => (await logs.line(1).boundingBox())?.height ?? 0).toBeGreaterThan(200);
  await logs.press('End');
  await expect(logs.line(402)).toBeInViewport();
  await expect(logs.line(402)).toContainText('last line');
  await logs.press('Home', 'Enter');
  const dialog = page.getByRole('dialog', { name: 'Line 1' });
  await expect(dialog).toContainText('20,010 characters');
  await expect(dialog.locator('pre')).toContainText(/x end$/);
  await page.keyboard.press('Escape');
  await logs.button('Wrap lines').click();
  await expect.poll(async () => (await logs.line(1).boundingBox())?.height ?? 0).toBe(20);
});

test('patterns: several are hidden, one is shown alone, and each leads to its lines', async ({
  app,
  home,
}) => {
  const { logs } = app;
  await openLog(app, home, 'server.log', serverLog(5000));
  const panel = await logs.openPanel('Patterns');
  await expect(panel.getByTestId('pattern')).toHaveCount(3);
  await expect(panel.getByTestId('pattern').first()).toContainText('served for');
  await panel.getByRole('checkbox', { name: /served for/ }).check();
  await panel.getByRole('checkbox', { name: /slow answer/ }).check();
  await panel.getByRole('button', { name: 'Hide these' }).click();
  await expect.poll(() => logs.rowCount()).toBe(50);
  await expect(panel.getByTestId('pattern')).toHaveCount(1);
  await panel.getByRole('button', { name: 'Line 5000' }).click();
  await expect(logs.currentLine).toHaveAttribute('data-line', '5000');
  await logs.button('Clear all').click();
  await expect.poll(() => logs.rowCount()).toBe(5000);
  await panel.getByRole('textbox', { name: 'Filter patterns by text' }).fill('slow');
  await expect(panel.getByTestId('pattern')).toHaveCount(1);
  await panel.getByRole('checkbox', { name: /slow answer/ }).check();
  await panel.getByRole('button', { name: 'Only these' }).click();
  await expect(logs.filterBar).toContainText('Only pattern');
  // Each 40th line but those that are errors.
  await expect.poll(() => logs.rowCount()).toBe(100);
});

test('signals lead to the first error and to the silence before it', async ({ app, home }) => {
  const { logs } = app;
  const quiet = serverLog(99).split('\n');
  const late = (index: number) =>
    new Date(START + 3_600_000 + index * 1000).toISOString().slice(0, 19).replace('T', ' ');
  const after = Array.from(
    { length: 60 },
    (_, index) => `${late(index)} INFO request ${index} served for user-1`,
  );
  after[5] = `${late(5)} ERROR disk /dev/sda1 is full`;
  await openLog(app, home, 'gap.log', [...quiet, ...after].join('\n'));
  const panel = await logs.openPanel('Signals');
  await panel
    .getByRole('region', { name: 'First errors' })
    .getByRole('button', { name: 'Line 105' })
    .first()
    .click();
  await expect(logs.highlighted).toHaveAttribute('data-line', '105');
  await panel.getByRole('region', { name: 'Silences' }).getByRole('button', { name: 'Line 100' }).click();
  await expect(logs.highlighted).toHaveAttribute('data-line', '100');
});

test('SQL: a grid, a chart, lines to go to, and the place of an error', async ({ app, home }) => {
  const { logs } = app;
  await openLog(app, home, 'server.log', serverLog(5000));
  const panel = await logs.openPanel('SQL');
  await panel.getByRole('button', { name: 'Run' }).click();
  await expect(panel.getByRole('row', { name: /error/ })).toContainText('50');
  await panel.getByRole('button', { name: 'Chart' }).click();
  await expect(
    panel.getByRole('img', { name: 'Chart of lines by severity' }).locator('canvas'),
  ).toBeVisible();
  const box = panel.getByRole('textbox', { name: 'SQL over this log' });
  await box.fill("SELECT line, text FROM log WHERE text LIKE '%refused%' ORDER BY line DESC LIMIT 3");
  await box.press('Control+Enter');
  await panel.getByRole('button', { name: 'Grid' }).click();
  await panel.getByRole('button', { name: 'Line 4900' }).click();
  await expect(logs.highlighted).toHaveAttribute('data-line', '4900');
  await box.fill('SELECT line\nFROM lag');
  await box.press('Control+Enter');
  await expect(panel.getByRole('alert')).toContainText('lag');
  await expect
    .poll(() =>
      box.evaluate((area: HTMLTextAreaElement) => area.value.slice(area.selectionStart, area.selectionEnd)),
    )
    .toBe('lag');
  await panel.getByRole('combobox', { name: 'History' }).selectOption({ index: 2 });
  await expect(box).toHaveValue(/LIKE '%refused%'/);
});

test('a followed file shows what is appended, and stays at its end', async ({ app, home }) => {
  const { logs } = app;
  const path = await openLog(app, home, 'live.log', serverLog(200));
  await logs.button('Follow the file').click();
  await expect(logs.button('Follow the file')).toHaveAttribute('aria-pressed', 'true');
  await logs.press('End');
  appendFileSync(path, '2024-05-01 09:00:00 ERROR the night has begun\n');
  await expect(logs.line(201)).toContainText('the night has begun');
  await expect(logs.line(201)).toBeInViewport();
  await logs.search('begun');
  await expect(logs.searchCount).toHaveText('1 of 1');
  appendFileSync(path, '2024-05-01 09:00:01 ERROR the day has begun\n');
  await expect(logs.searchCount).toHaveText(/of 2/);
  await logs.button('Follow the file').click();
  await expect(logs.button('Follow the file')).toHaveAttribute('aria-pressed', 'false');
});

test('two logs are compared by pattern', async ({ app, home }) => {
  const { logs } = app;
  await openLog(app, home, 'before.log', serverLog(1000));
  const broken = serverLog(1000).replaceAll('slow answer of cache', 'cache lost key');
  await openLog(app, home, 'after.log', broken);
  const panel = await logs.openPanel('Compare');
  await panel.getByRole('button', { name: 'Compare', exact: true }).click();
  await expect(panel.getByTestId('difference').filter({ hasText: 'cache lost key' })).toContainText('new');
  const gone = panel.getByTestId('difference').filter({ hasText: 'slow answer of cache' });
  await expect(gone).toContainText('gone');
  await gone.getByRole('button', { name: /^Line/ }).click();
  await expect(logs.region.getByRole('navigation').locator('[aria-current]')).toHaveText('before.log');
  await expect(logs.highlighted).toContainText('slow answer of cache');
});

test('several files become one log in order of time; earlier parts are offered', async ({ app, home }) => {
  const { logs, page } = app;
  const even = serverLog(100)
    .split('\n')
    .filter((_, index) => index % 2 === 0);
  const odd = serverLog(100, 'db-9')
    .split('\n')
    .filter((_, index) => index % 2 === 1);
  writeFileSync(join(home, 'a.log'), `${even.join('\n')}\n`);
  writeFileSync(join(home, 'b.log'), `${odd.join('\n')}\n`);
  await app.answerDialog(join(home, 'a.log'), join(home, 'b.log'));
  await logs.button('Open…').click();
  await page.getByRole('dialog', { name: 'Open 2 logs' }).getByRole('button', { name: 'Open' }).click();
  await expect(logs.region).toContainText('100 lines');
  await expect(logs.line(1)).toContainText('a.log');
  await expect(logs.line(2)).toContainText('b.log');
  await expect(logs.line(2)).toContainText('request 2 served');

  writeFileSync(join(home, 'app.log'), 'third\n');
  writeFileSync(join(home, 'app.log.1'), 'second\n');
  writeFileSync(join(home, 'app.log.2'), 'first\n');
  await app.answerDialog(join(home, 'app.log'));
  await logs.button('Open…').click();
  const dialog = page.getByRole('dialog', { name: 'Open app.log' });
  await expect(dialog).toContainText('With 2 earlier parts');
  await dialog.getByRole('button', { name: 'Open' }).click();
  await expect(logs.line(1)).toContainText('first');
  await expect(logs.line(3)).toContainText('third');
});

test('the output of the last command opens as a log', async ({ app }) => {
  const { logs, terminal, page } = app;
  await terminal.type('seq 5 | sed "s/^/out-/"');
  await terminal.press('Enter');
  await terminal.waitForText('out-5');
  await page.getByRole('button', { name: 'Open the last output in Logs' }).click();
  await expect(logs.line(5)).toContainText('out-5');
  await expect(logs.region).toContainText('5 lines');
});
