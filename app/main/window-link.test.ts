import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LinkPlace, linkPlaces, type WindowRequest } from '../../engine/contract/window-link';
import { readStartWords } from './start-words';
import { listenForCommandLine, readRequest, type WindowLink } from './window-link';

/** What comes back for a line. */
const say = (socket: string, line: string) =>
  new Promise<string>((done) => {
    let text = '';
    const connection = connect(socket);
    connection.on('connect', () => connection.write(line));
    connection.on('data', (part) => {
      text += part;
    });
    connection.on('error', (error: NodeJS.ErrnoException) => done(error.code ?? 'error'));
    connection.on('close', () => done(text));
  });

describe.skipIf(process.platform === 'win32')('the socket for the command line', () => {
  let base: string;
  let place: LinkPlace;
  let link: WindowLink;
  let requests: WindowRequest[];
  beforeEach(async () => {
    base = mkdtempSync(join(tmpdir(), 'sigma-ops-link-'));
    const missing = {
      base: join(base, 'no'),
      folder: join(base, 'no', 'x'),
      socket: join(base, 'no', 'x', 's'),
    };
    place = { base, folder: join(base, 'run'), socket: join(base, 'run', 'window.sock') };
    requests = [];
    // A socket file of a window that crashed.
    mkdirSync(dirname(place.socket));
    writeFileSync(place.socket, '');
    link = await listenForCommandLine([missing, place], (request) => requests.push(request));
  });
  afterEach(() => {
    link.close();
    rmSync(base, { recursive: true, force: true });
  });

  it('is at the first place that exists, and nobody else may open it', () => {
    expect(link.socket).toBe(place.socket);
    expect(statSync(place.socket).mode & 0o777).toBe(0o600);
    expect(statSync(place.folder).mode & 0o777).toBe(0o700);
  });

  it('takes files over', async () => {
    expect(await say(place.socket, '{"files":["/var/log/a b.log"],"follow":true}\n')).toBe('{"ok":true}\n');
    expect(requests).toEqual([{ files: ['/var/log/a b.log'], follow: true }]);
  });

  it.each([
    'nonsense\n',
    '{"files":["relative.log"]}\n',
    '{"files":["/a\\u0000b"]}\n',
    '{}\n',
    `${'x'.repeat(1_100_000)}`,
  ])('refuses what is no request (%#)', async (line) => {
    expect(JSON.parse(await say(place.socket, line))).toMatchObject({ ok: false });
    expect(requests).toEqual([]);
  });

  it('never takes a path that is not absolute', () => {
    fc.assert(
      fc.property(fc.string(), (path) => {
        const request = readRequest(JSON.stringify({ files: [path] }));
        expect(request === null || path.startsWith('/')).toBe(true);
      }),
    );
  });
});

describe.skipIf(process.platform === 'win32')('places of the socket', () => {
  const at = (environment: Record<string, string>) =>
    linkPlaces({ platform: 'linux', environment, uid: 1000, folders: { state: '/s' } }).map(
      ({ base }) => base,
    );

  it('are the runtime folder, where it usually is, and the state folder', () => {
    expect(at({ XDG_RUNTIME_DIR: '/r' })).toEqual(['/r', '/run/user/1000', '/s']);
    expect(at({ XDG_RUNTIME_DIR: '/run/user/1000' })).toEqual(['/run/user/1000', '/s']);
    expect(at({ XDG_RUNTIME_DIR: 'relative' })).toEqual(['/run/user/1000', '/s']);
  });

  it('differ by data folder', () => {
    const socket = (state: string) =>
      linkPlaces({ platform: 'linux', environment: {}, uid: 1, folders: { state } })[0]?.socket;
    expect(socket('/a')).not.toBe(socket('/b'));
  });
});

describe.skipIf(process.platform === 'win32')('words of a start', () => {
  const read = (argv: string[], packaged: boolean) => readStartWords(argv, { cwd: '/home/ana', packaged });

  it('are files, but for switches and the folder of an unpackaged app', () => {
    expect(
      read(['electron', '--no-sandbox', '/app', '--user-data-dir=/d', 'x.log', '/y.log'], false),
    ).toEqual({
      request: { files: ['/home/ana/x.log', '/y.log'], follow: false },
      safeMode: false,
    });
    expect(read(['sigma-ops-desktop', '--safe-mode', '--', '-odd.log'], true)).toEqual({
      request: { files: ['/home/ana/-odd.log'], follow: false },
      safeMode: true,
    });
    expect(read(['sigma-ops-desktop'], true).request.files).toEqual([]);
  });
});
