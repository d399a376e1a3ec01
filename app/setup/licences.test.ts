import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..', '..');
const read = (path: string) => JSON.parse(readFileSync(join(ROOT, path), 'utf8'));

interface Locked {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly resolved?: string;
}

/** Licences that ask for no more than to be named; what ships has one of these. */
const ALLOWED = new Set([
  'MIT',
  'Apache-2.0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  '(MIT OR CC0-1.0)',
]);
/** As permissive, and here because a package that ships needs them. */
const NAMED: Readonly<Record<string, string>> = {
  argparse: 'Python-2.0',
  'graceful-fs': 'BlueOak-1.0.0',
  sax: 'BlueOak-1.0.0',
};
/** Its publisher's other packages are MIT; this one does not say. It only helps to build. */
const UNSAID = new Set(['@fig/autocomplete-helpers']);
/** Tools of the tree may also have these; nothing of them is in a package. */
const ALLOWED_FOR_TOOLS = new Set([
  ...ALLOWED,
  'MPL-2.0',
  'BlueOak-1.0.0',
  'CC-BY-4.0',
  'WTFPL',
  'WTFPL OR ISC',
  '(WTFPL OR MIT)',
  'MIT OR Apache-2.0',
  'Python-2.0',
]);

const lock = read('package-lock.json') as { packages: Record<string, Locked> };
const packages = Object.entries(lock.packages).filter(([path]) => path !== '');
const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** The lock file's word, else the installed package's, else that of the same package's build for this platform. */
function licenceOf(path: string, { license }: Locked): string {
  if (license) return license;
  const builds = [path, path.replace(/-(?:android|darwin|freebsd|linux|openharmony|win32)-.*$/, '')];
  for (const build of builds) {
    if (existsSync(join(ROOT, build, 'package.json'))) return String(read(`${build}/package.json`).license);
  }
  const sibling = packages.find(
    ([other, { license: known }]) => known && builds[1] && other.startsWith(builds[1]),
  );
  return sibling?.[1].license ?? 'unknown';
}

describe('packages', () => {
  it('that ship have a licence that only asks to be named', () => {
    const shipped = packages.filter(([, { dev, devOptional }]) => !dev && !devOptional);
    expect(shipped.length).toBeGreaterThan(50);
    const others = shipped
      .map(([path, locked]) => ({ name: nameOf(path), licence: licenceOf(path, locked) }))
      .filter(({ name, licence }) => !ALLOWED.has(licence) && NAMED[name] !== licence);
    expect(others).toEqual([]);
  });

  it('that only build and test have a licence that lets them', () => {
    const others = packages
      .map(([path, locked]) => ({ name: nameOf(path), licence: licenceOf(path, locked) }))
      .filter(({ name, licence }) => !ALLOWED_FOR_TOOLS.has(licence) && !UNSAID.has(name));
    expect(others).toEqual([]);
  });

  it('are pinned: one exact version each, and no address of a registry', () => {
    const { dependencies, devDependencies } = read('package.json') as Record<string, Record<string, string>>;
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
      expect([name, version]).toEqual([name, expect.stringMatching(/^\d+\.\d+\.\d+(?:-[\w.]+)?$/)]);
      expect([name, lock.packages[`node_modules/${name}`]?.version]).toEqual([name, version]);
    }
    for (const [path, { version, resolved }] of packages) {
      expect([path, resolved]).toEqual([path, undefined]);
      expect([path, version]).toEqual([path, expect.stringMatching(/^\d/)]);
    }
  });
});
