import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadParserFromNodeModules } from './parse/node-modules-parser';
import type { ShellParser } from './parse/syntax';
import { CHANGING_COMMANDS, DESTRUCTIVE, READ_ONLY_COMMANDS } from './rated-lists.test-data';
import { rank, rateText } from './risk';

let parser: ShellParser;
beforeAll(async () => {
  parser = await loadParserFromNodeModules();
});

const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
/** Wrappers that take words: only for a command without operators, whose words stand alone. */
const WORDS = [
  'sudo',
  'sudo -u root',
  'sudo -n --',
  'doas',
  'env X=1',
  'env -i A=b C=d',
  'timeout 5',
  'timeout -k 1 -s KILL 5s',
  'nice -n 3',
  'nohup',
  'xargs',
  'xargs -0 -n1 -P 4',
  'time',
  'command',
  'exec',
  'stdbuf -oL',
  'setsid -f',
  'strace -f -o /dev/null',
  'busybox',
  'ssh host',
  'ssh -p 22 -i key u@host',
  'docker exec -it c',
  'kubectl exec pod -c c --',
  'chroot /mnt',
  'flock /tmp/lock',
  'find . -name x -exec',
  'systemd-run --scope',
  'ionice -c 3',
  'watch -n 2',
  'srun -N 1',
  'taskset -c 0',
  'parallel',
];
/** Wrappers that take the text as one quoted word. */
const QUOTED: readonly ((text: string) => string)[] = [
  (text) => `sh -c ${quote(text)}`,
  (text) => `bash -lc ${quote(text)}`,
  (text) => `eval ${quote(text)}`,
  (text) => `ssh host ${quote(text)}`,
  (text) => `su - bob -c ${quote(text)}`,
  (text) => `sudo sh -c ${quote(text)}`,
  (text) => `docker exec c sh -c ${quote(text)}`,
  (text) => `echo x | xargs -I{} sh -c ${quote(text)}`,
  (text) => `printf '%s' ${quote(text)} | sh`,
  (text) => `bash <<< ${quote(text)}`,
  (text) => `trap ${quote(text)} EXIT`,
  (text) => `watch ${quote(text)}`,
];
/** Wrappers of the grammar. */
const GRAMMAR: readonly ((text: string) => string)[] = [
  (text) => `echo $( ${text}\n)`,
  (text) => `( ${text}\n)`,
  (text) => `{ ${text}\n}`,
  (text) => `if true; then ${text}\nfi`,
  (text) => `for i in 1 2; do ${text}\ndone`,
  (text) => `while true; do ${text}\ndone`,
  (text) => `ls && ${text}`,
  (text) => `ls; ${text}`,
  (text) => `x=$( ${text}\n)`,
  (text) => `cat <( ${text}\n)`,
  (text) => `f() { ${text}\n}; f`,
  (text) => `case a in a) ${text}\n;; esac`,
  (text) => `echo "$( ${text}\n)"`,
  (text) => `# comment\n${text}`,
];
const COMMANDS = [
  'rm -rf x',
  'kill 1',
  'git push --force',
  'dd if=a of=b',
  'mkfs.ext4 /dev/sdb',
  'truncate -s 0 x',
  'docker rm c',
  'kubectl delete pod x',
  'chmod -R 777 x',
  'reboot',
];

/** The first word, written in a way that the shell reads as the same word. */
const NOISE: readonly ((word: string) => string)[] = [
  (word) => word,
  (word) => `\\${word}`,
  (word) => `'${word[0]}'${word.slice(1)}`,
  (word) => `${word[0]}"${word.slice(1)}"`,
  (word) => `${word[0]}''${word.slice(1)}`,
  (word) => `${word[0]}\\${word.slice(1)}`,
  (word) => `$'\\x${word.charCodeAt(0).toString(16)}${word.slice(1)}'`,
  (word) => `/usr/bin/${word}`,
  (word) => `"${word}"`,
  (word) => `\\\n${word}`,
];

const level = (text: string) => rateText(parser.parse(text), parser).level;

describe('rating of wrapped commands', () => {
  it('stays destructive through any stack of wrappers and ways of writing', () => {
    const noisy = fc
      .tuple(fc.constantFrom(...COMMANDS), fc.constantFrom(...NOISE))
      .map(([command, noise]) => command.replace(/^\S+/, (word) => noise(word)));
    const words = fc.array(fc.constantFrom(...WORDS), { maxLength: 3 });
    const texts = fc.array(fc.constantFrom(...QUOTED, ...GRAMMAR), { maxLength: 3 });
    fc.assert(
      fc.property(noisy, words, texts, (command, before, around) => {
        const wrapped = around.reduce((text, wrap) => wrap(text), [...before, command].join(' '));
        expect([wrapped, level(wrapped)]).toEqual([wrapped, 'destructive']);
      }),
      { numRuns: 1500 },
    );
  });

  it('stays destructive for the whole list', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...DESTRUCTIVE),
        fc.constantFrom(...QUOTED, ...GRAMMAR),
        (command, wrap) => {
          if (command.includes('<<')) return;
          expect([wrap(command), level(wrap(command))]).toEqual([wrap(command), 'destructive']);
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('is as dangerous as the worst part of a list', () => {
    const any = fc.constantFrom(...READ_ONLY_COMMANDS, ...CHANGING_COMMANDS, ...DESTRUCTIVE);
    fc.assert(
      fc.property(any, any, (a, b) => {
        if (/<<|&\s*$/.test(a + b)) return;
        const joined = level(`${a}\n${b}`);
        expect(rank(joined)).toBeGreaterThanOrEqual(Math.max(rank(level(a)), rank(level(b))));
      }),
      { numRuns: 400 },
    );
  });

  it('leaves reading commands harmless under wrappers that add nothing', () => {
    const readers = ['ls -l', 'df -h', 'kubectl get pods', 'git status', 'ps aux', 'cat x', 'grep -r rm .'];
    const plain = WORDS.filter((each) => !/exec$|^exec/.test(each) || each.startsWith('docker'));
    fc.assert(
      fc.property(
        fc.constantFrom(...readers),
        fc.constantFrom(...plain),
        fc.constantFrom(...QUOTED, ...GRAMMAR),
        (command, before, wrap) => {
          const wrapped = wrap(`${before} ${command}`);
          expect([wrapped, level(wrapped)]).not.toEqual([wrapped, 'destructive']);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('any text', () => {
  const pieces = fc.array(
    fc.constantFrom(
      'rm',
      ' ',
      '"',
      "'",
      '$(',
      ')',
      '`',
      '\\',
      '|',
      '&&',
      ';',
      '<<E',
      '\n',
      'E',
      '{',
      '}',
      '${',
      'x',
      '>',
      '<(',
      '$((',
      '[[',
      ']]',
      'if',
      'then',
      'fi',
      'do',
      'done',
      '*',
      '-rf',
      '=',
      'sudo',
      'sh -c',
      '\u00a0',
      '\u{1f600}',
      '!',
      '#',
    ),
    { maxLength: 20 },
  );
  it('never throws, and what is not parsed is destructive', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          pieces.map((each) => each.join('')),
        ),
        (text) => {
          const parsed = parser.parse(text);
          const risk = rateText(parsed, parser);
          if (!parsed.parsed) expect(risk).toMatchObject({ level: 'destructive', runsUnseenCode: true });
          if (risk.level !== 'read-only') expect(risk.reasons.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 3000 },
    );
  });
});
