import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..', '..');
const FOLDER = join(ROOT, '.github', 'workflows');
const workflows = readdirSync(FOLDER).map(
  (name) => [name, readFileSync(join(FOLDER, name), 'utf8')] as const,
);

describe('workflows', () => {
  it.each(workflows)('%s pins each action by a commit and names its version', (_, text) => {
    const used = [...text.matchAll(/uses: *(.+)$/gm)].map(([, action]) => action);
    expect(used.length).toBeGreaterThan(2);
    for (const action of used) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it.each(workflows)('%s may only read, and leaves no credentials in the checkout', (_, text) => {
    expect(text).toMatch(/^permissions:\n {2}contents: read\n\n/m);
    expect(text.match(/permissions:/g)).toHaveLength(1);
    expect(text).not.toMatch(/secrets\.|pull_request_target/);
    const checkouts = text.match(/actions\/checkout@/g) ?? [];
    expect(text.match(/persist-credentials: false/g)).toHaveLength(checkouts.length);
  });

  it.each(workflows)('%s runs scripts and steps that exist', (_, text) => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    const steps = readFileSync(join(ROOT, 'app', 'setup', 'test.mjs'), 'utf8');
    const run = [...text.matchAll(/npm (?:run )?(?!run)([a-z:]+)(?: -- --only ([a-z]+))?/g)];
    expect(run.length).toBeGreaterThan(0);
    for (const [, script = '', step] of run) {
      expect(Object.keys(scripts)).toContain(script);
      if (step) expect(steps).toContain(`  ${step}: `);
    }
  });
});
