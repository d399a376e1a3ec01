import { beforeAll, describe, expect, it } from 'vitest';
import { loadParserFromNodeModules } from './parse/node-modules-parser';
import type { ShellParser } from './parse/syntax';
import { CHANGING_COMMANDS, DESTRUCTIVE, READ_ONLY_COMMANDS } from './rated-lists.test-data';
import { rateText } from './risk';

let parser: ShellParser;
beforeAll(async () => {
  parser = await loadParserFromNodeModules();
});

const otherThan = (level: string, commands: readonly string[]) =>
  commands.flatMap((command) => {
    const risk = rateText(parser.parse(command), parser);
    return risk.level === level ? [] : [`${risk.level}: ${command} # ${risk.reasons[0] ?? ''}`];
  });

describe('rateText', () => {
  it('rates all of these as destructive', () => {
    expect(otherThan('destructive', DESTRUCTIVE)).toEqual([]);
  });
  it('rates all of these as read-only', () => {
    expect(otherThan('read-only', READ_ONLY_COMMANDS)).toEqual([]);
  });
  it('rates all of these as changes', () => {
    expect(otherThan('changes', CHANGING_COMMANDS)).toEqual([]);
  });
});
