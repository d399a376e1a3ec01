import type { Engine } from '../engine';
import type { PtyHost } from '../hosts/pty-host';
import { folderItem, systemItem } from '../surroundings';
import type { Service } from './service';

/** What a request may say of this machine. The window shows it first, and sends only what it shows. */
export function contextService(host: Pick<PtyHost, 'call'>, engine: Pick<Engine, 'do'>): Service<'context'> {
  return {
    'context.tokens': (params, { signal }) => engine.do('countTokens', params, { signal }),
    'context.here': async ({ terminal }) => {
      const cwd = terminal ? (await host.call('folder', { id: terminal })).cwd : null;
      const item = cwd === null ? null : await folderItem(cwd);
      return { system: await systemItem(), folder: cwd !== null && item ? { cwd, item } : null };
    },
  };
}
