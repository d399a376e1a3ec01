import type { CommandCheck } from '../contract/commands';
import { createCommandKnowledge } from '../knowledge/command-knowledge';
import { manFolders } from '../knowledge/man/man-library';
import { shippedFile } from '../knowledge/shipped-file';
import type { MachineView } from './analyzers/analyzer';
import { checkCommand } from './check';
import { shippedParser } from './parse/shipped-parser';
import { readShellNames } from './shell-names';

/** Checks one command. With a `machine` it also looks whether the paths that the command names exist. */
export type CommandChecker = (command: string, machine?: MachineView | null) => CommandCheck;

/**
 * The checks with what this machine knows of its programs: its manual pages and the data that ships with the app.
 * With a `home`, aliases and functions of the shell there are looked through.
 */
export async function createChecker(
  environment: {
    readonly PATH?: string | undefined;
    readonly MANPATH?: string | undefined;
    readonly SHELL?: string | undefined;
  },
  home: string | null = null,
): Promise<CommandChecker> {
  const parser = await shippedParser();
  const knowledge = createCommandKnowledge({
    path: environment.PATH ?? '',
    manFolders: manFolders(environment),
    specsFile: shippedFile('command-specs.bin'),
  });
  const aliases = readShellNames(home, environment.SHELL ?? '', parser);
  return (command, machine = null) => checkCommand(command, { parser, knowledge, machine, aliases });
}
