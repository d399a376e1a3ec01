import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadParserFromNodeModules } from '../../commands/parse/node-modules-parser';
import type { ShellParser } from '../../commands/parse/syntax';
import { openQuote, quoteFor, shellQuote } from './quote';

let parser: ShellParser;
beforeAll(async () => {
  parser = await loadParserFromNodeModules();
});

const literal = (command: string): string | null => {
  const parsed = parser.parse(command);
  const [statement] = parsed.parsed ? parsed.script.statements : [];
  return statement?.kind === 'command' ? (statement.words[1]?.literal ?? null) : null;
};
const text = fc.stringMatching(/^[ -~]{1,20}$/).filter((one) => !one.startsWith('~'));

describe('quoting', () => {
  it('makes one word of any text, of that value', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(literal(`echo ${shellQuote(value)}`)).toBe(value);
      }),
    );
  });

  it('keeps to the quotes that are open', () => {
    expect(openQuote("grep 'a", 7)).toBe("'");
    expect(openQuote('say "it\'s', 9)).toBe('"');
    expect(openQuote("echo \\' x", 9)).toBe('');
    fc.assert(
      fc.property(text, fc.constantFrom("'", '"'), (value, quote) => {
        const before = `echo ${quote}a`;
        const filled = `${before}${quoteFor(before, before.length, value)}${quote}`;
        expect(literal(filled)).toBe(`a${value}`);
      }),
    );
  });
});
