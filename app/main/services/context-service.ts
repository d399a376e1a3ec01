import type { PtyHost } from '../hosts/pty-host';
import { folderItem, systemItem } from '../surroundings';
import type { Service } from './service';

/** What a request may say of this machine. The window shows it first, and sends only what it shows. */
export function contextService(host: Pick<PtyHost, 'call'>): Service<'context'> {
  return {
    'context.here': async ({ terminal }) => {
      const cwd = terminal ? (await host.call('folder', { id: terminal })).cwd : null;
      const item = cwd === null ? null : await folderItem(cwd);
      return { system: await systemItem(), folder: cwd !== null && item ? { cwd, item } : null };
    },
  };
}
