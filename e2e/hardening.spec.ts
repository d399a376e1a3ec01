import { readFileSync } from 'node:fs';
import type { PreloadBridge } from '../app/contract/channels';
import { expect, type RunningApp, test } from './app-fixture';
import { askPermissions, reachOut, runScripts, whatIsThere } from './trust/attacks';
import { listen } from './trust/listener';

/** Replies of the main process to messages that no honest page sends, by their ids. */
interface Reply {
  readonly id: number;
  readonly type: string;
  readonly error?: { kind: string };
}

test('a script that got into the page runs nothing more, reaches nothing and stays where it is', async ({
  app,
}) => {
  const { page, electron } = app;
  const address = page.url();
  const asked = await electron.evaluateHandle(({ dialog, shell }) => {
    const seen: { message: string; opened: string[] }[] = [];
    const opened: string[] = [];
    dialog.showMessageBox = (async (_window: unknown, options: { message: string }) => {
      seen.push({ message: options.message, opened });
      // A person takes a moment to answer.
      await new Promise((done) => setTimeout(done, 1000));
      return { response: 0, checkboxChecked: false };
    }) as unknown as typeof dialog.showMessageBox;
    shell.openExternal = async (url) => {
      opened.push(url);
    };
    return seen;
  });

  await test.step('no way to run a script', async () => {
    expect(await page.evaluate(runScripts)).toEqual([]);
  });

  await test.step('no Node, no Electron, a bridge of three functions that cannot be changed', async () => {
    expect(await page.evaluate(whatIsThere)).toEqual({
      names: [],
      bridge: ['onMessage', 'pathForFile', 'send'],
      changed: false,
    });
  });

  await test.step('no address can be reached', async () => {
    const door = await listen();
    expect(await page.evaluate(reachOut, door.port)).toEqual([]);
    // A connection of the test's own shows that the door was open.
    await fetch(`http://127.0.0.1:${door.port}`).catch(() => null);
    expect(door.knocks).toEqual(['connection']);
    await door.close();
  });

  await test.step('no permission', async () => {
    expect(await page.evaluate(askPermissions)).toEqual([]);
  });

  await test.step('no new window, no navigation, no embedded page', async () => {
    const opened = await page.evaluate(async () => {
      const windows = [
        'file:///etc/passwd',
        'javascript:1',
        'about:blank',
        'data:text/html,x',
        'sigma://app/index.html',
        'https://user:pass@example.com/',
        'mailto:a@b.c',
        'ssh://host',
      ]
        .map((url) => window.open(url))
        .filter(Boolean).length;
      const webview = document.createElement('webview');
      webview.setAttribute('src', 'sigma://app/index.html');
      document.body.append(webview);
      for (const url of [
        'file:///etc/passwd',
        'data:text/html,x',
        'sigma://app/other.html',
        'sigma://other/',
        'blob:sigma://app/x',
      ]) {
        try {
          location.href = url;
        } catch {
          // Refused at once.
        }
        await new Promise((done) => setTimeout(done, 50));
      }
      return windows;
    });
    expect(opened).toBe(0);
    expect(page.url()).toBe(address);
    expect(electron.windows()).toHaveLength(1);
    expect(await electron.evaluate(({ webContents }) => webContents.getAllWebContents().length)).toBe(1);
    expect(await asked.jsonValue()).toEqual([]);
  });

  await test.step('a link to the web asks once, names the host, and opens only then', async () => {
    await page.evaluate(() => {
      for (let i = 0; i < 20; i++) window.open(`https://host-${i}.example/path?secret=1`);
    });
    await expect.poll(async () => (await asked.jsonValue()).length).toBeGreaterThan(0);
    const questions = await asked.jsonValue();
    expect(questions[0]).toEqual({ message: 'Open host-0.example in your browser?', opened: [] });
    expect(questions.length).toBeLessThan(20);
    await expect
      .poll(async () => {
        await page.evaluate(() => {
          location.href = 'https://phish.example/';
        });
        return (await asked.jsonValue()).at(-1)?.message;
      })
      .toContain('phish.example');
    expect((await asked.jsonValue()).at(-1)?.opened).toEqual([]);
    expect(page.url()).toBe(address);
  });

  await test.step('a page that was lost to about:blank, which no navigation event announces, comes back', async () => {
    await page.evaluate(() => {
      location.href = 'about:blank';
    });
    // Asked of the main process: Playwright waits for the ends of navigations that were refused.
    const shown = () =>
      electron.evaluate(async ({ webContents }) => {
        const contents = webContents.getAllWebContents()[0];
        const text = 'Boolean(document.querySelector("textarea")) && location.href';
        return contents?.executeJavaScript(text).catch(() => null);
      });
    await expect.poll(shown).toBe(address);
  });
});

test('forged messages are refused by their form, the protocol serves the page only, the window is locked', async ({
  app,
}) => {
  const replies = await app.page.evaluate(async () => {
    const bridge = (window as unknown as { sigma: PreloadBridge }).sigma;
    const seen: Reply[] = [];
    bridge.onMessage((message) => seen.push(message as Reply));
    const { send } = bridge;
    const deep: unknown[] = [];
    for (let inner = deep, i = 0; i < 500; i++) {
      const next: unknown[] = [];
      inner.push(next);
      inner = next;
    }
    // No envelope at all: ignored.
    for (const nonsense of [
      null,
      0,
      'call',
      [],
      {},
      { type: 'call' },
      { type: 'call', id: 'x', method: 'app.info', params: {} },
      { type: 'cancel', id: 1e99 },
      { type: 'event', id: 1, event: {} },
      { type: 'result', id: 2, result: {} },
      { type: 'error', id: 3, error: {} },
      deep,
      new Uint8Array(1_000_000),
      new Map([[1, 2]]),
      { type: 'call', id: 1, method: 'x'.repeat(1_000_000), params: {} },
    ])
      send(nonsense);
    const calls: [string, unknown][] = [
      ['__proto__', {}],
      ['constructor', {}],
      ['toString', {}],
      ['hasOwnProperty', {}],
      ['logs.constructor', {}],
      ['app.info', null],
      ['chat.send', { id: 1, text: '', context: [] }],
      ['chat.send', { id: 1, text: 'x'.repeat(100_000), context: [] }],
      ['chat.send', { id: '1; DROP TABLE message', text: 'x', context: [] }],
      ['chat.send', { id: 1, text: 'x', context: Array(100).fill({ kind: 'log', label: '', text: '' }) }],
      ['chat.delete', { id: -1 }],
      ['chat.delete', { id: { $gt: 0 } }],
      ['chat.messages', { id: Number.NaN }],
      ['logs.open', { kind: 'file', paths: [] }],
      ['logs.open', { kind: 'file', paths: Array(1000).fill('/etc/passwd') }],
      ['logs.open', { kind: 'url', url: 'http://127.0.0.1/' }],
      ['logs.lines', { id: '../../etc', from: 1, count: 1 }],
      ['logs.lines', { id: 'a', from: 1, count: 1e9 }],
      ['logs.sql', { id: 'a', query: 'x'.repeat(100_000) }],
      ['terminal.insert', { id: 't1', command: '' }],
      ['terminal.insert', { id: '../t1', command: 'id' }],
      ['terminal.insert', { id: 't1', command: ['id'] }],
      ['terminal.open', { cols: 0, rows: 0 }],
      ['terminal.open', { cols: 1e9, rows: 1e9 }],
      ['settings.set', { theme: 'javascript:1' }],
      ['settings.set', { theme: { __proto__: null } }],
      ['engine.chooseModel', { shipped: 'yes' }],
      ['clipboard.write', { text: 1 }],
    ];
    calls.forEach(([method, params], index) => {
      send({ type: 'call', id: 900_000 + index, method, params });
    });
    const expected = calls.length;
    await new Promise<void>((done) => {
      const timer = setInterval(() => {
        if (seen.filter(({ id }) => id >= 900_000).length < expected) return;
        clearInterval(timer);
        done();
      }, 20);
    });
    return seen
      .filter(({ id }) => id >= 900_000)
      .map(({ id, type, error }) => `${calls[id - 900_000]?.[0]} ${type} ${error?.kind}`)
      .filter((line) => !line.endsWith('error invalid-input'));
  });
  expect(replies).toEqual([]);
  await protocolServesThePageOnly(app);
  await windowIsLocked(app);
  await app.terminal.type('echo alive-$((40 + 2))');
  await app.terminal.press('Enter');
  await app.terminal.waitForText('alive-42');
});

/** However an address is written. */
async function protocolServesThePageOnly(app: RunningApp): Promise<void> {
  const statuses = await app.electron.evaluate(async ({ net }) => {
    const names = [
      '',
      'index.html',
      '../main/main.js',
      '..%2fmain%2fmain.js',
      '%2e%2e/main/main.js',
      '%2e%2e%2fmain%2fmain.js',
      '%252e%252e%252fmain%252fmain.js',
      '..%5cmain%5cmain.js',
      '....//main/main.js',
      '.%2e/main/main.js',
      'assets/../../main/main.js',
      'assets/%2e%2e/%2e%2e/main/main.js',
      '%2fetc%2fpasswd',
      '/etc/passwd',
      '//etc/passwd',
      'index.html%00.js',
      'index.html%20',
      'C:%5cWindows%5cwin.ini',
      '..%c0%afmain%c0%afmain.js',
      '%uff0e%uff0e/main/main.js',
      '../../package.json',
      '..%2f..%2fpackage.json',
      '%',
    ];
    const answers: Record<string, number> = {};
    const ask = (address: string, init?: RequestInit) =>
      net.fetch(address, init).then(
        ({ status }) => status,
        () => 0,
      );
    for (const name of names) answers[name] = await ask(`sigma://app/${name}`);
    answers.post = await ask('sigma://app/index.html', { method: 'POST', body: 'x' });
    answers.host = await ask('sigma://other/index.html');
    return answers;
  });
  const { '': root, 'index.html': index, ...rest } = statuses;
  expect([root, index]).toEqual([200, 200]);
  for (const [name, status] of Object.entries(rest))
    expect([name, [0, 404].includes(status)]).toEqual([name, true]);
}

/** A sandbox, a world of its own for the preload, a policy, and no launcher that takes them away. */
async function windowIsLocked(app: RunningApp): Promise<void> {
  const preferences = await app.electron.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
      getLastWebPreferences(): Record<string, unknown>;
    };
    return contents.getLastWebPreferences();
  });
  expect(preferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false });
  for (const name of [
    'nodeIntegrationInWorker',
    'nodeIntegrationInSubFrames',
    'webviewTag',
    'allowRunningInsecureContent',
    'experimentalFeatures',
    'enableBlinkFeatures',
    'spellcheck',
  ])
    expect([name, Boolean(preferences[name])]).toEqual([name, false]);
  expect(preferences.webSecurity).not.toBe(false);
  const policy = await app.electron.evaluate(async ({ net }) =>
    (await net.fetch('sigma://app/index.html')).headers.get('content-security-policy'),
  );
  expect(policy).toContain("default-src 'none'; script-src 'self';");
  expect(policy).toContain("connect-src 'none'");
  expect(policy).not.toMatch(/script-src[^;]*(?:unsafe|data:|blob:|http|\*)/);
  // No launcher of the tree or of a package switches the sandbox off for a person.
  for (const file of ['electron-builder.yml', 'app/setup/start.mjs', 'app/main/main.ts'])
    expect(readFileSync(file, 'utf8')).not.toContain('no-sandbox');
}
