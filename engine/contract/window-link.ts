import { createHash } from 'node:crypto';
import { isAbsolute, join } from 'node:path';
import { z } from 'zod';
import type { AppFolders } from './app-folders';

/**
 * How the command line reaches a window that runs: one line of JSON each way over a socket of the person's
 * own, which nobody else may open. No network is involved.
 */
export const WindowRequest = z.object({
  /** Absolute paths; none: the window only comes to the front. */
  files: z
    .array(
      z
        .string()
        .max(4096)
        .refine((path) => isAbsolute(path) && !path.includes('\0')),
    )
    .max(200),
  /** Goes on reading what is appended. */
  follow: z.boolean().default(false),
});
export type WindowRequest = z.infer<typeof WindowRequest>;

export const WindowReply = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), message: z.string() }),
]);
export type WindowReply = z.infer<typeof WindowReply>;

/** Longest request or reply, in bytes: 200 paths of full length. */
export const LINK_LIMIT = 1024 * 1024;

export interface LinkOptions {
  readonly platform: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** null on Windows. */
  readonly uid: number | null;
  readonly folders: Pick<AppFolders, 'state'>;
}

/** A place for the socket: `base` must exist already, `folder` is made below it. */
export interface LinkPlace {
  readonly base: string;
  readonly folder: string;
  readonly socket: string;
}

/**
 * Where the socket may be, the best place first. The window takes the first whose base exists; the command
 * line tries all, as a shell over SSH may lack the desktop's XDG_RUNTIME_DIR. Each data folder has its own.
 */
export function linkPlaces({ platform, environment, uid, folders }: LinkOptions): LinkPlace[] {
  const id = createHash('sha256').update(folders.state).digest('hex').slice(0, 16);
  if (platform === 'win32') return [{ base: '', folder: '', socket: `\\\\.\\pipe\\sigma-ops-${id}` }];
  const below = (base: string, name: string): LinkPlace => {
    const folder = join(base, name);
    return { base, folder, socket: join(folder, `window-${id}.sock`) };
  };
  const runtime = environment.XDG_RUNTIME_DIR;
  const bases = [
    ...(runtime && isAbsolute(runtime) ? [runtime] : []),
    ...(platform === 'linux' && uid !== null ? [`/run/user/${uid}`] : []),
  ];
  return [...[...new Set(bases)].map((base) => below(base, 'sigma-ops')), below(folders.state, 'run')];
}
