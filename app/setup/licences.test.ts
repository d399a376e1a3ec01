import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  ALLOWED,
  BUILT_IN,
  completeBill,
  licenceText,
  mayShip,
  nameOf,
  shippedPaths,
  withTexts,
} from './licence-list.mjs';

const ROOT = resolve(import.meta.dirname, '..', '..');
const read = (path: string) => JSON.parse(readFileSync(join(ROOT, path), 'utf8'));

interface Locked {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly resolved?: string;
}

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
    const shipped = shippedPaths(lock.packages);
    expect(shipped.length).toBeGreaterThan(50);
    const others = [...shipped, ...BUILT_IN.map((name) => `node_modules/${name}`)]
      .map((path) => ({ name: nameOf(path), licence: licenceOf(path, lock.packages[path] ?? {}) }))
      .filter(({ name, licence }) => !mayShip(name, licence));
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

describe('the licences in a package', () => {
  const own = { name: 'own', version: '1.0.0', licence: 'ISC', texts: ['The ISC text'] };

  it('are each part with its text; the same text stands once', () => {
    const text = licenceText([own, { ...own, name: 'other', texts: ['The ISC text\r\n'] }]);
    expect(text).toContain('own 1.0.0 (ISC)\nother 1.0.0 (ISC)');
    expect(text.match(/The ISC text/g)).toHaveLength(1);
  });

  it('are lent within a project, and the standard text else', () => {
    const [, lent, standard] = withTexts([
      { name: 'libsql', licence: 'MIT', texts: ['Copyright Turso'] },
      { name: '@libsql/linux-x64-gnu', licence: 'MIT', texts: [] },
      { name: 'onnxruntime-node', licence: 'MIT', author: 'a person', texts: [] },
    ]);
    expect(lent?.texts).toEqual(['Copyright Turso']);
    expect(standard?.texts.join()).toContain('Copyright (c) Microsoft Corporation');
  });

  it('stop a package that holds what may not ship, or has no text', () => {
    expect(() => withTexts([{ ...own, licence: 'GPL-3.0' }])).toThrow('own (GPL-3.0)');
    expect(() => withTexts([{ ...own, texts: [] }])).toThrow('own (ISC)');
  });

  it('have a bill of materials beside them that names the app and its runtimes', () => {
    const bill = {
      bomFormat: 'CycloneDX',
      metadata: { component: { name: 'folder' } },
      components: [{ name: 'react' }],
    };
    const { metadata, components } = completeBill(bill, [
      { type: 'platform', name: 'node', version: '20.19.0' },
    ]);
    expect(metadata.component.name).toBe('sigma-ops');
    expect(components.map(({ name }) => name)).toEqual(['react', 'node']);
    expect(() => completeBill({ ...bill, components: [] }, [])).toThrow('empty');
  });
});
