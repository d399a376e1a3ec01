import { AppError } from '../../../engine/contract/errors';
import {
  type Client,
  createRpcClient,
  type RpcClient,
  type ServiceContract,
} from '../../../engine/contract/rpc';
import { RestartPolicy } from './restart-policy';
import { HEARTBEAT_MS, type SilenceLimits, Watchdog } from './watchdog';

/** A started process, as far as supervision sees it. `Port` is Electron's; tests need none. */
export interface HostConnection<Port = unknown> {
  send(message: unknown, ports?: Port[]): void;
  onMessage(listener: (message: unknown) => void): void;
  onExit(listener: (code: number) => void): void;
  kill(signal: 'SIGTERM' | 'SIGKILL'): void;
}
export type HostStarter<Port> = () => HostConnection<Port>;

export type HostState = 'stopped' | 'running' | 'restarting' | 'failed';

export interface HostOptions<S extends ServiceContract, Port> {
  /** In sentences: 'The terminal process'. */
  readonly name: string;
  readonly contract: S;
  readonly start: HostStarter<Port>;
  /** Milliseconds that only go forward: the system's clock may be set back. */
  readonly now?: () => number;
  readonly silence?: SilenceLimits;
}

const STOP_GRACE_MS = 1500;

/**
 * Keeps one process running. When it crashes, its open calls fail and it is started again after a pause;
 * after several crashes in a row it stays down until the person asks. One that hangs is ended, which is a crash.
 */
export class HostProcess<S extends ServiceContract, Port = unknown> {
  readonly #options: HostOptions<S, Port>;
  readonly #policy = new RestartPolicy();
  readonly #listeners = new Set<(state: HostState) => void>();
  readonly #now: () => number;
  #state: HostState = 'stopped';
  #connection: HostConnection<Port> | null = null;
  #client: RpcClient<S> | null = null;
  #timer: NodeJS.Timeout | undefined;
  #heartbeat: NodeJS.Timeout | undefined;
  #openCalls = 0;
  readonly #silenceListeners = new Set<(verdict: 'silent' | 'hung') => void>();
  /** Calls that wait for the end of 'restarting'. */
  #waiting: (() => void)[] = [];

  constructor(options: HostOptions<S, Port>) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
  }

  get state(): HostState {
    return this.#state;
  }

  /** Told of every change. 'running' is reported for each new process, so it may come twice in a row. */
  onState(listener: (state: HostState) => void): void {
    this.#listeners.add(listener);
  }

  /** Told when the process has not answered for long, and when it is ended for that. */
  onSilence(listener: (verdict: 'silent' | 'hung') => void): void {
    this.#silenceListeners.add(listener);
  }

  start(): void {
    if (this.#connection) return;
    clearTimeout(this.#timer);
    const startedAt = this.#now();
    const connection = this.#options.start();
    const client = createRpcClient(this.#options.contract, (message) => connection.send(message));
    this.#connection = connection;
    this.#client = client;
    const watchdog = new Watchdog(this.#options.silence);
    connection.onMessage((message) => {
      watchdog.heard();
      client.receive(message);
    });
    clearInterval(this.#heartbeat);
    this.#heartbeat = setInterval(() => this.#beat(connection, watchdog), HEARTBEAT_MS);
    connection.onExit((code) => {
      // One that was replaced has nothing more to say.
      if (this.#connection !== connection) return;
      clearInterval(this.#heartbeat);
      this.#connection = null;
      this.#client = null;
      client.close(this.#gone(`It ended with code ${code}.`));
      this.#scheduleRestart(this.#now() - startedAt);
    });
    this.#change('running');
  }

  /** While the process is being started again, a call waits for it. */
  readonly call: Client<S> = async (method, params, options) => {
    if (this.#state === 'restarting') await new Promise<void>((resolve) => this.#waiting.push(resolve));
    if (!this.#client) throw this.#gone();
    this.#openCalls++;
    try {
      return await this.#client.call(method, params, options);
    } finally {
      this.#openCalls--;
    }
  };

  /** Hands a port over, with a message that says what it is for. */
  sendPort(message: unknown, port: Port): void {
    if (!this.#connection) throw this.#gone();
    this.#connection.send(message, [port]);
  }

  /** A new process at once, whatever the old one is doing. */
  restart(): void {
    this.#policy.reset();
    this.#drop('SIGKILL');
    this.start();
  }

  /** Ends the process for good; resolves when it is gone, at the latest after a grace time. */
  stop(): Promise<void> {
    const connection = this.#connection;
    clearTimeout(this.#timer);
    if (!connection) {
      this.#change('stopped');
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const force = setTimeout(() => {
        connection.kill('SIGKILL');
        resolve();
      }, STOP_GRACE_MS);
      connection.onExit(() => {
        clearTimeout(force);
        resolve();
      });
      this.#drop('SIGTERM');
      this.#change('stopped');
    });
  }

  #beat(connection: HostConnection<Port>, watchdog: Watchdog): void {
    const verdict = watchdog.beat(this.#openCalls > 0);
    if (verdict !== 'alive') for (const listener of this.#silenceListeners) listener(verdict);
    if (verdict === 'hung') {
      // Its end is reported as that of any other crash.
      clearInterval(this.#heartbeat);
      connection.kill('SIGKILL');
    } else connection.send({ type: 'ping', id: 0 });
  }

  #drop(signal: 'SIGTERM' | 'SIGKILL'): void {
    clearInterval(this.#heartbeat);
    const connection = this.#connection;
    const client = this.#client;
    this.#connection = null;
    this.#client = null;
    connection?.kill(signal);
    client?.close(this.#gone());
  }

  #scheduleRestart(ranMs: number): void {
    const delay = this.#policy.crashed(ranMs);
    if (delay === null) {
      this.#change('failed');
      return;
    }
    this.#change('restarting');
    this.#timer = setTimeout(() => this.start(), delay);
  }

  #gone(detail?: string): AppError {
    const { name } = this.#options;
    const message =
      this.#state === 'failed'
        ? `${name} stopped several times in a row and is not started again by itself. Restart Sigma Ops.`
        : `${name} stopped while this was under way. It is being started again; try again in a moment.`;
    return new AppError('unavailable', message, detail);
  }

  #change(state: HostState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener(state);
    // A listener may let waiting calls in before it returns, so those of a restart stay until it is over.
    if (state !== 'restarting') for (const resume of this.#waiting.splice(0)) resume();
  }
}
