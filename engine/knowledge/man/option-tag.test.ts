import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readOptionTag } from './option-tag';
import { ITALIC_END, ITALIC_START, macroArguments, RoffText } from './roff-text';

const italic = (text: string) => ITALIC_START + text + ITALIC_END;

describe('the tag of an option', () => {
  it.each([
    ['-a, --all', '-a --all', 'none', ''],
    ['--block-size=SIZE', '--block-size', 'required', 'SIZE'],
    ['--color[=WHEN]', '--color', 'optional', 'WHEN'],
    [`-e ${italic('PATTERN')}, --regexp=${italic('PATTERN')}`, '-e --regexp', 'required', 'PATTERN'],
    ['-C <commit>, --reuse-message=<commit>', '-C --reuse-message', 'required', 'commit'],
    ['-d, --data <data>', '-d --data', 'required', 'data'],
    [`-O${italic('level')}`, '-O', 'required', 'level'],
    [`-name ${italic('pattern')}`, '-name', 'required', 'pattern'],
    [`-exec ${italic('command')} ;`, '-exec', 'several', 'command'],
    [`-fprintf ${italic('file')} ${italic('format')}`, '-fprintf', 'several', 'file format'],
    [`-i${italic('replace')}`, '-i', 'required', 'replace'],
    [`-I[${italic('SUFFIX')}]`, '-I', 'optional', 'SUFFIX'],
    ['-c[olor][={always|auto|never}]', '-c -color', 'optional', '={always|auto|never}'],
    ['--[no-]verify', '--verify --no-verify', 'none', ''],
    [`-L [${italic('address')}:]port:host:hostport`, '-L', 'required', '[address:]port:host:hostport'],
    ['-s , -stats , -statistics', '-s -stats -statistics', 'none', ''],
    ['-t, --type=', '-t --type', 'required', ''],
    [`-d, --delay = ${italic('SECS')} [.TENTHS]`, '-d --delay', 'required', 'SECS [.TENTHS]'],
    ['-a|--all', '-a --all', 'none', ''],
    [`-${italic('NUM')}`, '-NUM', 'none', ''],
    ['-g, --gpu=GPU...', '-g --gpu', 'several', 'GPU'],
    [
      '--LTYPE-line-format=LFMT',
      '--old-line-format --new-line-format --unchanged-line-format',
      'required',
      'LFMT',
    ],
    [
      '--stat[=<width>[,<name-width>[,<count>]]]',
      '--stat',
      'optional',
      '[=<width>[,<name-width>[,<count>]]]',
    ],
    [
      '-b [[ID][+/-offset]|all], --boot[=[ID][+/-offset]|all]',
      '-b --boot',
      'optional',
      '[[ID][±offset]|all]',
    ],
    [`-perm -${italic('mode')}`, '-perm', 'required', '-mode'],
    ['-x Print each line as it comes', '-x', 'none', ''],
  ])('%s', (tag, names, argument, argumentName) => {
    const option = readOptionTag(tag);
    expect(option?.names.join(' ')).toBe(names);
    expect(option?.argument).toBe(argument);
    if (argument !== 'optional' || !argumentName.startsWith('='))
      expect(option?.argumentName).toBe(argumentName);
  });

  it.each(['FILE', '- item', '', '--', '-[x]y'])('is not read from %j', (tag) => {
    expect(readOptionTag(tag)).toBeNull();
  });

  it('takes any text', () => {
    const piece = fc.constantFrom(
      '-a',
      '--long',
      '=',
      '[',
      ']',
      ',',
      ' ',
      '|',
      italic('X'),
      '...',
      'or',
      '<',
      '>',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        for (const name of readOptionTag(pieces.join(''))?.names ?? []) expect(name).toMatch(/^-/);
      }),
    );
  });
});

describe('roff text', () => {
  const read = (text: string) => new RoffText().read(text);

  it('reads escapes and marks italics', () => {
    expect(read('\\fB\\-a\\fR, \\fB\\-\\-all\\fR')).toBe('-a, --all');
    expect(read('\\fB\\-\\-size\\fR=\\fI\\,SIZE\\/\\fR')).toBe(`--size=${italic('SIZE')}`);
    expect(read('\\(lqx\\(rq \\[u00E9] \\s-1A\\s0 \\e \\&.')).toBe('"x" é A \\ .');
    expect(read('plain')).toBe('plain');
  });

  it('knows strings that the page defines', () => {
    const roff = new RoffText();
    roff.define('We', 'top');
    expect(roff.read('\\*(We and \\*[We]')).toBe('top and top');
  });

  it('splits arguments', () => {
    expect(macroArguments('"\\-e" " PATTERN" a""b "say ""hi"""')).toEqual([
      '\\-e',
      ' PATTERN',
      'a""b',
      'say "hi"',
    ]);
  });
});
