import type { MessagePortMain } from 'electron';
import { type PtyService, ptyService } from '../../contract/pty';
import { HostProcess } from './host-process';
import { utilityStarter } from './utility-starter';

export type PtyHost = HostProcess<PtyService, MessagePortMain>;

/** Terminals: a flood of output, or a crash of native code, stays away from the window's process. */
export function createPtyHost(folder: string, scripts: string): PtyHost {
  return new HostProcess({
    name: 'The terminal process',
    contract: ptyService,
    start: utilityStarter({
      folder,
      entry: 'pty-host.js',
      serviceName: 'Sigma Ops terminals',
      args: [`--scripts-dir=${scripts}`],
    }),
  });
}
