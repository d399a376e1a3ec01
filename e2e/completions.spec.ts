import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { runProgram, sigma } from './drivers/command-line';

/** Completions are asked of the real shells, in a folder with known files. */
let folder: string;
const path = (name: string) => join(folder, name);

test.skip(process.platform === 'win32', 'These shells are not there.');
test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sigma-ops-completions-'));
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { code, stdout } = await sigma(['completion', shell]);
    expect(code).toBe(0);
    writeFileSync(path(shell === 'zsh' ? '_sigma-ops' : `sigma-ops.${shell}`), stdout);
  }
  mkdirSync(path('work'));
  mkdirSync(path('work/some folder'));
  writeFileSync(path('work/app one.log'), '');
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What each shell offers at the end of a line, in its own words. */
const ASK = {
  bash: async (line: string) => {
    const script = `source "$1"; cd "$2"; read -ra COMP_WORDS <<< "$3"
      [[ $3 == *' ' ]] && COMP_WORDS+=('')
      COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); COMP_LINE=$3; COMP_POINT=\${#3}
      _sigma_ops; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return runProgram('bash', ['--norc', '-c', script, 'bash', path('sigma-ops.bash'), path('work'), line]);
  },
  fish: (line: string) =>
    runProgram('fish', [
      '-N',
      '-c',
      'source $argv[1]; cd $argv[2]; complete -C $argv[3]',
      '--',
      path('sigma-ops.fish'),
      path('work'),
      line,
    ]),
  /** A zsh on a terminal of its own; what its completion system adds is written to a file. */
  zsh: async (line: string) => {
    const out = path('zsh-offers');
    rmSync(out, { force: true });
    writeFileSync(
      path('inside.zsh'),
      `fpath=(${folder} $fpath); autoload -Uz compinit; compinit -u -D
cd ${path('work')}
compadd() {
  if [[ \${@[1,(i)(-|--)]} == *-(O|A|D)* ]]; then builtin compadd "$@"; return; fi
  local -a offered; builtin compadd -O offered "$@"; print -rl -- $offered >> ${out}
  builtin compadd "$@"
}
ask() { zle -U ''; BUFFER=${JSON.stringify(line)}; CURSOR=$#BUFFER; zle complete-word; print done >> ${out}.end; exit }
zle -N ask; bindkey '^X' ask; print ready > ${out}.ready
`,
    );
    for (const mark of ['.end', '.ready']) rmSync(out + mark, { force: true });
    const driver = `zmodload zsh/zpty; zpty z zsh -f -i
      zpty -w z 'source ${path('inside.zsh')}'
      while [[ ! -e ${out}.ready ]]; do zpty -r -t z >/dev/null; sleep 0.05; done
      zpty -w -n z $'\\C-x'
      while [[ ! -e ${out}.end ]]; do zpty -r -t z >/dev/null; sleep 0.05; done; zpty -d z`;
    const { code, stderr } = await runProgram('zsh', ['-f', '-c', driver]);
    return { code, stderr, stdout: readFileSync(out, 'utf8') };
  },
};

for (const [shell, ask] of Object.entries(ASK)) {
  test(`${shell} completes commands, options, words and files`, async () => {
    const offers = async (line: string) => {
      const { code, stdout, stderr } = await ask(line);
      expect(stderr).toBe('');
      expect(code).toBe(0);
      const names = stdout.split('\n').map((offer) => offer.split('\t')[0]?.replace(/\/$/, '') ?? '');
      return [...new Set(names.filter(Boolean))];
    };
    expect(await offers('sigma-ops dia')).toEqual(['diagnose']);
    expect(await offers('sigma-ops ')).toEqual(expect.arrayContaining(['open', 'suggest', 'completion']));
    const options = await offers('sigma-ops diagnose --');
    expect(options).toEqual(expect.arrayContaining(['--json', '--question', '--help']));
    expect(options).not.toContain('--templates');
    expect(await offers('sigma-ops completion z')).toEqual(['zsh']);
    expect((await offers('sigma-ops diagnose a')).map((offer) => offer.replaceAll('\\', ''))).toEqual([
      'app one.log',
    ]);
    const folders = await offers('sigma-ops suggest --cwd ');
    expect(folders.map((offer) => offer.replaceAll('\\', ''))).toEqual(['some folder']);
  });
}

test('the manual page has no warnings and reads as text', async () => {
  const { stdout: page } = await sigma(['manual']);
  writeFileSync(path('sigma-ops.1'), page);
  const env = { ...process.env, LC_ALL: 'C.UTF-8', MANWIDTH: '80', MANPAGER: 'cat', PAGER: 'cat' };
  const shown = await runProgram('man', ['--warnings', '-l', path('sigma-ops.1')], { env });
  expect(shown.stderr).toBe('');
  expect(shown.stdout).toContain('journalctl -u nginx | sigma-ops diagnose -');
  expect(shown.stdout).toContain('--user-data-dir DIR');
  expect(shown.stdout).toContain('130');
});
