import { MessageChannelMain, type WebContents } from 'electron';
import { PORT_CHANNEL } from '../../contract/channels';
import type { TerminalSettings } from '../../contract/pty';
import type { Snapshots } from '../../stores/snapshots';
import type { PtyHost } from '../hosts/pty-host';
import type { Service } from './service';

/** Terminals. Their text goes straight from the terminal process to the window; this only introduces them. */
export function terminalService(
  host: PtyHost,
  window: WebContents,
  settings: () => TerminalSettings,
  snapshots: Snapshots,
): Service<'terminal'> {
  return {
    'terminal.open': async (wanted) => {
      const { profile, profiles, integration } = settings();
      const opened = await host.call('spawn', {
        ...wanted,
        profile: wanted.profile ?? profile,
        own: profiles,
        integration,
      });
      const { port1, port2 } = new MessageChannelMain();
      host.sendPort({ id: opened.id }, port1);
      // If the window is gone, closing its end ends the shell.
      if (window.isDestroyed()) port2.close();
      else window.postMessage(PORT_CHANNEL, { id: opened.id }, [port2]);
      return opened;
    },
    'terminal.close': ({ id }) => host.call('kill', { id }),
    'terminal.insert': (params) => host.call('insert', params),
    'terminal.preview': (params) => host.call('preview', params),
    'terminal.readLine': (params) => host.call('readLine', params),
    'terminal.replaceLine': (params) => host.call('replaceLine', params),
    'terminal.restoreLine': (params) => host.call('restoreLine', params),
    'terminal.profiles': async () => {
      const { profile, profiles } = settings();
      const found = await host.call('profiles', { own: profiles });
      if (!found.some(({ id }) => id === profile)) return found;
      return found.map((each) => ({ ...each, isDefault: each.id === profile }));
    },
    'terminal.targets': (params) => host.call('targets', params),
    'terminal.keep': ({ key, text }) => {
      if (settings().restore) snapshots.keep(key, text);
      return null;
    },
    'terminal.kept': ({ key }) => ({ text: settings().restore ? snapshots.kept(key) : '' }),
  };
}
