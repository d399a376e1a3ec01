import { chmodSync, copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { must, ROOT, SetupError, say } from './shell.mjs';
import { buildPrograms } from './suites.mjs';

/** What a package holds beside the window's app; electron-builder.yml takes it from here. */
const STAGE = join(ROOT, 'dist', 'stage');

/** Loaded from node_modules beside the archive: native code, and what is required by name. */
const EXTERNAL = ['onnxruntime-node', '@duckdb/node-api', '@duckdb/node-bindings', 'libsql', 'xz-decompress'];

/** Completions as each shell looks for them below share/. */
const COMPLETIONS = {
  bash: 'bash-completion/completions/sigma-ops',
  zsh: 'zsh/site-functions/_sigma-ops',
  fish: 'fish/vendor_completions.d/sigma-ops.fish',
};

/** Where an installed Node keeps its licence. */
function nodeLicence() {
  const places = [
    join(dirname(process.execPath), '..', 'LICENSE'),
    join(dirname(process.execPath), 'LICENSE'),
    '/usr/share/doc/nodejs/LICENSE',
    '/usr/share/doc/nodejs/copyright',
  ];
  const found = places.find((place) => existsSync(place));
  if (found) return found;
  throw new SetupError(`The licence of Node was not found (${places.join(', ')}); a package must carry it.`);
}

/**
 * Makes the command line of a package: its code as a program of its own in out/cli, the Node that builds as its
 * runtime (the window's program cannot be one: with the fuse RunAsNode off it opens a window or nothing), completions and
 * the manual page.
 */
export async function stageCommandLine() {
  say('Building the command line of the package…');
  await buildPrograms('cli', ['cli/packaged-main', 'logs/workers/scan-worker-main'], 'engine', {
    out: join(ROOT, 'out', 'cli'),
    external: EXTERNAL,
    names: { 'scan-worker-main': 'logs-scan-worker' },
  });
  rmSync(STAGE, { recursive: true, force: true });
  const node = join(STAGE, 'node');
  mkdirSync(node, { recursive: true });
  const runtime = join(node, process.platform === 'win32' ? 'node.exe' : 'node');
  copyFileSync(process.execPath, runtime);
  chmodSync(runtime, 0o755);
  copyFileSync(nodeLicence(), join(node, 'LICENSE'));

  const sigma = join(ROOT, 'out', 'main', 'sigma-ops.js');
  const printed = (words) =>
    must(
      'The command line could not print its texts.',
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `import { pathToFileURL } from 'node:url';
       const { runCommandLine } = await import(pathToFileURL(process.argv[1]).href);
       process.exitCode = await runCommandLine(process.argv.slice(2), { modelDir: '' });`,
        sigma,
        ...words,
      ],
      { capture: true },
    );
  const write = async (place, words) => {
    const file = join(STAGE, 'share', place);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, await printed(words));
    return basename(file);
  };
  for (const [shell, place] of Object.entries(COMPLETIONS)) await write(place, ['completion', shell]);
  await write('man/man1/sigma-ops.1', ['manual']);
}
