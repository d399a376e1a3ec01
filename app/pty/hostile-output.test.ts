import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Terminal } from '@xterm/headless';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type OpenShell, pathOf, SHELLS, ShellLab } from './testing/shells';
import { until } from './testing/test-window';

const ESC = '\x1b';
const FALSE_SECRET = 'f'.repeat(32);

/** What a program may print to make a terminal type, tell, or believe something. */
const PAYLOADS = [
  // Questions whose answers are typed: clipboard, titles, settings, cursor, names, colours, versions.
  `${ESC}]52;c;?\x07`,
  `${ESC}]52;c;dG91Y2ggY2FuYXJ5Cg==\x07${ESC}]52;c;?${ESC}\\`,
  `${ESC}]0;touch canary\x07${ESC}[21t${ESC}[20t`,
  `${ESC}]2;;touch canary;${ESC}\\${ESC}[22t${ESC}[23t${ESC}[21t`,
  `${ESC}P$qtouch canary${ESC}\\`,
  `${ESC}P$q"p${ESC}\\${ESC}P$qm${ESC}\\`,
  `${ESC}P+q746f756368${ESC}\\`,
  `${ESC}[5n${ESC}[6n${ESC}[?6n`,
  `${ESC}[c${ESC}[>c${ESC}[=c${ESC}[>q`,
  `${ESC}[?2004$p${ESC}[4$p`,
  `${ESC}]4;0;?\x07${ESC}]10;?\x07${ESC}]11;?\x07`,
  `${ESC}]4;0;touch canary\x07`,
  '\x05',
  `${ESC}[18t${ESC}[14t${ESC}[11t`,
  // Keys that are defined anew, and macros.
  `${ESC}P1;1|17/746f7563682063616e6172790a${ESC}\\`,
  `${ESC}P0;0;0!z746f7563682063616e6172790a${ESC}\\${ESC}[0*z`,
  // False word of the shell.
  ...['A', 'B', 'C', 'D;0', 'E;touch canary', 'P;Cwd=/etc', 'P;Editable=1', 'L;touch canary;3'].flatMap(
    (said) => [
      `${ESC}]633;${said}\x07`,
      `${ESC}]633;${said};${FALSE_SECRET}\x07`,
      `${ESC}]633;${said};\x07`,
      `${ESC}]133;${said}\x07`,
    ],
  ),
  `${ESC}]633;B`,
  `${ESC}]7;file:///etc\x07`,
  `${ESC}]1337;CurrentDir=/etc\x07`,
  `${ESC}]9;9;/etc\x07`,
  // Modes that are left set.
  `${ESC}[?1049h${ESC}[?1049l`,
  `${ESC}[?2004h`,
  `${ESC}[200~touch canary\n${ESC}[201~`,
];

/** So many are printed by one command. */
const TOGETHER = 10;

describe.each(SHELLS)('hostile output in $name', ({ name }) => {
  const here = it.skipIf(process.platform === 'win32' || pathOf(name) === null);
  let lab: ShellLab;
  let shell: OpenShell;
  let screen: Terminal;
  let answers: string[];
  beforeEach(async (context) => {
    lab = new ShellLab();
    if (pathOf(name) === null) return context.skip();
    lab.write('payload', PAYLOADS.join(''));
    shell = await lab.open(name);
    // The screen answers as the window's does: what it wants to say is typed.
    screen = new Terminal({ allowProposedApi: true, cols: 120, rows: 24 });
    answers = [];
    screen.onData((answer) => {
      answers.push(answer);
      shell.window.type(answer);
    });
    shell.window.onOutput = (data) => screen.write(data);
    await shell.atPrompt();
  }, 60_000);
  afterEach(async () => {
    screen?.dispose();
    await lab.close();
  }, 60_000);

  /** Answers that come after their program stand on the prompt as text, as in every terminal; a person clears them. */
  const clear = async () => {
    await new Promise<void>((resolve) => screen.write('', resolve));
    await shell.giveUpLine();
  };

  here(
    'runs nothing, and leaves what is known of the shell as it was',
    async () => {
      for (let at = 0; at < PAYLOADS.length; at += TOGETHER) {
        const said = PAYLOADS.slice(at, at + TOGETHER).join('');
        lab.write('one', said);
        const before = shell.blocks.length;
        const block = await shell.run('cat one');
        await clear();
        expect(shell.blocks.length, JSON.stringify(said)).toBe(before + 1);
        expect(block).toMatchObject({ cwd: lab.home, exitCode: 0 });
        expect(['cat one', null]).toContain(block.command);
      }
      expect(existsSync(join(lab.home, 'canary'))).toBe(false);
      expect(shell.window.state).toMatchObject({ cwd: lab.home, integrated: true, activity: 'prompt' });
      expect(answers.join('')).not.toMatch(/touch|canary|746f|52;c|[\r\n]/);
      expect(await shell.run('echo still-here')).toMatchObject({ exitCode: 0 });
      expect(shell.output).toContain('still-here\n');
    },
    120_000,
  );

  here(
    'never makes a running program look like a prompt, nor a prompt like a program',
    async () => {
      shell.window.type("sh -c 'cat payload; echo pri''nted; sleep 100'\r");
      await until(() => shell.window.text.includes('printed'), 'the payload');
      await shell.activity('program');
      const marks = shell.window.marks.length;
      await expect(shell.insert('ls')).rejects.toThrow(/is running/);
      await expect(shell.readLine()).rejects.toThrow(/is running/);
      expect(shell.window.marks).toHaveLength(marks);
      shell.window.type('\x03');
      await shell.atPrompt();
      await clear();

      const shown = shell.window.text.length;
      await shell.run("sh -c 'sleep 0.3; cat payload; echo la''ter' &");
      await until(() => shell.window.text.slice(shown).includes('later'), 'the payload in the background');
      await clear();
      expect(await shell.insert('echo whole-line')).toMatchObject({ removed: [] });
      expect((await shell.readLine()).text).toBe('echo whole-line');
      expect(existsSync(join(lab.home, 'canary'))).toBe(false);
    },
    60_000,
  );
});
