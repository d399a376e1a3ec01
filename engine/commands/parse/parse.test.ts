import { beforeAll, describe, expect, it } from 'vitest';
import { unescapeAnsiC } from './ansi-c';
import { loadParserFromNodeModules } from './node-modules-parser';
import type { Script, ShellParser, SimpleCommand, Statement } from './syntax';

let parser: ShellParser;
beforeAll(async () => {
  parser = await loadParserFromNodeModules();
});

function script(text: string): Script {
  const parsed = parser.parse(text);
  if (!parsed.parsed) throw new Error(`${text}: ${parsed.message}`);
  return parsed.script;
}
const command = (text: string): SimpleCommand => script(text).statements[0] as SimpleCommand;
const literals = (text: string) => command(text).words.map(({ literal }) => literal);
/** The shape of a statement: its kind and what is in it. */
function shape(statement: Statement): unknown {
  const writes = statement.redirects.map(({ operator, target }) => `${operator}${target?.text ?? ''}`);
  if (statement.kind === 'command') return [...statement.words.map(({ text }) => text), ...writes].join(' ');
  if (statement.kind === 'list')
    return [statement.operator, shape(statement.left), shape(statement.right), ...writes];
  if (statement.kind === 'pipeline') return ['|', ...statement.commands.map(shape), ...writes];
  if (statement.kind === 'group' || statement.kind === 'subshell')
    return [statement.kind, ...statement.body.map(shape), ...writes];
  return [statement.kind, ...writes];
}
const shapes = (text: string) => script(text).statements.map(shape);

describe('words', () => {
  it.each([
    ["r''m", 'rm'],
    ['\\rm', 'rm'],
    ['"r"m', 'rm'],
    ["$'\\x72\\155'", 'rm'],
    ['a\\ b', 'a b'],
    ['"a\\$b\\c"', 'a$b\\c'],
    ["'a'\\''b'", "a'b"],
    ['a\\\nb', 'ab'],
    ['a=b', 'a=b'],
    ['{}', '{}'],
    ['@{u}', '@{u}'],
    ['"{a,b}"', '{a,b}'],
    ['"*"', '*'],
    ['50%', '50%'],
  ])('%s is %s', (text, value) => {
    expect(literals(`x ${text}`)).toEqual(['x', value]);
  });

  it.each([
    '$x',
    '"$x"',
    '*',
    'a?',
    '[ab]',
    '{a,b}',
    '{1..3}',
    '~/x',
    '$(x)',
    '`x`',
    '<(x)',
    '$((1))',
    `\${x:-y}`,
  ])('%s has no static value', (text) => {
    expect(literals(`x ${text}`)).toEqual(['x', null]);
  });

  it('keeps the script of a substitution, wherever it stands', () => {
    for (const text of [
      '$(rm x)',
      '"$(rm x)"',
      '`rm x`',
      '"a `rm x` b"',
      '<(rm x)',
      `\${y:-$(rm x)}`,
      '$((1+$(rm x)))',
    ]) {
      const part = command(`echo ${text}`).words[1]?.parts.find(
        (each) => 'script' in each || 'scripts' in each,
      );
      const inner =
        part && ('script' in part ? part.script : 'scripts' in part ? part.scripts[0] : undefined);
      expect([text, inner?.statements.map(shape)]).toEqual([text, ['rm x']]);
    }
  });

  it('reads the escapes of $-quotes', () => {
    expect(unescapeAnsiC("\\n\\t\\x41\\101\\u00e9\\'\\\\\\q")).toBe("\n\tAA\u00e9'\\\\q");
  });
});

describe('statements', () => {
  it('binds redirections to the last command of a list and pipes tighter than lists', () => {
    expect(shapes('a && b > c')).toEqual([['&&', 'a', 'b >c']]);
    expect(shapes('a | b && c')).toEqual([['&&', ['|', 'a', 'b'], 'c']]);
    expect(shapes('a || b && c | d > e')).toEqual([['&&', ['||', 'a', 'b'], ['|', 'c', 'd >e']]]);
  });
  it('gives words behind a redirection back to the command', () => {
    expect(shapes('echo > a b c')).toEqual(['echo b c >a']);
    expect(shapes('> f rm x')).toEqual(['rm x >f']);
    expect(shapes('a 2>&1 >b <c')).toEqual(['a >&1 >b <c']);
  });
  it('reads here-documents with what follows on their line', () => {
    expect(shapes('cat <<E | sh\nrm x\nE')).toEqual([['|', 'cat <<', 'sh']]);
    expect(shapes('a && cat <<E | b && c\nx\nE')).toEqual([['&&', ['&&', 'a', ['|', 'cat <<', 'b']], 'c']]);
    expect(shapes('cat <<E > f\nx\nE')).toEqual(['cat << >f']);
    expect(command("cat <<'E'\n$x\nE").redirects[0]?.heredoc).toMatchObject({ quoted: true, body: '$x\n' });
    expect(command('cat <<E\n$(rm x)\nE').redirects[0]?.heredoc?.scripts[0]?.statements.map(shape)).toEqual([
      'rm x',
    ]);
  });
  it('refuses a tree in which the next line has become arguments', () => {
    // The grammar reads `c d` here; bash runs d on its own.
    for (const text of ['a | b | c\nd < x', 'ls | xargs wc | tail -1\nmkfs.ext4 /dev/sdb < x'])
      expect(parser.parse(text).parsed).toBe(false);
    expect(parser.parse('a | b | c \\\n d < x').parsed).toBe(true);
  });
  it('keeps lines apart that start with a backslash', () => {
    expect(shapes('ls\n\\rm x')).toEqual(['ls', '\\rm x']);
  });
  it('finds the file that a comparison in single brackets writes', () => {
    expect(shapes('[ a > b ]')).toEqual([['condition', '>b']]);
    expect(shapes('[[ a > b ]]')).toEqual([['condition']]);
  });
  it('counts in UTF-16 units', () => {
    const text = 'echo "\u{1f600}\u00e9" x';
    expect(command(text).words.map(({ start, end }) => text.slice(start, end))).toEqual([
      'echo',
      '"\u{1f600}\u00e9"',
      'x',
    ]);
  });
});
