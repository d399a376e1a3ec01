import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, startApp, test } from './app-fixture';

/**
 * Runs in a network namespace of its own that has the loopback device and nothing else (`npm run test:network`), whose
 * counters begin at zero: what any process in it has tried to send is in them, also what failed at once.
 */
const INCIDENT = join(import.meta.dirname, 'fixtures', 'sshd-incident.log');

/** Counters of the namespace, such as 'Udp.OutDatagrams'. */
function counters(): Record<string, number> {
  const found: Record<string, number> = {};
  const rows = readFileSync('/proc/net/snmp', 'utf8').trimEnd().split('\n');
  for (let at = 0; at + 1 < rows.length; at += 2) {
    const [group = '', ...names] = (rows[at] ?? '').split(/:? /);
    const values = (rows[at + 1] ?? '').split(/:? /).slice(1);
    names.forEach((name, index) => {
      found[`${group}.${name}`] = Number(values[index]);
    });
  }
  for (const row of readFileSync('/proc/net/snmp6', 'utf8').trimEnd().split('\n')) {
    const [name = '', value] = row.split(/\s+/);
    found[name] = Number(value);
  }
  return found;
}

/** What left a process as a datagram (so any question of DNS), or had no way to go. */
function tries(): Record<string, number> {
  const now = counters();
  const names = ['Udp.OutDatagrams', 'Ip.OutNoRoutes', 'Udp6OutDatagrams', 'Ip6OutNoRoutes'];
  return Object.fromEntries(names.map((name) => [name, now[name] ?? 0]));
}
/**
 * Chromium connects one datagram socket to an IPv6 address to learn whether there is a way out. Nothing is sent by
 * that, but with no network it counts as an address without a route.
 */
const ROUTE_QUESTIONS = 1;
const NONE = {
  'Udp.OutDatagrams': 0,
  'Ip.OutNoRoutes': 0,
  Udp6OutDatagrams: 0,
  Ip6OutNoRoutes: ROUTE_QUESTIONS,
};

/** Local and remote addresses of sockets in /proc/net, as hexadecimal words. */
function sockets(): { table: string; local: string; remote: string; listens: boolean }[] {
  return ['tcp', 'tcp6', 'udp', 'udp6', 'raw', 'raw6'].flatMap((table) =>
    readFileSync(`/proc/net/${table}`, 'utf8')
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((row) => {
        const [, local = '', remote = '', state] = row.trim().split(/\s+/);
        return { table, local, remote, listens: state === '0A' };
      }),
  );
}

test('every flow runs with no network, asks no name, reaches no address and opens no door', async ({
  dataFolder,
  home,
}) => {
  expect(readFileSync('/proc/net/dev', 'utf8').trimEnd().split('\n').slice(2)).toHaveLength(1);
  const app = await startApp(dataFolder, home);
  await app.status.waitForEngine();

  await test.step('a log is pasted and diagnosed', async () => {
    await app.chat.paste(readFileSync(INCIDENT, 'utf8'));
    await expect(app.chat.message).toHaveValue('');
    await app.logs.diagnose();
    await app.logs.waitForDiagnosis();
  });
  await test.step('a question is answered, a command suggested and put on the prompt', async () => {
    await app.chat.ask('What does the command uptime show?');
    await app.chat.waitForAnswer();
    await app.chat.suggest('show disk usage of the current directory, biggest first');
    await app.chat.waitForAnswer();
    const card = app.chat.cards.first();
    await card.getByRole('button', { name: 'Insert' }).click();
    await app.terminal.waitForText(/\bdu\b/);
  });

  // Playwright holds two doors open, the debuggers of both processes, and talks through them on the loopback address.
  const open = sockets();
  expect(open.filter(({ table }) => !table.startsWith('tcp'))).toEqual([]);
  for (const { local, remote } of open)
    expect(`${local} ${remote}`).toMatch(/^0100007F:\w+ (?:0100007F|00000000):\w+$/);
  expect(new Set(open.filter(({ listens }) => listens).map(({ local }) => local)).size).toBe(2);
  expect(tries()).toEqual(NONE);
  await app.close();
  expect(tries()).toEqual(NONE);

  // The counters see what is tried: one datagram to a documentation address, one question of DNS.
  execFileSync('bash', ['-c', 'echo x > /dev/udp/192.0.2.1/53; getent hosts example.com; true'], {
    stdio: 'ignore',
  });
  expect(Object.values(tries()).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0);
});
