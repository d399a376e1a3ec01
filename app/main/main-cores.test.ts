import { join, sep } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appFolders } from '../../engine/contract/app-folders';
import { AppError } from '../../engine/contract/errors';
import type { Message } from '../contract/window-api';
import { Notices } from './notices';
import { pageFile } from './page-files';
import { unfinished } from './services/chat-service';
import { checkAnswer, suggestionAnswer, toTurns, WITHOUT_MODEL, withContext } from './services/chat-turns';
import { startBounds } from './window-bounds';

describe('addresses of the page', () => {
  const folder = join(sep, 'app', 'renderer');

  it('name files of the page', () => {
    expect(pageFile(folder, 'sigma://app/')?.path).toBe(join(folder, 'index.html'));
    expect(pageFile(folder, 'sigma://app/assets/a%20b.js?x#y')).toEqual({
      path: join(folder, 'assets', 'a b.js'),
      contentType: 'text/javascript; charset=utf-8',
    });
  });

  it.each([
    'sigma://other/index.html',
    'file:///etc/passwd',
    'sigma://app/..%2f..%2fetc%2fx.html',
    'sigma://app/%2e%2e/%2e%2e/x.html/../..',
    'sigma://app/..%5c..%5cx.html',
    'sigma://app/a%00.html',
    'sigma://app/%',
    'sigma://app/main',
    'nonsense',
  ])('are refused: %s', (address) => {
    expect(pageFile(folder, address)).toBeNull();
  });

  it('never lead out of the folder', () => {
    const part = fc.constantFrom('..', '%2e%2e', '%2f', '/', '\\', '%5c', 'x', '.html', '.', 'renderer2');
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const file = pageFile(folder, `sigma://app/${parts.join('')}.html`);
        if (file) expect(file.path.startsWith(folder + sep)).toBe(true);
      }),
    );
  });
});

describe.skipIf(process.platform === 'win32')('folders', () => {
  const on = (environment: Record<string, string>, userDataDir: string | null = null, platform = 'linux') =>
    appFolders({ platform, environment, home: '/home/ana', userDataDir });

  it('follow XDG on Linux, where relative paths do not count', () => {
    expect(on({ XDG_CACHE_HOME: '/c', XDG_DATA_HOME: 'relative' })).toEqual({
      config: '/home/ana/.config/sigma-ops',
      data: '/home/ana/.local/share/sigma-ops',
      state: '/home/ana/.local/state/sigma-ops',
      cache: '/c/sigma-ops',
    });
  });

  it('all lie under --user-data-dir', () => {
    expect(Object.values(on({ XDG_CACHE_HOME: '/c' }, '/tmp/x'))).toEqual(
      ['config', 'data', 'state', 'cache'].map((name) => `/tmp/x/${name}`),
    );
  });
});

it('opens the window where it was only if a screen is still there', () => {
  const screen = { x: 0, y: 0, width: 1920, height: 1080 };
  const saved = { x: 100, y: 100, width: 800, height: 600 };
  expect(startBounds(saved, [screen])).toEqual(saved);
  expect(startBounds({ ...saved, x: 2500 }, [screen])).not.toHaveProperty('x');
  expect(startBounds({ ...saved, y: -500 }, [screen])).not.toHaveProperty('x');
  expect(startBounds({ ...saved, width: 10, height: 10, x: 10 }, [screen])).not.toHaveProperty('x');
  expect(startBounds(null, [screen])).not.toHaveProperty('x');
});

it('keeps notices until somebody sees them', () => {
  const notices = new Notices();
  notices.add('warning', 'one');
  const seen: string[] = [];
  const abort = new AbortController();
  notices.watch(({ text }) => seen.push(text), abort.signal);
  notices.add('info', 'two');
  abort.abort();
  notices.add('info', 'three');
  expect(seen).toEqual(['one', 'two']);
});

describe('conversations for the model', () => {
  const message = (role: Message['role'], content: string, commands: Message['commands'] = []): Message => ({
    id: 1,
    role,
    content,
    state: 'complete',
    error: null,
    commands,
    wish: 'ask',
    context: [],
    stats: null,
    hasModelInput: false,
    versions: [1],
    createdAt: '2026-01-01T00:00:00.000Z',
  });

  it('pair questions with answers; cards become commands, questions without a word in reply are left out', () => {
    const source = { kind: 'model' as const };
    const card = {
      command: 'df -h',
      commandSource: source,
      why: '',
      whySource: source,
      check: null,
      explanation: [],
      values: {},
    };
    expect(
      toTurns([
        message('user', 'a'),
        message('assistant', ''),
        message('user', 'b'),
        message('assistant', '', [card]),
        message('user', 'c'),
        message('assistant', 'reply'),
      ]).map(({ content }) => content),
    ).toEqual(['b', 'df -h', 'c', 'reply']);
  });

  it('leave out checks of typed commands, and the words beside cards', () => {
    const check = {
      parsed: true,
      level: 'destructive' as const,
      needsRoot: false,
      runsUnseenCode: false,
      reasons: ['rm removes files.'],
      findings: [],
      placeholders: [],
      preview: null,
    };
    const checked = checkAnswer('rm -rf x', { check, explanation: [] });
    const commands = [...(checked.commands ?? [])];
    const suggestion = { request: 'c', command: null, candidates: [], placeholders: [], risk: null, ms: 1 };
    const alone = suggestionAnswer(suggestion, false);
    expect(commands).toMatchObject([{ command: 'rm -rf x', check }]);
    expect(alone.content).toContain(WITHOUT_MODEL);
    expect(suggestionAnswer(suggestion, true).content).not.toContain(WITHOUT_MODEL);
    expect(toTurns([message('user', 'rm -rf x'), message('assistant', '', commands)])).toEqual([]);
  });

  it('give what was put beside a question as data before it', () => {
    const item = { kind: 'selection' as const, label: 'Selected text', text: 'disk full' };
    expect(withContext('why?', [item])).toBe('Selected text:\n"""\ndisk full\n"""\n\nwhy?');
    expect(withContext('why?', [])).toBe('why?');
  });

  it('tell a stop from a failure', () => {
    const crash = new AppError('unavailable', 'gone');
    expect(unfinished(crash, 'some', false)).toMatchObject({
      state: 'failed',
      error: 'gone',
      content: 'some',
    });
    expect(unfinished(crash, 'some', true)).toMatchObject({ state: 'partial', content: 'some' });
    expect(unfinished(new AppError('cancelled', ''), 'some', false)).toMatchObject({ state: 'partial' });
  });
});
