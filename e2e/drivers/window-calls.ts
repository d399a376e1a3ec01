import type { Page } from '@playwright/test';

interface Bridge {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
}
interface Watched {
  sigma: Bridge;
  /** Text of answers as it came to the window, by id of the call; newest last. */
  faultStreams?: Map<number, string>;
}

/** Calls the main process as the page does, over the same bridge. Ids are far from the page's own. */
export async function callMain<T>(page: Page, method: string, params: unknown): Promise<T> {
  return page.evaluate(
    ([name, given]) =>
      new Promise<unknown>((resolve, reject) => {
        const { sigma } = window as unknown as Watched;
        const id = 1_000_000_000 + Math.floor(Math.random() * 1_000_000_000);
        sigma.onMessage((raw) => {
          const message = raw as { type: string; id: number; result: unknown; error: { message: string } };
          if (message.id !== id) return;
          if (message.type === 'result') resolve(message.result);
          if (message.type === 'error') reject(new Error(message.error.message));
        });
        sigma.send({ type: 'call', id, method: name, params: given });
      }),
    [method, params] as const,
  ) as Promise<T>;
}

/** Keeps the text of every answer from now on as the window is sent it; what was kept before is forgotten. */
export async function watchStreams(page: Page): Promise<void> {
  await page.evaluate(() => {
    const watched = window as unknown as Watched;
    if (watched.faultStreams) {
      watched.faultStreams.clear();
      return;
    }
    const streams = new Map<number, string>();
    watched.faultStreams = streams;
    watched.sigma.onMessage((raw) => {
      const { type, id, event } = raw as {
        type: string;
        id: number;
        event?: { type?: string; text?: string };
      };
      if (type === 'event' && event?.type === 'text') {
        streams.set(id, (streams.get(id) ?? '') + event.text);
      }
    });
  });
}

/** What the window has been sent of the newest answer. */
export function shownOfAnswer(page: Page): Promise<string> {
  return page.evaluate(() => [...((window as unknown as Watched).faultStreams?.values() ?? [])].at(-1) ?? '');
}
