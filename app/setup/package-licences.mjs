import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUILT_IN, completeBill, licenceText, nameOf, shippedPaths, withTexts } from './licence-list.mjs';
import { must, ROOT, say } from './shell.mjs';

/** electron-builder.yml takes it from here. */
const STAGE = join(ROOT, 'dist', 'stage', 'licences');
const TEXT = /^(?:licen[cs]e|copying|notice|copyright|third)/i;
const read = (...path) => readFileSync(join(...path), 'utf8');

/** A package of node_modules as it is installed; null for one of another platform. */
function installed(path) {
  const folder = join(ROOT, path);
  if (!existsSync(join(folder, 'package.json'))) return null;
  const { version, license, author } = JSON.parse(read(folder, 'package.json'));
  const texts = readdirSync(folder)
    .filter((file) => TEXT.test(file))
    .map((file) => read(folder, file));
  return { name: nameOf(path), version, licence: license, author: author?.name ?? author, texts };
}

/** The runtime's own text; the one of Electron's package where the runtime's folder has none. */
function electronPart(folder) {
  const texts = [
    join(folder, 'LICENSE.electron.txt'),
    join(folder, 'LICENSE'),
    join(ROOT, 'node_modules', 'electron', 'LICENSE'),
  ];
  return { name: 'Electron', licence: 'MIT', texts: [read(texts.find((file) => existsSync(file)))] };
}

/**
 * Writes the licences of everything that a package of this platform holds, and its bill of materials (CycloneDX, of npm's
 * packages and the runtimes). `electron` is the folder of the runtime. Call it after the command line is staged, with which Node's licence comes.
 */
export async function stageLicences(electron) {
  say('Writing the licences of what the package holds…');
  const { packages } = JSON.parse(read(ROOT, 'package-lock.json'));
  const paths = [...shippedPaths(packages), ...BUILT_IN.map((name) => `node_modules/${name}`)];
  const parts = [
    { name: 'Sigma Ops', licence: 'Apache-2.0', texts: [read(ROOT, 'NOTICE'), read(ROOT, 'LICENSE')] },
    {
      name: 'The model (assets/model)',
      licence: 'Apache-2.0',
      texts: [read(ROOT, 'assets', 'model', 'LICENSE')],
    },
    {
      name: 'The sentence encoder (assets/encoder)',
      licence: 'Apache-2.0',
      texts: [read(ROOT, 'assets', 'encoder', 'LICENSE')],
    },
    electronPart(electron),
    {
      name: 'Node.js, of the command line',
      version: process.versions.node,
      licence: 'MIT and others',
      texts: [read(ROOT, 'dist', 'stage', 'node', 'LICENSE')],
    },
    ...withTexts(paths.map(installed).filter((part) => part !== null)),
  ];
  mkdirSync(STAGE, { recursive: true });
  writeFileSync(join(STAGE, 'LICENCES.txt'), licenceText(parts));
  const chromium = join(electron, 'LICENSES.chromium.html');
  // Elsewhere it stands beside the window's program.
  if (process.platform === 'darwin' && existsSync(chromium))
    copyFileSync(chromium, join(STAGE, 'LICENSES.chromium.html'));

  const bill = await must(
    'The bill of materials could not be written.',
    'npm',
    ['sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev', '--package-lock-only'],
    { capture: true },
  );
  const electronVersion = existsSync(join(electron, 'version'))
    ? read(electron, 'version').trim().replace(/^v/, '')
    : '';
  const complete = completeBill(JSON.parse(bill), [
    { type: 'platform', name: 'electron', version: electronVersion },
    { type: 'platform', name: 'node', version: process.versions.node },
  ]);
  writeFileSync(join(STAGE, 'sbom.cdx.json'), `${JSON.stringify(complete, null, 2)}\n`);
}
