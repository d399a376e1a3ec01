import { z } from 'zod';
import type { ServiceContract } from '../../engine/contract/rpc';

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

/** From the window, over the terminal's own message port. */
export const TerminalInput = z.discriminatedUnion('type', [
  z.object({ type: z.literal('input'), data: z.string().max(4 * 1024 * 1024) }),
  z.object({ type: z.literal('ack'), characters: z.number().int().min(0) }),
  TerminalSize.extend({ type: z.literal('resize') }),
]);
export type TerminalInput = z.infer<typeof TerminalInput>;

/** To the window, over the terminal's own message port. */
export const TerminalOutput = z.discriminatedUnion('type', [
  z.object({ type: z.literal('output'), data: z.string() }),
  z.object({ type: z.literal('exit'), exitCode: z.number().int(), signal: z.number().int().nullable() }),
]);
export type TerminalOutput = z.infer<typeof TerminalOutput>;

/** What was taken out of a command before it went to the prompt. */
export const InsertResult = z.object({ inserted: z.string(), removed: z.array(z.string()) });
export type InsertResult = z.infer<typeof InsertResult>;

/** The pty process, called by main only. `attach` travels with a message port for the window. */
export const ptyService = {
  spawn: {
    params: TerminalSize.extend({ cwd: z.string().optional() }),
    result: z.object({ id: TerminalId, shell: z.string(), pid: z.number().int() }),
  },
  /** Puts text on the shell's prompt: control characters and line ends removed, nothing is run. */
  insert: {
    params: z.object({ id: TerminalId, command: z.string().max(100_000) }),
    result: InsertResult,
  },
  /** The folder that the shell is in; null where the system does not say. */
  folder: { params: z.object({ id: TerminalId }), result: z.object({ cwd: z.string().nullable() }) },
  kill: { params: z.object({ id: TerminalId }), result: z.null() },
} as const satisfies ServiceContract;
export type PtyService = typeof ptyService;
