import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rateCommand } from './check';
import { shippedParser } from './parse/shipped-parser';
import { readShellNames } from './shell-names';

const parser = await shippedParser();
let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'sigma-ops-names-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function write(file: string, text: string): void {
  const path = join(home, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
const level = (command: string, shell = '/bin/bash') =>
  rateCommand(command, { parser, aliases: readShellNames(home, shell, parser) }).level;

describe('names of the own shell', () => {
  it('are read from its start-up files, inside conditions too', () => {
    write(
      '.bashrc',
      `case $- in *i*) ;; *) return;; esac\nif [ -x /usr/bin/dircolors ]; then\n  alias ls='ls --color=auto'\nfi\nalias tidy='rm -rf ./build' k=kubectl\nnuke() {\n  docker system prune -af\n}\n`,
    );
    write('.bash_aliases', "alias bye='sudo reboot'\n");
    expect(['ls', 'tidy', 'nuke', 'bye', 'k delete pod x', 'k get pods'].map((one) => level(one))).toEqual([
      'read-only',
      'destructive',
      'destructive',
      'destructive',
      'destructive',
      'read-only',
    ]);
  });

  it('of zsh are read where bash could not read the file', () => {
    write(
      '.zshrc',
      'setopt extendedglob\nfor f (~/.x/*(N)) source $f\nalias -g wipe="rm -rf"\npurge() { rm -rf / }\n',
    );
    expect(level('wipe x', '/usr/bin/zsh')).toBe('destructive');
    expect(level('purge', '/usr/bin/zsh')).toBe('destructive');
  });

  it('of fish are known; its functions are code that nobody has read', () => {
    write('.config/fish/config.fish', "if status is-interactive\n  alias wipe 'rm -rf'\nend\n");
    write('.config/fish/functions/up.fish', 'function up\n  cd ..\nend\n');
    expect(level('wipe x', '/usr/bin/fish')).toBe('destructive');
    expect(level('up', '/usr/bin/fish')).toBe('destructive');
    expect(level('ls', '/usr/bin/fish')).toBe('read-only');
  });

  it('whose value the machine fills in are not taken for harmless', () => {
    write('.bashrc', 'alias go="$HOME/bin/go.sh"\n');
    expect(level('go')).toBe('destructive');
  });

  it('there are none without a home or files', () => {
    expect(readShellNames(null, 'bash', parser).aliases.size).toBe(0);
    expect(readShellNames(join(home, 'none'), '', parser).functions.size).toBe(0);
  });
});
