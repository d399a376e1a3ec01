import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import type { MachineView } from './analyzers/analyzer';

/** This machine as the checks see it; relative paths are read from `cwd`. */
export function machineView(cwd: string): MachineView {
  return {
    cwd,
    platform: process.platform === 'linux' ? 'gnu' : 'bsd',
    pathExists: (path) => existsSync(resolve(cwd, path.replace(/^~(?=\/|$)/, homedir()))),
  };
}
