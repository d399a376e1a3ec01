/**
 * What a script that got into the page would try. Each function runs inside the page and says what came of it.
 * They are written out as plain functions, as Playwright hands their text over.
 */

/** Ways to run a script. Each sets `window.ran` to its name; none must. */
export async function runScripts(): Promise<string[]> {
  const page = window as unknown as Record<string, unknown>;
  page.ran = [];
  const code = (name: string) => `window.ran.push(${JSON.stringify(name)})`;
  const attempts: Record<string, () => unknown> = {
    'inline script': () => {
      const script = document.createElement('script');
      script.textContent = code('inline script');
      document.body.append(script);
    },
    'data script': () => {
      const script = document.createElement('script');
      script.src = `data:text/javascript,${code('data script')}`;
      document.body.append(script);
    },
    'blob script': () => {
      const script = document.createElement('script');
      script.src = URL.createObjectURL(new Blob([code('blob script')], { type: 'text/javascript' }));
      document.body.append(script);
    },
    'inline handler': () => {
      const button = document.createElement('button');
      button.setAttribute('onclick', code('inline handler'));
      document.body.append(button);
      button.click();
    },
    'image handler': () => {
      document.body.insertAdjacentHTML('beforeend', `<img src=x onerror='${code('image handler')}'>`);
    },
    'javascript link': () => {
      const link = document.createElement('a');
      link.href = `javascript:${code('javascript link')}`;
      document.body.append(link);
      link.click();
    },
    'frame document': () => {
      const frame = document.createElement('iframe');
      frame.srcdoc = `<script>parent.${code('frame document')}</script>`;
      document.body.append(frame);
    },
    'frame address': () => {
      const frame = document.createElement('iframe');
      frame.src = `javascript:parent.${code('frame address')}`;
      document.body.append(frame);
    },
    // biome-ignore lint/security/noGlobalEval: that it is refused is what is tested
    eval: () => eval(code('eval')),
    'new Function': () => new Function(code('new Function'))(),
    'timer text': () => setTimeout(code('timer text') as unknown as () => void),
    import: () => import(`data:text/javascript,${code('import')}`),
    worker: () => new Worker(`data:text/javascript,`),
    'blob worker': () => new Worker(URL.createObjectURL(new Blob([''], { type: 'text/javascript' }))),
    wasm: async () => {
      await WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]));
      (page.ran as string[]).push('wasm');
    },
    innerHTML: () => {
      const box = document.createElement('div');
      box.innerHTML = '<b>x</b>';
      (page.ran as string[]).push('innerHTML');
    },
    'document.write': () => document.write('<b>x</b>'),
  };
  const started: string[] = [];
  // From a timer: a debugger's own call may evaluate text that the page may not.
  await new Promise<void>((done) => {
    setTimeout(async () => {
      for (const [name, attempt] of Object.entries(attempts)) {
        try {
          const result = attempt();
          if (name === 'worker' || name === 'blob worker') {
            await new Promise<void>((settled) => {
              const worker = result as Worker;
              worker.onerror = () => settled();
              setTimeout(settled, 300);
            });
          } else await result;
        } catch {
          // Refused, as it should be.
        }
        started.push(name);
      }
      setTimeout(done, 500);
    });
  });
  return page.ran as string[];
}

/** Ways to reach an address. Resolves when all were tried; the listener knows what came. */
export async function reachOut(port: number): Promise<string[]> {
  const web = `http://127.0.0.1:${port}`;
  const reached: string[] = [];
  const element = (tag: string, fields: Record<string, string>) =>
    new Promise<void>((done) => {
      const node = document.createElement(tag);
      node.addEventListener('load', () => {
        reached.push(`${tag} ${Object.values(fields).join(' ')}`);
        done();
      });
      node.addEventListener('error', () => done());
      Object.assign(node, fields);
      document.body.append(node);
      setTimeout(done, 400);
    });
  const tries: (() => unknown)[] = [];
  for (const address of [
    web,
    'https://example.com/',
    'file:///etc/passwd',
    'sigma://app/index.html',
    'data:,x',
    'ftp://127.0.0.1/',
  ]) {
    tries.push(
      async () => {
        await fetch(address);
        reached.push(`fetch ${address}`);
      },
      () =>
        new Promise<void>((done) => {
          const request = new XMLHttpRequest();
          request.onload = () => reached.push(`XMLHttpRequest ${address}`);
          request.onloadend = () => done();
          request.open('GET', address);
          request.send();
        }),
      () => element('img', { src: address === 'data:,x' ? 'file:///etc/hostname' : address }),
      () => element('link', { rel: 'stylesheet', href: address }),
      () => element('link', { rel: 'preconnect', href: address }),
      () => element('link', { rel: 'dns-prefetch', href: address }),
      () => element('video', { src: address }),
      () => element('object', { data: address }),
      () => element('embed', { src: address }),
      () => element('script', { src: address }),
      () => navigator.sendBeacon(address, 'x') && undefined,
    );
  }
  tries.push(
    () => element('link', { rel: 'prefetch', href: `${web}/prefetch` }),
    () => element('link', { rel: 'prefetch', href: 'file:///etc/passwd' }),
    () => new WebSocket(`ws://127.0.0.1:${port}`),
    () => new EventSource(web),
    () => {
      const style = document.createElement('style');
      style.textContent = `@import "${web}/x.css"; body { background: url(${web}/x.png) } @font-face { font-family: x; src: url(${web}/x.woff2) } * { font-family: x }`;
      document.head.append(style);
      setTimeout(() => style.remove(), 300);
    },
    () => {
      const form = document.createElement('form');
      form.action = web;
      form.method = 'post';
      document.body.append(form);
      form.submit();
    },
    async () => {
      const peer = new RTCPeerConnection({
        iceServers: [
          { urls: `stun:127.0.0.1:${port}` },
          { urls: `turn:127.0.0.1:${port}?transport=tcp`, username: 'a', credential: 'b' },
          { urls: `turn:127.0.0.1:${port}?transport=udp`, username: 'a', credential: 'b' },
        ],
      });
      peer.createDataChannel('x');
      await peer.setLocalDescription(await peer.createOffer());
      await new Promise((done) => setTimeout(done, 1500));
      peer.close();
    },
  );
  for (const attempt of tries) {
    try {
      await attempt();
    } catch {
      // Refused, as it should be.
    }
  }
  return reached;
}

/** Asks for every permission there is; names what was granted. */
export async function askPermissions(): Promise<string[]> {
  const granted: string[] = [];
  const names = [
    'geolocation',
    'notifications',
    'camera',
    'microphone',
    'clipboard-read',
    'clipboard-write',
    'midi',
    'persistent-storage',
    'screen-wake-lock',
    'idle-detection',
    'local-fonts',
    'storage-access',
    'window-management',
    'accelerometer',
    'gyroscope',
    'magnetometer',
    'background-sync',
    'payment-handler',
    'display-capture',
  ];
  for (const name of names) {
    const status = await navigator.permissions.query({ name: name as PermissionName }).catch(() => null);
    if (status?.state === 'granted') granted.push(`query ${name}`);
  }
  // biome-ignore lint/suspicious/noExplicitAny: interfaces that TypeScript's DOM does not know
  const [host, view, body] = [navigator, window, document.body] as any[];
  const requests: Record<string, () => unknown> = {
    notification: async () => {
      if ((await Notification.requestPermission()) !== 'granted') throw new Error();
    },
    camera: () => host.mediaDevices.getUserMedia({ video: true }),
    microphone: () => host.mediaDevices.getUserMedia({ audio: true }),
    screen: () => host.mediaDevices.getDisplayMedia({ video: true }),
    location: () =>
      new Promise((done, fail) => host.geolocation.getCurrentPosition(done, fail, { timeout: 1000 })),
    clipboard: () => host.clipboard.readText(),
    midi: () => host.requestMIDIAccess({ sysex: true }),
    usb: () => host.usb.requestDevice({ filters: [] }),
    hid: async () => {
      if ((await host.hid.requestDevice({ filters: [] })).length === 0) throw new Error();
    },
    serial: () => host.serial.requestPort(),
    bluetooth: () => host.bluetooth.requestDevice({ acceptAllDevices: true }),
    'wake lock': () => host.wakeLock.request('screen'),
    fonts: async () => {
      if ((await view.queryLocalFonts()).length === 0) throw new Error();
    },
    fullscreen: () => body.requestFullscreen(),
    'pointer lock': () => body.requestPointerLock(),
    'file picker': () => view.showOpenFilePicker(),
  };
  for (const [name, request] of Object.entries(requests)) {
    const end = new Promise<never>((_done, fail) => setTimeout(() => fail(new Error()), 1200));
    try {
      await Promise.race([Promise.resolve().then(request), end]);
      granted.push(name);
    } catch {
      // Refused, as it should be.
    }
  }
  return granted;
}

/** What of Node, Electron and the app a script in the page can lay hands on. */
export function whatIsThere(): { names: string[]; bridge: string[]; changed: boolean } {
  const page = window as unknown as Record<string, unknown>;
  const names = [
    'require',
    'process',
    'module',
    'exports',
    'Buffer',
    'global',
    '__dirname',
    'setImmediate',
    'electron',
    'ipcRenderer',
    'webFrame',
  ];
  const bridge = page.sigma as Record<string, unknown>;
  let changed = false;
  try {
    bridge.send = () => {};
    changed = String(bridge.send) === '() => {}';
  } catch {
    // Frozen, as it should be.
  }
  return {
    names: names.filter((name) => typeof page[name] !== 'undefined'),
    bridge: Object.keys(bridge).sort(),
    changed,
  };
}
