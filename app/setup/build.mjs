import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureKnowledge } from './knowledge.mjs';
import { must, ROOT, say } from './shell.mjs';

const STAMP = join(ROOT, 'out', '.sources');
const SOURCES = [
  'app',
  'renderer',
  'engine',
  'package.json',
  'package-lock.json',
  'electron.vite.config.ts',
  'tsconfig.base.json',
];
/** No part of the built program. */
const SKIPPED = new Set(['bench', 'eval', 'training', 'fixtures', 'setup', 'results', '__pycache__']);

/** One hash over everything that the build reads. */
function sourceHash() {
  const hash = createHash('sha256');
  const visit = (path) => {
    const entries = path.includes('.') ? null : readdirSync(join(ROOT, path), { withFileTypes: true });
    if (!entries) {
      hash.update(`${path}\0`).update(readFileSync(join(ROOT, path)));
      return;
    }
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const child = `${path}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!SKIPPED.has(entry.name)) visit(child);
      } else if (!/\.test\.tsx?$/.test(entry.name)) {
        hash.update(`${child}\0`).update(readFileSync(join(ROOT, child)));
      }
    }
  };
  for (const source of SOURCES) visit(source);
  return hash.digest('hex');
}

/** Builds the app and the command line into `out/` unless the sources are those of the last build. */
export async function ensureBuild() {
  const hash = sourceHash();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hash) return;
  say('Building…');
  await must('The build failed.', process.execPath, [
    join(ROOT, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js'),
    'build',
    '--logLevel',
    'warn',
  ]);
  await ensureKnowledge();
  writeFileSync(STAMP, hash);
}
