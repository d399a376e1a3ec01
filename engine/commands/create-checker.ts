import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandCheck } from '../contract/commands';
import { createCommandKnowledge } from '../knowledge/command-knowledge';
import { manFolders } from '../knowledge/man/man-library';
import type { MachineView } from './analyzers/analyzer';
import { checkCommand } from './check';
import { shippedParser } from './parse/shipped-parser';

/** Checks one command. With a `machine` it also looks whether the paths that the command names exist. */
export type CommandChecker = (command: string, machine?: MachineView | null) => CommandCheck;

/** The build puts completion specs into out/knowledge; this module is in out/main or in its folder of shared chunks. */
const specsFile = () =>
  ['..', '../..']
    .map((folder) => join(import.meta.dirname, folder, 'knowledge', 'command-specs.bin'))
    .find((path) => existsSync(path)) ?? null;

/** The checks with what this machine knows of its programs: its manual pages and the data that ships with the app. */
export async function createChecker(environment: {
  readonly PATH?: string | undefined;
  readonly MANPATH?: string | undefined;
}): Promise<CommandChecker> {
  const parser = await shippedParser();
  const path = environment.PATH ?? '';
  const knowledge = createCommandKnowledge({
    path,
    manFolders: manFolders(environment),
    specsFile: specsFile(),
  });
  return (command, machine = null) => checkCommand(command, { parser, knowledge, machine });
}
