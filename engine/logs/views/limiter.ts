import { AppError } from '../../contract/errors';
import { checkStop } from '../store/stream';

/** Lets a few pieces of long work run at once; the others wait in line, so that short calls find a free thread. */
export class Limiter {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly most: number) {}

  /** Throws `cancelled` on `signal` while it waits; from then on the work looks at it. */
  async run<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    checkStop(signal);
    if (this.running >= this.most) await this.turn(signal);
    else this.running++;
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.running--;
    }
  }

  private turn(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const begin = () => {
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      const leave = () => {
        this.waiting.splice(this.waiting.indexOf(begin), 1);
        reject(new AppError('cancelled', 'Stopped.'));
      };
      signal?.addEventListener('abort', leave, { once: true });
      this.waiting.push(begin);
    });
  }
}
