import { z } from 'zod';

/** A stretch of a command's text, in UTF-16 units: [start, end). */
export const Span = z.object({ start: z.number().int().min(0), end: z.number().int().min(0) });
export type Span = z.infer<typeof Span>;

/**
 * What running a command does to the system, found by parsing. In rising order of danger; a command is as dangerous
 * as its worst part, and what can't be read counts as code that was not seen, which is destructive.
 */
export const RISK_LEVELS = ['read-only', 'changes', 'destructive'] as const;
export const RiskLevel = z.enum(RISK_LEVELS);
export type RiskLevel = z.infer<typeof RiskLevel>;

export const CommandRisk = z.object({
  level: RiskLevel,
  needsRoot: z.boolean(),
  /** Runs code that nobody has read: downloaded, computed, from a file or in a language that is not parsed. */
  runsUnseenCode: z.boolean(),
  /** One plain sentence each, the worst first; empty only for read-only. */
  reasons: z.array(z.string()),
});
export type CommandRisk = z.infer<typeof CommandRisk>;

export const FINDING_KINDS = [
  'syntax',
  'unknown-program',
  'not-installed',
  'unknown-subcommand',
  'unknown-option',
  'missing-argument',
  'unexpected-argument',
  'missing-path',
  'quoting',
  'platform',
] as const;

/** Something that does not fit what is known of the programs or of the machine. */
export const CommandFinding = z.object({
  kind: z.enum(FINDING_KINDS),
  /** error: the command fails or does something else. warning: it may. */
  severity: z.enum(['error', 'warning']),
  /** One sentence for people; where there is a likely right form, it names it. */
  message: z.string(),
  ...Span.shape,
});
export type CommandFinding = z.infer<typeof CommandFinding>;

/** A word such as POD_NAME that stands for a value that only the person knows. */
export const Placeholder = z.object({ name: z.string(), ...Span.shape });
export type Placeholder = z.infer<typeof Placeholder>;

/** What `sigma-ops check --json` answers. */
export const CommandCheck = z.object({
  parsed: z.boolean(),
  ...CommandRisk.shape,
  findings: z.array(CommandFinding),
  placeholders: z.array(Placeholder),
  /** A command that only shows what this one would do, where there is one. */
  preview: z.string().nullable(),
});
export type CommandCheck = z.infer<typeof CommandCheck>;

/** One part of a command with its documented meaning. `source` names the document: 'man du(1)', 'fig spec git'. */
export const ExplainedPart = z.object({
  ...Span.shape,
  text: z.string(),
  role: z.enum(['program', 'subcommand', 'option', 'argument', 'operator', 'redirection', 'assignment']),
  meaning: z.string().nullable(),
  source: z.string().nullable(),
});
export type ExplainedPart = z.infer<typeof ExplainedPart>;
