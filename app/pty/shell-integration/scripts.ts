import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import bash from './bash.sh?raw';
import fish from './fish.fish?raw';
import pwsh from './pwsh.ps1?raw';
import zsh from './zsh.zsh?raw';
import zshenv from './zshenv.zsh?raw';

/** Where each script lies below the scripts' folder, as its shell wants to find it. */
export const SCRIPTS = {
  bash: 'bash/integration.bash',
  zshenv: 'zsh/.zshenv',
  zsh: 'zsh/integration.zsh',
  fish: 'fish/fish/vendor_conf.d/sigma-ops.fish',
  pwsh: 'pwsh/integration.ps1',
} as const;

const TEXTS: Readonly<Record<keyof typeof SCRIPTS, string>> = { bash, zshenv, zsh, fish, pwsh };

/**
 * Puts the scripts where shells can read them, which is not inside the app's archive. Called for each shell:
 * the folder is a cache, and may have been emptied or come from another version.
 */
export function writeScripts(folder: string): void {
  for (const [name, path] of Object.entries(SCRIPTS)) {
    const file = join(folder, path);
    const text = TEXTS[name as keyof typeof SCRIPTS];
    if (textOf(file) === text) continue;
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    // Under another name first: a shell that is just starting reads the old text or the new one.
    writeFileSync(`${file}.new`, text, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
