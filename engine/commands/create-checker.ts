import type { CommandCheck } from '../contract/commands';
import { createCommandKnowledge } from '../knowledge/command-knowledge';
import { manFolders } from '../knowledge/man/man-library';
import { shippedFile } from '../knowledge/shipped-file';
import type { MachineView } from './analyzers/analyzer';
import { checkCommand } from './check';
import { shippedParser } from './parse/shipped-parser';

/** Checks one command. With a `machine` it also looks whether the paths that the command names exist. */
export type CommandChecker = (command: string, machine?: MachineView | null) => CommandCheck;

/** The checks with what this machine knows of its programs: its manual pages and the data that ships with the app. */
export async function createChecker(environment: {
  readonly PATH?: string | undefined;
  readonly MANPATH?: string | undefined;
}): Promise<CommandChecker> {
  const parser = await shippedParser();
  const knowledge = createCommandKnowledge({
    path: environment.PATH ?? '',
    manFolders: manFolders(environment),
    specsFile: shippedFile('command-specs.bin'),
  });
  return (command, machine = null) => checkCommand(command, { parser, knowledge, machine });
}
