import type { RiskLevel } from '../../contract/commands';
import type { Seen } from '../unwrap/seen';

/** What the checks may know of the machine. Without it paths may exist or not. */
export interface MachineView {
  /** Relative paths are read from `cwd`; `~` at the start is the home folder. */
  pathExists(path: string): boolean;
  readonly cwd: string;
  readonly platform: 'gnu' | 'bsd' | 'busybox';
}

/** One thing that a part of a command does. */
export interface Risk {
  readonly level: RiskLevel;
  /** A plain sentence. */
  readonly why: string;
  readonly needsRoot?: boolean;
  readonly runsUnseenCode?: boolean;
}

/** Looks at one part for one kind of risk; knows nothing of the other analyzers. */
export type Analyzer = (seen: Seen, machine: MachineView | null) => readonly Risk[];
