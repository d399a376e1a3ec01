import type { MessagePortMain } from 'electron';
import { type EngineService, engineService } from '../../../engine/contract/assistant';
import { HostProcess } from './host-process';
import { utilityStarter } from './utility-starter';

export type EngineHost = HostProcess<EngineService, MessagePortMain>;

/** The model: a decoding step blocks its thread, so it has a process to itself. */
export function createEngineHost(folder: string, cacheDir: string): EngineHost {
  return new HostProcess({
    name: 'The model process',
    contract: engineService,
    start: utilityStarter({
      folder,
      entry: 'engine-host.js',
      serviceName: 'Sigma Ops engine',
      args: [cacheDir],
    }),
  });
}
