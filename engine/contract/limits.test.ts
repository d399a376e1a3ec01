import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { engineService } from './assistant';
import * as limits from './limits';
import { logsService } from './logs';
import { createRpcServer, type RpcMessage } from './rpc';

const text = (length: number) => 'x'.repeat(length);

describe('limits', () => {
  const cases: [string, z.ZodType, (length: number) => unknown, number][] = [
    ['request', engineService.suggest.params, (n) => ({ request: text(n) }), limits.REQUEST_LENGTH],
    ['command', engineService.check.params, (n) => ({ command: text(n) }), limits.COMMAND_LENGTH],
    [
      'attachments',
      engineService.suggest.params,
      (n) => ({ request: 'x', context: Array(n).fill({ kind: 'log', label: '', text: '' }) }),
      limits.ATTACHMENTS,
    ],
    [
      'text of an attachment',
      engineService.suggest.params,
      (n) => ({ request: 'x', context: [{ kind: 'log', label: '', text: text(n) }] }),
      limits.ATTACHMENT_LENGTH,
    ],
    [
      'files of a log',
      logsService.open.params,
      (n) => ({ kind: 'file', paths: Array(n).fill('/x') }),
      limits.FILES_PER_LOG,
    ],
    ['path', logsService.open.params, (n) => ({ kind: 'file', paths: [text(n)] }), limits.PATH_LENGTH],
    [
      'paste',
      logsService.open.params,
      (n) => ({ kind: 'text', name: 'x', text: text(n) }),
      limits.PASTED_LOG_LENGTH,
    ],
    [
      'lines of a call',
      logsService.lines.params,
      (n) => ({ id: 'a', from: 1, count: n }),
      limits.LINES_PER_CALL,
    ],
    ['SQL', logsService.sql.params, (n) => ({ id: 'a', query: text(n) }), limits.SQL_LENGTH],
    [
      'note',
      logsService.setBookmark.params,
      (n) => ({ id: 'a', line: 1, note: text(n) }),
      limits.NOTE_LENGTH,
    ],
    [
      'turn',
      engineService.chat.params,
      (n) => ({ turns: [{ role: 'user', content: text(n) }] }),
      limits.TURN_LENGTH,
    ],
  ];
  it.each(cases)('of a %s: as much as is named, and not one more', (_name, schema, value, most) => {
    expect(schema.safeParse(value(most)).success).toBe(true);
    expect(schema.safeParse(value(most + 1)).success).toBe(false);
  });
});

describe('calls of a window', () => {
  const contract = {
    wait: { params: z.object({}), result: z.null() },
    quick: { params: z.object({}), result: z.null() },
  } as const;
  const serve = (open: number, burst: number, perSecond: number) => {
    const clock = { now: 0 };
    const replies: RpcMessage[] = [];
    const handlers = {
      wait: (_params: unknown, { signal }: { signal: AbortSignal }) =>
        new Promise<null>((done) => signal.addEventListener('abort', () => done(null))),
      quick: () => null,
    };
    const server = createRpcServer(contract, handlers, (message) => replies.push(message), {
      open,
      burst,
      perSecond,
      now: () => clock.now,
    });
    let id = 0;
    const call = async (method: string, given = ++id) => {
      server.receive({ type: 'call', id: given, method, params: {} });
      await new Promise((done) => setImmediate(done));
      const reply = replies.findLast((message) => message.id === given);
      return reply?.type === 'error' ? reply.error.kind : (reply?.type ?? 'open');
    };
    return { clock, call, server };
  };

  it('are refused beyond a burst, and let in again as time goes by', async () => {
    const { call, clock } = serve(10, 3, 2);
    for (let i = 0; i < 3; i++) expect(await call('quick')).toBe('result');
    expect(await call('quick')).toBe('too-large');
    clock.now += 500;
    expect(await call('quick')).toBe('result');
    expect(await call('quick')).toBe('too-large');
    clock.now += 60_000;
    for (let i = 0; i < 3; i++) expect(await call('quick')).toBe('result');
    expect(await call('quick')).toBe('too-large');
  });

  it('are refused while too many are under way', async () => {
    const { call, server } = serve(2, 100, 100);
    expect([await call('wait', 101), await call('wait', 102), await call('quick')]).toEqual([
      'open',
      'open',
      'too-large',
    ]);
    server.receive({ type: 'cancel', id: 101 });
    await new Promise((done) => setImmediate(done));
    expect(await call('quick')).toBe('result');
  });

  it('cannot take the number of one that is under way', async () => {
    const { call } = serve(10, 100, 100);
    expect(await call('wait', 7)).toBe('open');
    expect(await call('quick', 7)).toBe('invalid-input');
  });
});
