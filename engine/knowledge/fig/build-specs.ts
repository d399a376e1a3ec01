import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'acorn';
import type { PackedSpec } from './packed-spec';
import { readSpec } from './read-spec';
import { encodeSpecs, type PackedProgram } from './spec-file';
import { defaultExport } from './static-value';

const isVersion = (name: string) => /^\d+(\.\d+)+\.js$/.test(name);

/** Reads one spec of the package by its path below build/, such as 'git' or 'aws/s3'; null where nothing stands. */
function readBlock(build: string, name: string): PackedSpec | null {
  const path = join(build, `${name}.js`);
  if (!existsSync(path)) return null;
  const program = parse(readFileSync(path, 'utf8'), { ecmaVersion: 'latest', sourceType: 'module' });
  return readSpec(defaultExport(program), name.split('/').at(-1));
}

/** A tool with a folder of versions (az, heroku) is read in its last one. */
function lastVersion(build: string, folder: string): string | null {
  const byNumber = new Intl.Collator('en', { numeric: true });
  const version = readdirSync(join(build, folder)).filter(isVersion).sort(byNumber.compare).at(-1);
  return version ? `${folder}/${version.slice(0, -3)}` : null;
}

function listPrograms(build: string): PackedProgram[] {
  const programs: PackedProgram[] = [];
  for (const entry of readdirSync(build, { withFileTypes: true })) {
    const name = entry.name.replace(/\.js$/, '');
    if (entry.isFile() && entry.name.endsWith('.js')) {
      if (!['index', '-'].includes(name)) programs.push({ name, block: name });
    } else if (entry.isDirectory() && existsSync(join(build, entry.name, 'index.js'))) {
      const block = lastVersion(build, entry.name);
      if (block) programs.push({ name: entry.name, block });
    }
  }
  return programs;
}

const loadsOf = (spec: PackedSpec): string[] => [
  ...(spec.l === undefined ? [] : [spec.l]),
  ...(spec.s ?? []).flatMap(loadsOf),
];

/** Build time only: what ships is the file. The spec file's bytes, from the folder of the npm package @withfig/autocomplete. */
export function buildSpecs(packageFolder: string): Buffer {
  const build = join(packageFolder, 'build');
  const { name, version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
  };
  const blocks = new Map<string, PackedSpec>();
  const programs: PackedProgram[] = [];
  const waiting: string[] = [];
  for (const program of listPrograms(build)) {
    const spec = blocks.get(program.block) ?? readBlock(build, program.block);
    // A spec without options or subcommands says nothing that its name does not.
    if (!spec || (!spec.o && !spec.s && !spec.l && !spec.d)) continue;
    blocks.set(program.block, spec);
    waiting.push(...loadsOf(spec));
    for (const alias of new Set([program.name, ...spec.n])) {
      if (!programs.some((one) => one.name === alias)) programs.push({ name: alias, block: program.block });
    }
  }
  for (let block = waiting.pop(); block !== undefined; block = waiting.pop()) {
    if (blocks.has(block)) continue;
    const spec = readBlock(build, block);
    if (!spec) continue;
    blocks.set(block, spec);
    waiting.push(...loadsOf(spec));
  }
  return encodeSpecs(`${name} ${version}`, blocks, programs);
}

/** Builds the spec file unless one of the same package version and the same reading is there. Returns its path. */
export function ensureSpecs(packageFolder: string, target: string): { path: string; built: boolean } {
  // This code is part of what the file depends on, so that a cache is made anew when the reading changes.
  const code = readdirSync(import.meta.dirname).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
  );
  const hash = createHash('sha256').update(readFileSync(join(packageFolder, 'package.json')));
  for (const name of [...code.sort(), '../first-sentence.ts'])
    hash.update(readFileSync(join(import.meta.dirname, name)));
  const stamp = hash.digest('hex');
  const stampPath = `${target}.stamp`;
  if (existsSync(target) && existsSync(stampPath) && readFileSync(stampPath, 'utf8') === stamp) {
    return { path: target, built: false };
  }
  mkdirSync(dirname(target), { recursive: true });
  // Written beside and renamed, so that a second build or a crash never leaves half a file.
  const temporary = `${target}.${process.pid}`;
  try {
    writeFileSync(temporary, buildSpecs(packageFolder));
    renameSync(temporary, target);
  } finally {
    rmSync(temporary, { force: true });
  }
  writeFileSync(stampPath, stamp);
  return { path: target, built: true };
}
