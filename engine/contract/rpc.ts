import { z } from 'zod';
import { AppError, AppErrorData, fromErrorData, toErrorData } from './errors';
import { METHOD_LENGTH } from './limits';

/**
 * One small protocol for every process boundary: window to main, main to each host. A service is a map
 * of methods; a method has parameters, a result and, where it streams, events. Both ends check what
 * arrives against the schema, so a wrong message is an error reply and never a wrong value inside.
 */
export interface Method {
  readonly params: z.ZodType;
  readonly result: z.ZodType;
  readonly event?: z.ZodType;
}
export type ServiceContract = Readonly<Record<string, Method>>;

export type ParamsOf<M extends Method> = z.infer<M['params']>;
/** Parameters as a caller writes them: fields with defaults may be left out. */
export type ParamsInput<M extends Method> = z.input<M['params']>;
export type ResultOf<M extends Method> = z.infer<M['result']>;
export type EventOf<M extends Method> = M extends { event: infer E extends z.ZodType } ? z.infer<E> : never;

/** What a handler is given beside its parameters. */
export interface CallContext<M extends Method> {
  /** Aborts when the caller cancels or goes away. */
  readonly signal: AbortSignal;
  readonly emit: (event: EventOf<M>) => void;
}
export type Handlers<S extends ServiceContract> = {
  [K in keyof S]: (
    params: ParamsOf<S[K]>,
    context: CallContext<S[K]>,
  ) => Promise<ResultOf<S[K]>> | ResultOf<S[K]>;
};

export interface CallOptions<M extends Method> {
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: EventOf<M>) => void;
}
export type Client<S extends ServiceContract> = <K extends keyof S & string>(
  method: K,
  params: ParamsInput<S[K]>,
  options?: CallOptions<S[K]>,
) => Promise<ResultOf<S[K]>>;

/** The messages on the wire. */
export const RpcMessage = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('call'),
    id: z.number().int(),
    method: z.string().max(METHOD_LENGTH),
    params: z.unknown(),
  }),
  z.object({ type: z.literal('cancel'), id: z.number().int() }),
  z.object({ type: z.literal('event'), id: z.number().int(), event: z.unknown() }),
  z.object({ type: z.literal('result'), id: z.number().int(), result: z.unknown() }),
  z.object({ type: z.literal('error'), id: z.number().int(), error: AppErrorData }),
  // Heartbeat: whoever serves answers `ping` at once with `pong`, whatever it is doing besides.
  z.object({ type: z.literal('ping'), id: z.number().int() }),
  z.object({ type: z.literal('pong'), id: z.number().int() }),
]);
export type RpcMessage = z.infer<typeof RpcMessage>;
export type Send = (message: RpcMessage) => void;

export interface RpcServer {
  /** Feeds one message that arrived; anything that is not a call or a cancel is ignored. */
  receive(message: unknown): void;
  /** The caller went away: aborts what it had running. */
  close(): void;
}

/** How many calls a caller that is not trusted may make. */
export interface CallLimits {
  /** Under way at once. */
  readonly open: number;
  /** Begun at once, and then in a second. */
  readonly burst: number;
  readonly perSecond: number;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
}

/** Serves `handlers`; replies go through `send`. With `limits`, calls beyond them are refused as 'too-large'. */
export function createRpcServer<S extends ServiceContract>(
  contract: S,
  handlers: Handlers<S>,
  send: Send,
  limits?: CallLimits,
): RpcServer {
  const running = new Map<number, AbortController>();
  let allowance = limits?.burst ?? 0;
  let checkedAt = limits?.now() ?? 0;

  const admit = (id: number) => {
    if (running.has(id)) throw new AppError('invalid-input', `There is a call ${id} under way.`);
    if (!limits) return;
    const now = limits.now();
    allowance = Math.min(limits.burst, allowance + ((now - checkedAt) * limits.perSecond) / 1000);
    checkedAt = now;
    if (allowance < 1 || running.size >= limits.open) {
      throw new AppError('too-large', 'The window asked too much at once. This was not done; try again.');
    }
    allowance -= 1;
  };

  const run = async (id: number, name: string, params: unknown) => {
    admit(id);
    const method = Object.hasOwn(contract, name) ? contract[name] : undefined;
    const handler = handlers[name as keyof S];
    if (!method || !handler) {
      throw new AppError('invalid-input', `There is no method ${name}.`);
    }
    const checked = method.params.safeParse(params);
    if (!checked.success) {
      throw new AppError('invalid-input', `Wrong parameters for ${name}.`, z.prettifyError(checked.error));
    }
    const abort = new AbortController();
    running.set(id, abort);
    try {
      const emit = (event: unknown) => {
        if (!abort.signal.aborted) send({ type: 'event', id, event });
      };
      // The map types tie each handler to its method; across the dynamic name that tie is lost.
      const call = handler as (params: unknown, context: unknown) => unknown;
      const result = await call(checked.data, { signal: abort.signal, emit });
      send({ type: 'result', id, result });
    } finally {
      running.delete(id);
    }
  };

  return {
    receive(raw) {
      const parsed = RpcMessage.safeParse(raw);
      if (!parsed.success) return;
      const message = parsed.data;
      if (message.type === 'call') {
        run(message.id, message.method, message.params).catch((thrown: unknown) => {
          send({ type: 'error', id: message.id, error: toErrorData(thrown) });
        });
      } else if (message.type === 'cancel') {
        running.get(message.id)?.abort();
      } else if (message.type === 'ping') {
        send({ type: 'pong', id: message.id });
      }
    },
    close() {
      for (const abort of running.values()) abort.abort();
    },
  };
}

export interface RpcClient<S extends ServiceContract> {
  readonly call: Client<S>;
  receive(message: unknown): void;
  /** The other side went away: every open call fails with this. */
  close(reason: AppError): void;
}

interface OpenCall {
  readonly method: Method;
  readonly resolve: (result: never) => void;
  readonly reject: (error: AppError) => void;
  readonly onEvent: ((event: never) => void) | undefined;
}

/** Calls the service at the other end of `send`; results and events are checked against the contract. */
export function createRpcClient<S extends ServiceContract>(contract: S, send: Send): RpcClient<S> {
  const open = new Map<number, OpenCall>();
  let nextId = 1;

  const call: Client<S> = (name, params, options) =>
    new Promise((resolve, reject) => {
      const method = contract[name];
      if (!method) throw new AppError('invalid-input', `There is no method ${name}.`);
      const id = nextId++;
      const onAbort = () => send({ type: 'cancel', id });
      const settle = () => options?.signal?.removeEventListener('abort', onAbort);
      open.set(id, {
        method,
        resolve: (result) => {
          settle();
          resolve(result);
        },
        reject: (error) => {
          settle();
          reject(error);
        },
        onEvent: options?.onEvent as ((event: never) => void) | undefined,
      });
      send({ type: 'call', id, method: name, params });
      if (options?.signal?.aborted) onAbort();
      else options?.signal?.addEventListener('abort', onAbort, { once: true });
    });

  return {
    call,
    receive(raw) {
      const parsed = RpcMessage.safeParse(raw);
      if (!parsed.success) return;
      const message = parsed.data;
      const entry = open.get(message.id);
      if (!entry) return;
      switch (message.type) {
        case 'event': {
          const event = entry.method.event?.safeParse(message.event);
          if (event?.success) entry.onEvent?.(event.data as never);
          return;
        }
        case 'result': {
          open.delete(message.id);
          const result = entry.method.result.safeParse(message.result);
          if (result.success) entry.resolve(result.data as never);
          else
            entry.reject(
              new AppError('internal', 'A reply had the wrong form.', z.prettifyError(result.error)),
            );
          return;
        }
        case 'error':
          open.delete(message.id);
          entry.reject(fromErrorData(message.error));
          return;
        case 'call':
        case 'cancel':
        case 'ping':
        case 'pong':
          return;
      }
    },
    close(reason) {
      const calls = [...open.values()];
      open.clear();
      for (const entry of calls) entry.reject(reason);
    },
  };
}
