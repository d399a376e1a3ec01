import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DiagnosisItem } from '../item';
import { render } from './render';
import { parseBackgrounds, parseScenarios } from './scenario';

const texts = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8'));

/** Every generated log, by the scenarios of `folder` (engine/eval/diagnosis); always the same ones. */
export function generateItems(folder: string): { log: string; item: DiagnosisItem }[] {
  const backgrounds = parseBackgrounds(texts(join(folder, 'backgrounds')).join('\n'));
  return texts(join(folder, 'scenarios'))
    .flatMap(parseScenarios)
    .map((scenario) => render(scenario, backgrounds));
}

/** Writes logs and items in place of the generated ones that are there; the number of items. */
export function writeGenerated(folder: string): number {
  const made = generateItems(folder);
  const logs = join(folder, 'logs', 'generated');
  rmSync(logs, { recursive: true, force: true });
  mkdirSync(logs, { recursive: true });
  for (const { log, item } of made) writeFileSync(join(logs, `${item.id}.log`), log);
  writeFileSync(
    join(folder, 'items', 'generated.jsonl'),
    `${made.map(({ item }) => JSON.stringify(item)).join('\n')}\n`,
  );
  return made.length;
}
