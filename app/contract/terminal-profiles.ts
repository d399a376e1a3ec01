import { z } from 'zod';

/** 'shell:/bin/zsh', 'ssh', 'docker', 'kubectl', 'pwsh', or 'own:' and the name of one of the person's own. */
export const ProfileId = z.string().min(1).max(300);

/** Where a profile goes: an ssh host, a container, `namespace/pod` or `namespace/pod/container`. Never an option. */
export const ProfileTarget = z.string().regex(/^[A-Za-z0-9_[][A-Za-z0-9_.:@%/[\]-]{0,252}$/);

/** A way to open a terminal. */
export const Profile = z.object({
  id: ProfileId,
  /** As a menu shows it. */
  name: z.string(),
  kind: z.enum(['shell', 'ssh', 'docker', 'kubectl', 'own']),
  /** The program that is started. */
  program: z.string(),
  /** What has to be given as `target`, as the label of a field ('Host'); null for nothing. */
  target: z.string().nullable(),
  /** It opens where nothing else is asked for. */
  isDefault: z.boolean(),
});
export type Profile = z.infer<typeof Profile>;

/** A profile that the person wrote, in the settings. */
export const OwnProfile = z.object({
  name: z.string().trim().min(1).max(80),
  /** Name or path of a program. */
  program: z.string().min(1).max(4096),
  args: z.array(z.string().max(4096)).max(100).default([]),
  env: z.record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/), z.string().max(32_000)).default({}),
  cwd: z.string().max(4096).nullable().default(null),
});
export type OwnProfile = z.infer<typeof OwnProfile>;

export const TerminalSettings = z.object({
  /** Profile of new terminals; null for the person's own shell. */
  profile: ProfileId.nullable().default(null),
  profiles: z.array(OwnProfile).max(50).default([]),
  /** Lines that can be scrolled back to. */
  scrollbackLines: z.number().int().min(0).max(200_000).default(10_000),
  /** Keep scrollback from one start of the app to the next. */
  restore: z.boolean().default(true),
  /** Let scripts of ours in the shell tell of its commands. */
  integration: z.boolean().default(true),
});
export type TerminalSettings = z.infer<typeof TerminalSettings>;
