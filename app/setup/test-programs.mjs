import { run, SetupError, say } from './shell.mjs';
import { onPath } from './system-libraries.mjs';

/** Programs that tests ask real questions of, and Debian's package of each. */
const PROGRAMS = { zsh: 'zsh', fish: 'fish', man: 'man-db' };

/** Installs, as root on a Debian-like system, or else names the one command that installs, what tests run. */
export async function ensureTestPrograms() {
  if (process.platform === 'win32') return;
  const packages = Object.entries(PROGRAMS).flatMap(([program, name]) => (onPath(program) ? [] : [name]));
  if (packages.length === 0) return;
  if (process.platform === 'linux' && process.getuid?.() === 0 && onPath('apt-get')) {
    say(`Installing programs for the tests (once): ${packages.join(' ')}`);
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update', '-qq'], { env });
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { env });
  }
  const missing = Object.keys(PROGRAMS).filter((program) => !onPath(program));
  if (missing.length > 0)
    throw new SetupError(
      `The tests run ${missing.join(', ')}. On Debian and Ubuntu: sudo apt-get install -y ${packages.join(' ')}`,
    );
}
