import { create } from 'zustand';
import { readStored, writeStored } from '../ui/stored';

/** How all logs are drawn; survives a restart of the window. */
export interface LogOptions {
  readonly wrap: boolean;
  /** A column with the moment of each line. */
  readonly times: boolean;
  readonly histogram: boolean;
}

const stored = (key: keyof LogOptions, initial: boolean) =>
  (readStored(`logs.${key}`) ?? (initial ? '1' : '0')) === '1';

export const useLogOptions = create<LogOptions>(() => ({
  wrap: stored('wrap', false),
  times: stored('times', false),
  histogram: stored('histogram', true),
}));

export function toggleOption(key: keyof LogOptions): void {
  const on = !useLogOptions.getState()[key];
  writeStored(`logs.${key}`, on ? '1' : '0');
  useLogOptions.setState({ [key]: on });
}
