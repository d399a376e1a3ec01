import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  COMMAND_NAMES,
  COMMANDS,
  EXIT_STATUSES,
  isCommandName,
  OPTIONS,
  type OptionName,
  optionForm,
  optionsOf,
} from './command-table';

const ROOT = resolve(import.meta.dirname, '..', '..');
const GUIDE = join(ROOT, 'assets', 'guide');
const read = (file: string) => readFileSync(file, 'utf8');
const documents = [
  ...readdirSync(GUIDE).map((name) => join(GUIDE, name)),
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'ARCHITECTURE.md'].map((name) => join(ROOT, name)),
];
const commandLine = read(join(GUIDE, 'command-line.md'));

/** The rows of the table below a heading, each as its cells; `\|` is a bar in a cell. */
function tableBelow(text: string, heading: string): string[][] {
  const part = text.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const rows = part.split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((row) =>
    row
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('\\|', '|').replaceAll('`', '')),
  );
}

describe('the command line in the guide', () => {
  it('has every command with its operands, and no other', () => {
    const written = tableBelow(commandLine, 'Commands').map(([command]) => command);
    const real = COMMAND_NAMES.map((name) => `sigma-ops ${name} ${COMMANDS[name].operands}`.trim());
    expect(written.toSorted()).toEqual(real.toSorted());
  });

  it('has every option with the commands that take it, and no other', () => {
    const written = Object.fromEntries(
      tableBelow(commandLine, 'Options').map(([option, commands]) => [
        option,
        commands?.split(', ').toSorted(),
      ]),
    );
    const real = (Object.keys(OPTIONS) as OptionName[])
      .filter((option) => option !== 'help' && option !== 'version')
      .map((option) => [
        optionForm(option),
        COMMAND_NAMES.filter((name) => optionsOf(name).includes(option)).toSorted(),
      ]);
    expect(written).toEqual(Object.fromEntries(real));
  });

  it('has the exit statuses', () => {
    expect(tableBelow(commandLine, 'Exit statuses')).toEqual(
      EXIT_STATUSES.map(([status, meaning]) => [String(status), meaning]),
    );
  });
});

describe('documents', () => {
  it('call the command line with commands and options that it has', () => {
    let calls = 0;
    for (const file of documents) {
      for (const [, name = '', rest = ''] of read(file).matchAll(
        /(?:\bsigma-ops|run -s sigma --) ([a-z]+)([^\n`|]*)/g,
      )) {
        // In a sentence a word may follow; in a call of a document it is a command.
        if (!isCommandName(name)) continue;
        calls += 1;
        for (const [, option] of rest.matchAll(/(?<=\s)--([a-z-]+)/g))
          expect([file, name, option]).toEqual([file, name, optionsOf(name).find((own) => own === option)]);
      }
    }
    expect(calls).toBeGreaterThan(20);
  });

  it('name scripts and steps that exist', () => {
    const { scripts } = JSON.parse(read(join(ROOT, 'package.json'))) as { scripts: Record<string, string> };
    const steps = read(join(ROOT, 'app', 'setup', 'test.mjs'));
    for (const file of documents) {
      const text = read(file);
      for (const [, name = ''] of text.matchAll(/npm run (?:-s )?([a-z][a-z0-9:-]*)/g))
        expect([file, name]).toEqual([file, Object.keys(scripts).find((own) => own === name)]);
      for (const [, step = ''] of text.matchAll(/npm test -- --only ([a-z]+)/g))
        expect([file, step, steps.includes(`  ${step}: `)]).toEqual([file, step, true]);
    }
  });

  it('name benches, evaluations and training sets that exist', () => {
    const contributing = read(join(ROOT, 'CONTRIBUTING.md'));
    const found = [...contributing.matchAll(/npm run (bench|eval|train-data) -- ([a-z-]+)/g)];
    expect(found.length).toBeGreaterThan(7);
    for (const [, script, suite] of found) {
      const source = read(join(ROOT, 'app', 'setup', `${script}.mjs`));
      expect([suite, new RegExp(`^  (?:async )?'?${suite}'?[(:]`, 'm').test(source)]).toEqual([suite, true]);
    }
  });

  it('link to files and headings that exist', () => {
    for (const file of documents) {
      for (const [, link = ''] of read(file).matchAll(/\]\(([^)\s]+)\)/g)) {
        if (/^[a-z]+:/.test(link)) continue;
        const [path = '', heading] = link.split('#');
        const target = path === '' ? file : join(dirname(file), path);
        const text = path.endsWith('/') ? '' : read(target);
        if (heading === undefined) continue;
        const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, words = '']) =>
          words
            .toLowerCase()
            .replace(/[^\w\s-]/g, '')
            .replaceAll(' ', '-'),
        );
        expect([file, link, headings.includes(heading)]).toEqual([file, link, true]);
      }
    }
  });
});
