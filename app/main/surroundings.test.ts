import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ContextItem } from '../../engine/contract/assistant';
import { folderItem, folderText, MOST_ENTRIES, systemItem } from './surroundings';

it('names the system and the shell', async () => {
  const item = ContextItem.parse(await systemItem());
  expect(item.text).toMatch(/^System: .+\nShell: \S+$/);
});

it('lists a folder, hidden names last; one that is gone gives nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sigma-folder-'));
  mkdirSync(join(folder, 'src'));
  writeFileSync(join(folder, '.hidden'), '');
  writeFileSync(join(folder, 'a.txt'), '');
  expect((await folderItem(folder))?.text).toBe(`Folder: ${folder}\na.txt\nsrc/\n.hidden`);
  rmSync(folder, { recursive: true });
  expect(await folderItem(folder)).toBeNull();
});

it('keeps the text small, whatever the names', () => {
  const names = Array.from({ length: 500 }, (_, i) => `${'x'.repeat(200)}${i}`);
  const text = folderText('/big', [...names, 'evil\n\u001b[2Jname']);
  expect(text.split('\n')).toHaveLength(MOST_ENTRIES + 2);
  expect(text).toContain(`… and ${501 - MOST_ENTRIES} more`);
  expect(text).toContain('evil??[2Jname');
  expect(text.length).toBeLessThan(8000);
});
