import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { composeServices, readMachineNames } from './machine-names';

const folder = mkdtempSync(join(tmpdir(), 'names-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('names of the machine', () => {
  it('are read from unit folders, the kubeconfig and the compose file', () => {
    const units = join(folder, 'units');
    mkdirSync(join(folder, '.kube'));
    mkdirSync(units);
    for (const name of ['nginx.service', 'backup.timer', 'getty@.service', 'notes.txt'])
      writeFileSync(join(units, name), '');
    writeFileSync(
      join(folder, '.kube', 'config'),
      'apiVersion: v1\nclusters:\n- cluster:\n    server: x\n  name: c1\ncontexts:\n- context:\n    cluster: c1\n    namespace: shop\n  name: prod\n- context:\n    cluster: c1\n  name: "dev"\nusers:\n- name: ana\n',
    );
    writeFileSync(
      join(folder, 'compose.yaml'),
      'services:\n  web:\n    image: x\n  # the queue\n  worker:\n    image: y\nvolumes:\n  data:\n',
    );
    expect(readMachineNames(folder, folder, [units, join(folder, 'none')])).toEqual({
      units: ['backup', 'nginx'],
      contexts: ['prod', 'dev'],
      namespaces: ['shop'],
      services: ['web', 'worker'],
    });
  });

  it('are none where nothing is there', () => {
    expect(readMachineNames(null, null, [])).toEqual({
      units: [],
      contexts: [],
      namespaces: [],
      services: [],
    });
    expect(composeServices('version: 3\n')).toEqual([]);
  });
});
