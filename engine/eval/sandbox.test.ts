import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sameEffect } from './effect';
import type { EvalItem } from './items';
import { openSandbox, type Sandbox, sandboxMissing } from './sandbox';
import { rejectItem } from './validate-items';

const missing = sandboxMissing();

describe.skipIf(missing !== null)(`the sandbox${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  let sandbox: Sandbox;
  beforeAll(() => {
    sandbox = openSandbox(join(import.meta.dirname, 'fixtures'));
  });
  afterAll(() => sandbox?.close());

  it('is the same small machine each time', async () => {
    const command = 'id -un; pwd; hostname; date +%Z; ls -la site; env | sort';
    const [one, two] = [await sandbox.run('site', command), await sandbox.run('site', command)];
    expect(one.stdout).toMatch(/^ops\n\/home\/ops\nedge-01\nUTC\n/);
    expect(sameEffect(one, two, 'both')).toBe(true);
  });

  it('keeps what a command does inside', async () => {
    const root = process.cwd();
    const { stdout } = await sandbox.run('site', `ls ${root} /root; touch /usr/x /etc/made-inside; ls /sys`);
    expect(stdout).toBe('');
    expect(existsSync('/etc/made-inside')).toBe(false);
    const again = await sandbox.run('site', 'rm -rf /home/ops/site /etc; ls /home/ops');
    expect(again.stdout).toBe('');
    expect((await sandbox.run('site', 'ls /home/ops')).stdout).toBe('site\n');
  });

  it('has no network and only its own processes', async () => {
    const { stdout } = await sandbox.run(
      'site',
      'ls /sys/class/net 2>/dev/null; cat /proc/net/route; ps -e -o comm= | sort -u',
    );
    expect(stdout).not.toMatch(/eth|node|vitest/);
    const net = await sandbox.run('site', 'exec 9<>/dev/tcp/127.0.0.1/22');
    expect(net.status).not.toBe(0);
  });

  it('ends what takes too long or writes too much', async () => {
    const [slow, loud, large] = await Promise.all([
      sandbox.run('site', 'sleep 30'),
      sandbox.run('site', 'yes'),
      sandbox.run('site', 'head -c 100000000 /dev/zero > big'),
    ]);
    expect(slow.timedOut).toBe(true);
    expect(loud.truncated).toBe(true);
    expect(large.status).not.toBe(0);
  }, 20_000);

  it('sees files, modes, links, times, archives, repositories and processes', async () => {
    const changes: [fixture: string, command: string][] = [
      ['site', 'echo x >> site/index.html'],
      ['site', 'chmod 600 site/index.html'],
      ['site', 'ln -sfn docs site/current'],
      ['site', "touch -d '2020-01-01' site/index.html"],
      ['archives', 'tar -rf pack/config.tar pack/notes.txt'],
      ['repo', 'git tag here'],
      ['repo', 'git add -A'],
      ['procs', 'pkill -x shipper'],
      ['procs', 'pkill -STOP -x shipper'],
    ];
    for (const [fixture, command] of changes) {
      const [changed, untouched] = [await sandbox.run(fixture, command), await sandbox.run(fixture, 'true')];
      expect(sameEffect(changed, untouched, 'files'), command).toBe(false);
      expect(sameEffect(changed, await sandbox.run(fixture, command), 'files'), command).toBe(true);
    }
  }, 30_000);

  it('rejects an item whose references disagree or that a wrong command passes', async () => {
    const item: EvalItem = {
      id: 'linux-001',
      part: 'linux',
      split: 'dev',
      request: 'count the html files',
      references: ["find site -name '*.html' | wc -l"],
      fixture: 'site',
      compare: 'stdout',
    };
    expect(await rejectItem(item, sandbox, [])).toEqual([]);
    const disagreeing = { ...item, references: [...item.references, 'ls site/*.html | wc -l'] };
    expect((await rejectItem(disagreeing, sandbox, []))[0]?.why).toContain('has another effect');
    expect((await rejectItem({ ...item, references: ['true'] }, sandbox, [])).map(({ why }) => why)).toEqual([
      'prints nothing',
      "'true' counts as right",
    ]);
    expect(
      await rejectItem({ ...item, references: ['echo $RANDOM $RANDOM $RANDOM'] }, sandbox, []),
    ).toHaveLength(1);
  }, 30_000);
});
