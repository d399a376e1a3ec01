import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { engineService } from '../contract/assistant';
import { logsService } from '../contract/logs';
import { createRpcClient, createRpcServer, RpcMessage, type ServiceContract } from '../contract/rpc';
import { FUZZ_TIMEOUT_MS, fuzz } from './fuzz';

const contract = {
  add: { params: z.object({ a: z.number(), b: z.number() }), result: z.number() },
  count: { params: z.object({ to: z.number().int().max(5) }), result: z.null(), event: z.number() },
} as const satisfies ServiceContract;

const names = fc.constantFrom('add', 'count', 'constructor', '__proto__', 'toString', '', 'no');
const ids = fc.oneof(
  fc.integer({ min: 0, max: 5 }),
  fc.double(),
  fc.constantFrom(null, '1', Number.NaN, Number.POSITIVE_INFINITY),
);
const anything = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  maxDepth: 3,
});
const message = fc.oneof(
  anything,
  fc.record(
    {
      type: fc.constantFrom('call', 'cancel', 'event', 'result', 'error', 'ping', 'pong', 'none'),
      id: ids,
      method: names,
      params: fc.oneof(
        anything,
        fc.record({ a: fc.double(), b: fc.double() }),
        fc.record({ to: fc.integer() }),
      ),
      result: anything,
      event: anything,
      error: fc.oneof(anything, fc.record({ kind: fc.constantFrom('internal', 'x'), message: anything })),
    },
    { requiredKeys: ['type'] },
  ),
);

test('whatever comes over a boundary is answered once, or ignored', {
  timeout: FUZZ_TIMEOUT_MS,
}, async () => {
  await fuzz('rpc messages', 1500, fc.array(message, { maxLength: 8 }), async (messages) => {
    const replies: { type: string }[] = [];
    const server = createRpcServer(
      contract,
      {
        add: ({ a, b }) => a + b,
        count: ({ to }, { emit }) => {
          expect(Number.isInteger(to)).toBe(true);
          for (let number = 0; number < to; number++) emit(number);
          return null;
        },
      },
      (reply) => replies.push(reply),
    );
    const client = createRpcClient(contract, () => undefined);
    for (const each of messages) {
      server.receive(each);
      client.receive(each);
    }
    await new Promise(setImmediate);
    // Anything else than a whole call is ignored, as the protocol says.
    const isCall = (each: unknown) => RpcMessage.safeParse(each).data?.type === 'call';
    const answered = replies.filter(({ type }) => type === 'result' || type === 'error').length;
    expect(answered).toBe(messages.filter(isCall).length);
  });
});

test('no value makes the schema of a call throw', { timeout: FUZZ_TIMEOUT_MS }, async () => {
  for (const [service, methods] of Object.entries({ engineService, logsService })) {
    const all = Object.values(methods).flatMap(({ params, result }) => [params, result] as z.ZodType[]);
    const keys = [
      'id',
      'text',
      'query',
      'paths',
      'kind',
      'lines',
      'from',
      'count',
      'view',
      'turns',
      'request',
      'cwd',
    ];
    const record = fc.dictionary(fc.constantFrom(...keys), anything, { maxKeys: 6 });
    await fuzz(
      `schemas of ${service}`,
      300,
      fc.tuple(fc.constantFrom(...all), fc.oneof(record, anything)),
      ([schema, value]) => {
        schema.safeParse(value);
      },
    );
  }
});
