import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FLOW_HIGH_WATERMARK } from '../contract/pty';
import { createPtySessions } from './pty-service';
import { isAlive, TestWindow, until } from './testing/test-window';

describe.skipIf(process.platform === 'win32')('terminals with a real bash', () => {
  const before = { SHELL: process.env.SHELL, HOME: process.env.HOME };
  let folder: string;
  let sessions: ReturnType<typeof createPtySessions>;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sigma-pty-'));
    process.env.SHELL = '/bin/bash';
    // A home of its own, so that nobody's .bashrc takes part. A history would be written after the shell's end.
    process.env.HOME = folder;
    writeFileSync(join(folder, '.bashrc'), "PS1='ready> '\nunset HISTFILE\n");
    sessions = createPtySessions(join(folder, 'scripts'));
  });
  afterEach(() => {
    sessions.close();
    Object.assign(process.env, before);
    rmSync(folder, { recursive: true, force: true });
  });

  const context = { signal: new AbortController().signal, emit: () => {} } as never;
  const open = async (cwd: string | null = null) => {
    const window = new TestWindow();
    const started = await sessions.handlers.spawn(
      { cols: 200, rows: 24, cwd, profile: null, target: null, own: [], integration: false },
      context,
    );
    sessions.attach(started.id, window.port);
    await until(() => window.text.includes('ready> '), 'the first prompt');
    const insert = async (command: string) => sessions.handlers.insert({ id: started.id, command }, context);
    return { ...started, window, insert };
  };

  it('runs what is typed, with a terminal environment and the asked folder', async () => {
    const { window, shell } = await open(folder);
    expect(shell).toBe('/bin/bash');
    window.type('echo "$TERM:$COLORTERM:$PWD:$ELECTRON_RUN_AS_NODE:" $((40+2)) grüße\r');
    await until(() => window.text.includes(`xterm-256color:truecolor:${folder}:: 42 grüße`), 'the answer');
    window.send({ type: 'resize', cols: 91, rows: 33 });
    window.type('stty size\r');
    await until(() => window.text.includes('33 91'), 'the new size');
  });

  it.runIf(process.platform === 'linux')('knows the folder that the shell is in', async () => {
    const { id, window } = await open(folder);
    expect(sessions.handlers.folder({ id }, context)).toEqual({ cwd: folder });
    window.type('cd / && echo went-$((1+1))\r');
    await until(() => window.text.includes('went-2'), 'the end of cd');
    expect(sessions.handlers.folder({ id }, context)).toEqual({ cwd: '/' });
    expect(sessions.handlers.folder({ id: 't1' }, context)).toEqual({ cwd: null });
  });

  it('reports how the shell ended', async () => {
    const { window, insert } = await open();
    window.type('exit 7\r');
    await until(() => window.exit !== null, 'the exit event');
    expect(window.exit).toEqual({ type: 'exit', exitCode: 7, signal: null });
    await expect(insert('ls')).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('never runs an inserted command, whatever it holds, until Enter is pressed', async () => {
    const { window, insert } = await open(folder);
    const canary = join(folder, 'canary');
    const payloads = [
      'touch canary\n',
      'touch canary\r',
      'touch canary\r\n',
      'touch canary\x1b[201~\r',
      '\x1b[201~touch canary\r',
      'touch canary\x0a\x0d',
      'touch canary\x0f', // Ctrl+O: bash accepts the line and fetches the next
      'touch canary\x1b\x0d',
      'touch canary\x1b[2\x000\x001~\r',
      '\x18\x05touch canary\x85',
      'touch canary\u2028',
    ];
    for (const payload of payloads) {
      expect((await insert(payload)).inserted).toBe('touch canary');
      window.text = '';
      // Ctrl+A, then Ctrl+K: shows that the shell has taken the text, and clears the line.
      window.type(' #\x01\x0b');
      await until(() => window.text.includes('\x1b[K'), 'the cleared line');
      expect(existsSync(canary), JSON.stringify(payload)).toBe(false);
    }
    await expect(insert('touch canary\ntouch canary\n')).rejects.toMatchObject({ kind: 'invalid-input' });
    await insert('touch canary\n');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(existsSync(canary)).toBe(false);
    window.type('\r');
    await until(() => existsSync(canary), 'the file after Enter');
  });

  it.runIf(process.platform === 'linux')('refuses to insert while a program runs', async () => {
    const { window, insert } = await open();
    window.type('sleep 100\r');
    await until(() => window.text.includes('sleep 100\r\n'), 'the echo of the command');
    await new Promise((resolve) => setTimeout(resolve, 200));
    await expect(insert('ls')).rejects.toMatchObject({
      kind: 'unavailable',
      message: expect.stringMatching(/^sleep is running .* Copy/),
    });
    window.text = '';
    window.type('\x03');
    await until(() => window.text.includes('ready> '), 'the prompt after Ctrl+C');
    expect(await insert('ls')).toEqual({ inserted: 'ls', removed: [] });
  });

  it.runIf(process.platform === 'linux')(
    'tells who reads the keyboard, also where the shell does not',
    async () => {
      const { window, insert } = await open(folder);
      const activity = async (wanted: string) =>
        until(() => window.state?.activity === wanted, `the activity ${wanted}`);
      await activity('prompt');
      expect(window.state).toMatchObject({ whyNot: null, program: null, integrated: false, cwd: folder });
      window.type('sleep 100\r');
      await activity('program');
      expect(window.state).toMatchObject({
        program: 'sleep',
        whyNot: expect.stringMatching(/^sleep is running/),
      });
      window.type('\x03');
      await activity('prompt');
      window.type("read -rsp 'Secret: ' secret\r");
      await activity('password');
      await expect(insert('ls')).rejects.toMatchObject({ message: expect.stringMatching(/not shown.*Copy/) });
      window.type('x\r');
      await activity('prompt');
      window.type("sh -c 'stty -echo; printf Password:; read x; stty echo'\r");
      await activity('password');
      window.type('x\r');
      await activity('prompt');
    },
  );

  it('begins in the home folder where the asked one is gone', async () => {
    expect((await open(join(folder, 'gone'))).cwd).toBe(folder);
  });

  it('loses no character of a flood, and holds it while the window does not keep up', async () => {
    const { window } = await open();
    window.acknowledges = false;
    window.text = '';
    window.type('stty -echo; seq 1 400000; exit\r');
    await until(() => window.received > FLOW_HIGH_WATERMARK, 'the high watermark');
    await new Promise((resolve) => setTimeout(resolve, 300));
    const held = window.received;
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(window.received).toBe(held);
    // One read above the mark is possible, not more.
    expect(held).toBeLessThan(FLOW_HIGH_WATERMARK + 200_000);
    window.acknowledges = true;
    window.send({ type: 'ack', characters: held });
    await until(() => window.exit !== null, 'the exit event', 25_000);
    const expected = Array.from({ length: 400_000 }, (_, index) => `${index + 1}\r\n`).join('');
    const body = window.text.slice(window.text.indexOf('1\r\n2\r\n3\r\n'));
    const hash = (text: string) => createHash('sha256').update(text).digest('hex');
    expect(hash(body.slice(0, expected.length))).toBe(hash(expected));
  });

  it('hands over the last byte of a shell that ends at once, time after time', async () => {
    for (let round = 0; round < 15; round++) {
      const { window } = await open();
      window.text = '';
      window.type("stty -echo; yes 'grüße ✓' | head -n 20000; exec printf the-end\r");
      await until(() => window.exit !== null, 'the exit event');
      expect(window.text.endsWith('the-end'), `round ${round}`).toBe(true);
      expect(window.text.split('grüße ✓\r\n')).toHaveLength(20_001);
    }
  });

  it('loses nothing when the shell ends while its output is paused', async () => {
    const { window } = await open();
    window.acknowledges = false;
    window.text = '';
    window.type("stty -echo; head -c 400100 /dev/zero | tr '\\0' x; exec echo the-end\r");
    await until(() => window.exit !== null, 'the exit event');
    expect(window.text).toContain('the-end');
    expect(window.text.match(/x+/g)?.reduce((longest, run) => Math.max(longest, run.length), 0)).toBe(
      400_100,
    );
  });

  it('keeps other terminals alive while one does not read what is pasted', async () => {
    const stuck = await open();
    const other = await open();
    stuck.window.type('stty raw -echo; sleep 100\r');
    await new Promise((resolve) => setTimeout(resolve, 300));
    stuck.window.type('x'.repeat(1_000_000));
    const start = Date.now();
    other.window.type('echo still-$((1+1))-here\r');
    await until(() => other.window.text.includes('still-2-here'), 'the other terminal', 3000);
    expect(Date.now() - start).toBeLessThan(1000);
  });

  it('passes a large paste on without loss', async () => {
    const { window } = await open(folder);
    window.type('stty -echo -icanon; head -c 300000 | sha256sum\r');
    await new Promise((resolve) => setTimeout(resolve, 300));
    const text = Array.from({ length: 30_000 }, (_, index) => `${String(index).padStart(9, '0')} `).join('');
    window.type(text);
    await until(() => window.text.includes(createHash('sha256').update(text).digest('hex')), 'the checksum');
  });

  it('ends the shell and its program when the window goes away, even against their will', async () => {
    const { window, pid } = await open();
    window.type("trap '' HUP TERM; sleep 1000\r");
    await new Promise((resolve) => setTimeout(resolve, 300));
    window.closeWindow();
    await until(() => !isAlive(pid), 'the end of the shell', 5000);
  });

  it.runIf(process.platform === 'linux')('hands no terminal on to the shell of another one', async () => {
    const first = await open();
    const second = await open();
    const terminals = (pid: number) =>
      new Set(
        readdirSync(`/proc/${pid}/fd`)
          .map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`))
          .filter((target) => target.startsWith('/dev/pt')),
      );
    expect(terminals(first.pid).size).toBe(1);
    expect(terminals(second.pid).size).toBe(1);
  });
});
