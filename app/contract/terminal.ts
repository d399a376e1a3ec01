import { z } from 'zod';

/**
 * What is known of a terminal beside its text. All of it comes from the operating system and from our own
 * scripts in the shell, whose messages carry a secret of that shell. What a program prints changes none of
 * it; the one exception, `claimedFolder`, says so in its name.
 */

/**
 * Who reads the keyboard:
 * - `prompt`: the shell, at its prompt. The only state in which text is inserted.
 * - `program`: a program, or the shell itself while it runs a command of its own.
 * - `full-screen`: something that draws on the alternate screen, such as vim or less.
 * - `password`: something that reads a line and does not show it.
 * - `unknown`: it cannot be found out, as inside ssh or where the system does not say.
 * - `ended`: nobody; the shell has ended.
 */
export const TerminalActivity = z.enum(['prompt', 'program', 'full-screen', 'password', 'unknown', 'ended']);
export type TerminalActivity = z.infer<typeof TerminalActivity>;

export const TerminalState = z.object({
  activity: TerminalActivity,
  /** Why nothing can be inserted, as a sentence for people; null at the prompt. */
  whyNot: z.string().nullable(),
  /** Name of the program in the foreground; null at the prompt. A title, unless a program sets one (xterm's onTitleChange). */
  program: z.string().nullable(),
  /** The shell tells of its commands: there are marks and blocks. */
  integrated: z.boolean(),
  /** The line on the prompt can be read and replaced (`readLine`, `replaceLine`, `restoreLine`). */
  editable: z.boolean(),
  /** Folder of the shell on this machine; null where it is not known. Use it for new panes and titles. */
  cwd: z.string().nullable(),
  /** A folder as some program claims it (OSC 7), here or on a host reached by ssh. For display only. */
  claimedFolder: z.object({ host: z.string(), path: z.string() }).nullable(),
});
export type TerminalState = z.infer<typeof TerminalState>;

/** One command of an integrated shell, from its prompt to its end. Times are ISO 8601. */
export const CommandBlock = z.object({
  /** Counts up from 1 in each terminal. */
  id: z.number().int().positive(),
  /**
   * As the shell read it; null before it is run and where the shell does not say (bash leaves commands
   * that begin with a blank, and repeated ones, out of its history): then it stands on the screen
   * between the marks `command` and `output`.
   */
  command: z.string().nullable(),
  /** Where it was run. */
  cwd: z.string().nullable(),
  startedAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
  /** Null while it runs and where the shell does not say. */
  exitCode: z.number().int().nullable(),
});
export type CommandBlock = z.infer<typeof CommandBlock>;

/**
 * Places of a block, always in this order, with the block as it is then:
 * - `prompt`: the prompt begins here, and a new block. Comes again for the same block when the shell draws
 *   its prompt anew (Ctrl+L, a resize): the last one counts.
 * - `command`: the prompt ends here; what follows is typed. May come again likewise.
 * - `output`: the command was sent; what it prints begins here. `startedAt` and mostly `command` are known.
 * - `end`: the command has ended; `endedAt` and `exitCode` are known. Without an `output` before it there
 *   was no command (Enter on an empty line, Ctrl+C): drop the block.
 */
export const TerminalMark = z.enum(['prompt', 'command', 'output', 'end']);
export type TerminalMark = z.infer<typeof TerminalMark>;

/** What went to the prompt, and what was taken out of the command before, in words, each once. */
export const InsertResult = z.object({ inserted: z.string(), removed: z.array(z.string()) });
export type InsertResult = z.infer<typeof InsertResult>;

/**
 * A command before it is inserted. One line (`lines.length === 1`, `whyNot` null) can be inserted as it is.
 * Of several, nothing is inserted together: show them all; each line may be inserted by itself.
 */
export const InsertPreview = z.object({
  lines: z.array(z.string()),
  removed: z.array(z.string()),
  /** Why the command as a whole can't be inserted; null when it can. */
  whyNot: z.string().nullable(),
});
export type InsertPreview = z.infer<typeof InsertPreview>;

/** What stands on the prompt; `cursor` counts characters (UTF-16) from its beginning. */
export const EditLine = z.object({ text: z.string(), cursor: z.number().int().min(0) });
export type EditLine = z.infer<typeof EditLine>;

/** Scrollback that is kept from one start of the app to the next, under a name that the window chooses for a pane. */
export const SnapshotKey = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/i);
/** The most that is kept of one pane, in characters; the oldest lines go first. */
export const SNAPSHOT_LIMIT = 2 * 1024 * 1024;
/** More panes than these are not kept; the oldest go first. */
export const SNAPSHOTS_KEPT = 50;
