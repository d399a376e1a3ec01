import { type ChildProcess, fork } from 'node:child_process';
import type { ContenderFacts, ContenderJob, ContenderReply, ContenderRequest } from './contender';

/** A contender's process, seen from the bench. */
export class ContenderProcess {
  #child: ChildProcess;
  #waiting: ((reply: ContenderReply) => void) | null = null;
  /** A failure ends it: later requests get the same one. */
  #failure: ContenderReply | null = null;

  private constructor(
    readonly job: ContenderJob,
    program: string,
  ) {
    // What a library writes on its stdout must not mix with the bench's JSON.
    this.#child = fork(program, [JSON.stringify(job)], { stdio: ['ignore', 2, 2, 'ipc'] });
    this.#child.on('message', (reply) => this.#settle(reply as ContenderReply));
    this.#child.on('error', (error) => this.#settle({ kind: 'failed', message: error.message }));
    this.#child.on('exit', (code, signal) =>
      this.#settle({ kind: 'failed', message: `its process ended with ${signal ?? code}` }),
    );
  }

  /** Starts `program` (contender-main.js) and waits until its model is loaded. */
  static async start(
    job: ContenderJob,
    program: string,
  ): Promise<{ process: ContenderProcess; facts: ContenderFacts }> {
    const process = new ContenderProcess(job, program);
    try {
      const { kind: _, ...facts } = await process.#expect('ready');
      return { process, facts };
    } catch (error) {
      await process.end();
      throw error;
    }
  }

  prefill(): Promise<{ ms: number | null; tokens: number }> {
    return this.#ask({ ask: 'prefill' }, 'prefill');
  }

  steps(count: number): Promise<{ times: number[]; residentMB: number }> {
    return this.#ask({ ask: 'steps', count }, 'steps');
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = new Promise((done) => this.#child.once('exit', done));
    this.#child.kill();
    await gone;
  }

  #ask<K extends 'prefill' | 'steps'>(request: ContenderRequest, kind: K) {
    const reply = this.#expect(kind);
    if (this.#child.connected) this.#child.send(request);
    return reply;
  }

  #expect<K extends ContenderReply['kind']>(kind: K): Promise<Extract<ContenderReply, { kind: K }>> {
    return new Promise((done, failed) => {
      this.#waiting = (reply) => {
        if (reply.kind === kind) done(reply as Extract<ContenderReply, { kind: K }>);
        else
          failed(
            new Error(reply.kind === 'failed' ? reply.message : `it answered ${reply.kind} for ${kind}`),
          );
      };
      if (this.#failure) this.#settle(this.#failure);
    });
  }

  #settle(reply: ContenderReply): void {
    if (reply.kind === 'failed') this.#failure ??= reply;
    const waiting = this.#waiting;
    this.#waiting = null;
    waiting?.(reply);
  }
}
