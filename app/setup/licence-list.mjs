/** Licences that ask for no more than to be named; what ships has one of these. */
export const ALLOWED = new Set([
  'MIT',
  'Apache-2.0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  '(MIT OR CC0-1.0)',
]);

/** As permissive, and here because a package that ships needs them. */
export const NAMED = {
  argparse: 'Python-2.0',
  'graceful-fs': 'BlueOak-1.0.0',
  sax: 'BlueOak-1.0.0',
};

/** Of the tools, what the build puts into the app: the shell's grammar, completion specs, the form of ONNX files. */
export const BUILT_IN = ['tree-sitter-bash', '@withfig/autocomplete', 'onnx-proto'];

/** Whose text stands for packages of the same project that come without one. */
const SAME_PROJECT = [
  [/^@libsql\//, 'libsql'],
  [/^@lydell\/node-pty-/, '@lydell/node-pty'],
  [/^@xterm\//, '@xterm/xterm'],
];

/** Who holds the rights, where the package's author is a person of the project. */
const HOLDERS = [[/^onnxruntime-/, 'Microsoft Corporation']];

const MIT = (holder) => `MIT License

Copyright (c) ${holder}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

/** The package's name of its path in the lock file. */
export const nameOf = (path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** Paths in the lock file of all packages that ship, on any platform, without what the build puts in. */
export function shippedPaths(packages) {
  return Object.entries(packages)
    .filter(([path, { dev, devOptional }]) => path !== '' && !dev && !devOptional)
    .map(([path]) => path);
}

/** Whether a package with this licence may ship. */
export const mayShip = (name, licence) => ALLOWED.has(licence) || NAMED[name] === licence;

/**
 * The texts of each package: its own, else those of the package of the same project, else the standard text of
 * its licence. Throws with the names of packages that may not ship or for which there is no text.
 */
export function withTexts(packages) {
  const byName = new Map(packages.map((each) => [each.name, each]));
  const refused = packages.filter(({ name, licence }) => !mayShip(name, licence));
  const made = packages.map((each) => ({ ...each, texts: textsOf(each, byName) }));
  const without = made.filter(({ texts }) => texts.length === 0);
  const wrong = [...new Set([...refused, ...without])].map(({ name, licence }) => `${name} (${licence})`);
  if (wrong.length > 0)
    throw new Error(
      `These can't be in a package, for their licence or for want of its text: ${wrong.join(', ')}.`,
    );
  return made;
}

function textsOf({ name, licence, author, texts }, byName) {
  if (texts.length > 0) return texts;
  const project = SAME_PROJECT.find(([form]) => form.test(name))?.[1];
  const lent = project && project !== name ? (byName.get(project)?.texts ?? []) : [];
  if (lent.length > 0) return lent;
  if (licence !== 'MIT') return [];
  const holder = HOLDERS.find(([form]) => form.test(name))?.[1];
  return [MIT(holder ?? author ?? `the authors of ${name}`)];
}

/** One text of everything that a package holds; parts with the same texts stand together, above them. */
export function licenceText(parts) {
  const groups = new Map();
  for (const part of parts) {
    const text = part.texts.map((each) => each.replace(/\r\n?/g, '\n').trim()).join('\n\n');
    const group = groups.get(text) ?? [];
    const line = `${[part.name, part.version].filter(Boolean).join(' ')} (${part.licence})`;
    if (!group.includes(line)) group.push(line);
    groups.set(text, group);
  }
  const rule = '-'.repeat(80);
  const sections = [...groups].map(([text, names]) => `${rule}\n${names.join('\n')}\n${rule}\n\n${text}\n`);
  return `Sigma Ops contains the parts below, each under its own licence.\n\n${sections.join('\n')}`;
}

/** npm's bill of materials under the app's name (npm takes the folder's) and with the runtimes, which npm doesn't know. */
export function completeBill(bill, runtimes) {
  if (bill.bomFormat !== 'CycloneDX' || !bill.components?.length)
    throw new Error('The bill of materials is not one of CycloneDX, or empty.');
  const component = { ...bill.metadata.component, type: 'application', name: 'sigma-ops' };
  const added = runtimes.map((runtime) => ({ 'bom-ref': `${runtime.name}@${runtime.version}`, ...runtime }));
  return {
    ...bill,
    metadata: { ...bill.metadata, component },
    components: [...bill.components, ...added],
  };
}
