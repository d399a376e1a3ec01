import { z } from 'zod';
import { INSERT_LENGTH, PATH_LENGTH, TERMINAL_INPUT_LENGTH } from '../../engine/contract/limits';
import type { ServiceContract } from '../../engine/contract/rpc';
import { CommandBlock, EditLine, InsertPreview, InsertResult, TerminalMark, TerminalState } from './terminal';
import { OwnProfile, Profile, ProfileId, ProfileTarget } from './terminal-profiles';

export * from './terminal';
export * from './terminal-profiles';

export const TerminalId = z.string().regex(/^t[0-9]{1,9}$/);

/**
 * Flow control. The window acknowledges the characters that xterm has parsed; the pty pauses when too
 * many are on their way. xterm drops input beyond 50 MB and stays responsive below about 500 KB.
 */
export const FLOW_HIGH_WATERMARK = 400_000;
export const FLOW_LOW_WATERMARK = 50_000;
/** The window acknowledges in steps of this many characters. */
export const FLOW_ACK_SIZE = 25_000;
/** Output is collected this long, so that a flood of small reads becomes few messages. */
export const OUTPUT_COALESCE_MS = 4;

export const TerminalSize = z.object({
  cols: z.number().int().min(2).max(1000),
  rows: z.number().int().min(1).max(1000),
});

/** How a terminal is opened: profile (null for the person's own shell), what it goes to, and where. */
export const OpenTerminal = TerminalSize.extend({
  profile: ProfileId.nullable().default(null),
  /** Host, container or pod, for a profile that has a `target`. */
  target: ProfileTarget.nullable().default(null),
  /** A folder that is gone since is replaced by the home folder; the result says where the shell began. */
  cwd: z.string().max(PATH_LENGTH).nullable().default(null),
});
export type OpenTerminal = z.infer<typeof OpenTerminal>;

export const OpenedTerminal = z.object({
  id: TerminalId,
  /** Path of the program that was started. */
  shell: z.string(),
  pid: z.number().int(),
  /** The profile that was used; the same one, target and `cwd` again are a restart in place. */
  profile: ProfileId,
  cwd: z.string(),
});
export type OpenedTerminal = z.infer<typeof OpenedTerminal>;

/** From the window, over the terminal's own message port. */
export const TerminalInput = z.discriminatedUnion('type', [
  z.object({ type: z.literal('input'), data: z.string().max(TERMINAL_INPUT_LENGTH) }),
  z.object({ type: z.literal('ack'), characters: z.number().int().min(0) }),
  TerminalSize.extend({ type: z.literal('resize') }),
]);
export type TerminalInput = z.infer<typeof TerminalInput>;

/**
 * To the window, over the terminal's own message port, in the order in which things happened. A `mark`
 * stands between the outputs where the shell set it: once xterm has parsed the output before it, the
 * cursor is at the marked place (`terminal.write('', () => terminal.registerMarker())`).
 */
export const TerminalOutput = z.discriminatedUnion('type', [
  z.object({ type: z.literal('output'), data: z.string() }),
  z.object({ type: z.literal('mark'), mark: TerminalMark, block: CommandBlock }),
  /** Comes once after attaching and then with each change. */
  z.object({ type: z.literal('state'), state: TerminalState }),
  z.object({ type: z.literal('exit'), exitCode: z.number().int(), signal: z.number().int().nullable() }),
]);
export type TerminalOutput = z.infer<typeof TerminalOutput>;

const OfTerminal = z.object({ id: TerminalId });
const CommandText = z.string().min(1).max(INSERT_LENGTH);

/** What main and, under `terminal.`, the window ask of one terminal; see the comments in terminal.ts. */
export const terminalCalls = {
  /** Puts text on the shell's prompt: control characters and line ends removed, nothing is run. */
  insert: { params: OfTerminal.extend({ command: CommandText }), result: InsertResult },
  /** The same cleaning without a terminal, line by line; for a look before inserting. */
  preview: { params: z.object({ command: CommandText }), result: InsertPreview },
  /** What has been typed on the prompt. Changes nothing. Only where `state.editable`. */
  readLine: { params: OfTerminal, result: EditLine },
  /**
   * Replaces what stands on the prompt by a command, cleaned as by `insert`. The first call after a prompt
   * remembers what the person had typed; further ones (the next alternative) only replace.
   */
  replaceLine: { params: OfTerminal.extend({ command: CommandText }), result: InsertResult },
  /** Puts back exactly what stood on the prompt before the first `replaceLine`, cursor and all. */
  restoreLine: { params: OfTerminal, result: z.null() },
  /** Profiles that were found on this machine, with the person's own first; runs no program. */
  profiles: { params: z.object({ own: z.array(OwnProfile).default([]) }), result: z.array(Profile) },
  /** What a profile can go to: hosts of the ssh configuration, running containers, pods. Empty when it can't be found out. */
  targets: { params: z.object({ profile: ProfileId }), result: z.array(ProfileTarget) },
} as const satisfies ServiceContract;

/** The pty process, called by main only. `attach` travels with a message port for the window. */
export const ptyService = {
  spawn: {
    params: OpenTerminal.extend({
      own: z.array(OwnProfile).default([]),
      /** False: the shell is started as it is, without scripts of ours. */
      integration: z.boolean().default(true),
    }),
    result: OpenedTerminal,
  },
  ...terminalCalls,
  /** The folder that the shell is in; null where the system does not say. */
  folder: { params: OfTerminal, result: z.object({ cwd: z.string().nullable() }) },
  kill: { params: OfTerminal, result: z.null() },
} as const satisfies ServiceContract;
export type PtyService = typeof ptyService;
