import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pathOf, SHELLS, ShellLab, type ShellName } from '../testing/shells';
import { until } from '../testing/test-window';

describe.each(SHELLS)('$name, with our script', { timeout: 120_000 }, ({ name }) => {
  const here = it.skipIf(process.platform === 'win32' || pathOf(name) === null);
  let lab: ShellLab;
  beforeEach(() => {
    lab = new ShellLab();
  });
  afterEach(() => lab.close(), 60_000);

  here('tells of each command: its text, folder, times and end', async () => {
    const shell = await lab.open(name);
    await shell.atPrompt();
    expect(shell.window.state).toMatchObject({
      integrated: true,
      editable: true,
      cwd: lab.home,
      whyNot: null,
    });
    expect(shell.window.text).toContain('own> ');

    const command = 'printf "%s\\n" "a;b\\\\d" é | cat';
    const listed = await shell.run(command);
    expect(listed).toMatchObject({ command, cwd: lab.home, exitCode: 0 });
    expect(shell.output).toContain('a;b\\d\né\n');
    expect(Date.parse(listed.endedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(listed.startedAt ?? ''));

    expect(await shell.run('sh -c "exit 7"')).toMatchObject({ exitCode: 7, id: listed.id + 1 });
    mkdirSync(join(lab.home, 'sub dir;x'));
    await shell.run("cd 'sub dir;x'");
    expect(await shell.run('true')).toMatchObject({ cwd: join(lab.home, 'sub dir;x'), exitCode: 0 });
    // Enter on an empty line is no command, nor is a line that is given up.
    const before = shell.blocks.length;
    const prompts = shell.prompts;
    shell.window.type('\r');
    await until(() => shell.prompts > prompts, 'the prompt after an empty line');
    shell.window.type('half a line');
    expect((await shell.readLine()).text).toBe('half a line');
    await shell.giveUpLine();
    expect(shell.blocks).toHaveLength(before);
    expect(await shell.run('false')).toMatchObject({ command: 'false', exitCode: 1 });
  });

  here('inserts at its prompt only, as a paste, and says why not otherwise', async () => {
    const shell = await lab.open(name);
    await shell.atPrompt();
    expect(await shell.insert('echo in-$((1+1)) # x\x1b[201~\r\n')).toMatchObject({
      inserted: 'echo in-$((1+1)) # x',
    });
    expect(await shell.readLine()).toEqual({ text: 'echo in-$((1+1)) # x', cursor: 20 });
    expect(shell.window.marks.at(-1)?.mark).toBe('command');
    shell.window.type('\x15');
    await shell.run('true');
    shell.window.type('sleep 100\r');
    await shell.activity('program');
    await expect(shell.insert('ls')).rejects.toThrow(/^sleep is running/);
    shell.window.type('\x03');
    await shell.atPrompt();
    shell.window.type("printf '\\033[?1049h'; sleep 100\r");
    await shell.activity('full-screen');
    await expect(shell.insert('ls')).rejects.toThrow(/whole screen/);
    shell.window.type('\x03');
    await until(() => shell.window.marks.at(-1)?.mark === 'command', 'the prompt');
    shell.window.type("printf '\\033[?1049l'\r");
    await shell.activity('prompt');
    shell.window.type("sh -c 'stty -echo; printf Password:; read x; stty echo'\r");
    await shell.activity('password');
    await expect(shell.insert('ls')).rejects.toThrow(/not shown/);
    shell.window.type('x\r');
    await shell.atPrompt();
    await shell.insert('echo done');
    expect((await shell.run('')).command).toBe('echo done');
  });

  here('lets its line be read, replaced by one after another, and put back', async () => {
    const shell = await lab.open(name);
    await shell.atPrompt();
    expect(await shell.readLine()).toEqual({ text: '', cursor: 0 });
    shell.window.type('grep "a;b\\\\" é');
    await until(() => shell.window.text.includes('é'), 'the echo');
    shell.window.type('\x1b[D\x1b[D');
    const typed = { text: 'grep "a;b\\\\" é', cursor: 12 };
    expect(await shell.readLine()).toEqual(typed);
    await shell.replaceLine('first --alternative');
    expect((await shell.readLine()).text).toBe('first --alternative');
    await shell.replaceLine('second\n');
    expect(await shell.readLine()).toEqual({ text: 'second', cursor: 6 });
    await shell.restoreLine();
    expect(await shell.readLine()).toEqual(typed);
    // Once put back, it stays.
    await shell.restoreLine();
    expect(await shell.readLine()).toEqual(typed);
    shell.window.type('\x05\x15');
    await shell.replaceLine('echo once');
    expect((await shell.run('')).command).toBe('echo once');
    await shell.restoreLine();
    expect((await shell.readLine()).text).toBe('');
  });

  here('gives its secret to no program, nested shell or file', async () => {
    const shell = await lab.open(name);
    await shell.atPrompt();
    await shell.run('env > env-of-child');
    await shell.run(`${name} -i -c 'env > env-of-shell'`);
    for (const file of ['env-of-child', 'env-of-shell']) {
      await until(() => existsSync(join(lab.home, file)), file);
      expect(readFileSync(join(lab.home, file), 'utf8')).not.toMatch(/SIGMA_OPS|633;|[0-9a-f]{32}|\/scripts/);
    }
    const marks = shell.window.marks.length;
    shell.window.type(`${name}\r`);
    await shell.activity('program');
    shell.window.type('echo nested-$(echo 1)1\r');
    await until(() => shell.window.text.includes('nested-11'), 'the nested shell');
    // Only the mark of the command that started it.
    expect(shell.window.marks.slice(marks).map(({ mark }) => mark)).toEqual(['output']);
  });

  here('leaves hooks, traps and prompts of the person working', async () => {
    const extra = HOOKS[name];
    const shell = await lab.open(name, { extra });
    await shell.atPrompt();
    await shell.run('sh -c "exit 3"');
    await until(() => shell.window.text.includes('hooked-3> '), 'the prompt that a hook made');
    expect(await shell.run('true')).toMatchObject({ command: 'true', exitCode: 0 });
    await until(() => shell.window.text.includes('hooked-0> '), 'the prompt that a hook made');
    expect(shell.window.text).toContain('before:true');
    await shell.run(SHOW_PROMPT[name]);
    expect(shell.output).not.toMatch(/[0-9a-f]{32}/);
    // Each prompt has its marks once, however often the hook makes it anew.
    const marks = shell.window.marks.length;
    await shell.run('true');
    expect(shell.window.marks.slice(marks).map(({ mark }) => mark)).toEqual([
      'output',
      'end',
      'prompt',
      'command',
    ]);
  });

  here('is the shell as it was where scripts are not wanted', async () => {
    const shell = await lab.open(name, { integration: false });
    await shell.activity('prompt');
    await until(() => shell.window.text.includes('own> '), 'the prompt');
    expect(shell.window.state).toMatchObject({ integrated: false, editable: false });
    expect(await shell.insert('echo pla""in')).toMatchObject({ removed: [] });
    await expect(shell.readLine()).rejects.toThrow(/can not be read/);
    shell.window.type('\r');
    await until(() => shell.window.text.includes('plain'), 'the answer');
    expect(shell.window.marks).toEqual([]);
  });

  here('can become another shell, and is known by the system then', async () => {
    const shell = await lab.open(name);
    await shell.atPrompt();
    shell.window.type('exec sh -i\r');
    await until(() => shell.window.state?.integrated === false, 'the other shell');
    await shell.activity('prompt');
    expect(await shell.insert('echo other-$((1+1))')).toMatchObject({ inserted: 'echo other-$((1+1))' });
    shell.window.type('\r');
    await until(() => shell.window.text.includes('other-2'), 'the answer');
    // What is no shell has no prompt, though it has the terminal for itself.
    shell.window.type('exec cat\r');
    await shell.activity('unknown');
    await expect(shell.insert('ls')).rejects.toThrow(/can't be seen/);
  });
});

/** Prompts that hooks make anew each time, and hooks that see each command. */
const HOOKS: Readonly<Record<ShellName, string>> = {
  bash: `
set -u
trap 'echo "before:$BASH_COMMAND"' DEBUG
make_prompt() { PS1="hooked-$?> "; }
PROMPT_COMMAND=make_prompt
export PS1
`,
  zsh: `
setopt no_unset
precmd() { PS1="hooked-$?> " }
preexec() { echo "before:$1" }
export PS1
`,
  fish: `
function fish_prompt; echo -n "hooked-$status> "; end
function before --on-event fish_preexec; echo "before:$argv"; end
`,
};
const SHOW_PROMPT: Readonly<Record<ShellName, string>> = {
  bash: "sh -c 'echo $PS1'",
  zsh: "echo $PS1; sh -c 'echo $PS1'",
  fish: 'functions fish_prompt',
};
