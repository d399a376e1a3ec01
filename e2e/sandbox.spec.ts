import { readdirSync, readFileSync } from 'node:fs';
import { expect, startApp, test } from './app-fixture';
import { ordinaryUser } from './trust/ordinary-user';

test.skip(process.platform !== 'linux', 'The state of a process is read from /proc.');

/** Processes of this app: those whose command line or whose parent's names its data folder. */
function processes(dataFolder: string): { pid: number; command: string; status: string }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return [{ pid: Number(name), command, status: readFileSync(`/proc/${name}/status`, 'utf8') }];
      } catch {
        // It ended meanwhile.
        return [];
      }
    })
    .filter(({ command }) => command.includes(dataFolder));
}

const field = (status: string, name: string) => new RegExp(`^${name}:\\s*(\\S+)`, 'm').exec(status)?.[1];

test('an ordinary user has it with the sandbox: the window runs under a system call filter, without rights', async ({
  dataFolder,
  home,
}) => {
  const app = await startApp(dataFolder, home, [], ordinaryUser([dataFolder, home]));
  const pids = await app.electron.evaluate(({ app: main }) =>
    main.getAppMetrics().map(({ pid, type, sandboxed }) => ({ pid, type, sandboxed })),
  );
  const all = processes(dataFolder);
  const renderer = all.find(({ command }) => command.includes('--type=renderer'));
  expect(renderer).toBeDefined();
  const status = renderer?.status ?? '';
  // 2: filtered by seccomp-bpf.
  expect(field(status, 'Seccomp')).toBe('2');
  expect(field(status, 'NoNewPrivs')).toBe('1');
  expect(BigInt(`0x${field(status, 'CapEff')}`)).toBe(0n);
  expect(field(status, 'Uid')).not.toBe('0');
  for (const { command } of all)
    expect(command).not.toMatch(/--no-sandbox|--disable-seccomp|--disable-setuid/);
  expect(pids.length).toBeGreaterThan(3);

  // It is the app that a person has: a shell answers.
  await app.terminal.type('echo as-$(id -u)-$((40 + 2))');
  await app.terminal.press('Enter');
  await app.terminal.waitForText(process.getuid?.() === 0 ? 'as-65534-42' : /as-\d+-42/);
  await app.close();
});
