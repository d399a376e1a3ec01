import { describe, expect, it } from 'vitest';
import { COMMAND_NAMES, commandSpec, isCommandName, OPTIONS, optionsOf } from './command-table';
import { commandHelp, generalHelp } from './help';
import { manualPage, roff, roffLine } from './manual/manual-page';
import { readCommandLine } from './options';

describe('the table of commands', () => {
  it('has no option that no command heeds', () => {
    const used = new Set(COMMAND_NAMES.flatMap((name) => optionsOf(name)));
    expect(Object.keys(OPTIONS).filter((name) => !used.has(name as keyof typeof OPTIONS))).toEqual([]);
  });

  it('has examples that the command line understands', () => {
    for (const name of COMMAND_NAMES)
      for (const [line] of commandSpec(name).examples) {
        const own = /sigma-ops ([^|)]*)/.exec(line)?.[1] ?? '';
        const words = [...own.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
          ([, single, double, plain]) => single ?? double ?? plain ?? '',
        );
        expect(readCommandLine(words).command.name.replace('-batch', '')).toBe(name);
      }
  });
});

describe('help', () => {
  it('names every command, and with a command all of its options', () => {
    for (const name of COMMAND_NAMES) {
      expect(generalHelp()).toContain(`sigma-ops ${name}`);
      for (const option of optionsOf(name)) expect(commandHelp(name)).toContain(`--${option}`);
    }
  });

  it('fits 100 columns', () => {
    for (const text of [generalHelp(), ...COMMAND_NAMES.map(commandHelp)])
      for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(102);
  });
});

describe('the manual page', () => {
  it('names every command and option', () => {
    const page = manualPage('1.0.0');
    for (const name of COMMAND_NAMES) expect(page).toContain(`.SS ${roff(name)}`);
    for (const name of Object.keys(OPTIONS)) expect(page).toContain(`\\-\\-${roff(name)}`);
    expect(isCommandName('manual')).toBe(true);
  });

  it('leaves nothing of the text to roff', () => {
    expect(roffLine('.TH is no request')).toBe('\\&.TH is no request');
    expect(roff(`a-b \\n '"'`)).toBe('a\\-b \\en \\(aq\\(dq\\(aq');
  });
});
