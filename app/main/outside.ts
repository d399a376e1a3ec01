import { app } from 'electron';
import type { AppFolders } from '../../engine/contract/app-folders';
import { linkPlaces, WindowRequest } from '../../engine/contract/window-link';
import type { Backlog } from './backlog';
import { listenForCommandLine, type WindowLink } from './window-link';

/** Takes over what a second start of the app or the command line wants opened, and shows the window for it. */
export function serveOutside(
  folders: AppFolders,
  openRequests: Backlog<WindowRequest>,
  showWindow: () => void,
): { close(): void } {
  const take = (request: WindowRequest) => {
    openRequests.add(request);
    showWindow();
  };
  app.on('second-instance', (_event, _argv, _cwd, handed) => {
    const request = WindowRequest.safeParse(handed);
    take(request.success ? request.data : { files: [], follow: false });
  });
  let link: WindowLink | null = null;
  const places = linkPlaces({
    platform: process.platform,
    environment: process.env,
    uid: process.getuid?.() ?? null,
    folders,
  });
  listenForCommandLine(places, take).then(
    (listening) => {
      link = listening;
    },
    // The window works all the same; `sigma-ops open` says that it can't reach it.
    (error: unknown) => console.error('The command line cannot reach this window.', error),
  );
  return { close: () => link?.close() };
}
