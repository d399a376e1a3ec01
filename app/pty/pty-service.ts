import { randomInt } from 'node:crypto';
import { AppError } from '../../engine/contract/errors';
import type { Handlers } from '../../engine/contract/rpc';
import { type PtyService, TerminalInput, type TerminalOutput } from '../contract/pty';
import { previewCommand } from './insert-text';
import { findProfiles } from './profiles/find-profiles';
import { launchOf } from './profiles/launch';
import { profileTargets } from './profiles/targets';
import { TerminalSession } from './terminal-session';

/** The part of Electron's MessagePortMain that a terminal uses. */
export interface TerminalPort {
  on(event: 'message', listener: (message: { data: unknown }) => void): void;
  on(event: 'close', listener: () => void): void;
  start(): void;
  postMessage(message: TerminalOutput): void;
}

export interface PtySessions {
  readonly handlers: Handlers<PtyService>;
  /** Connects a terminal with its window. A terminal ends with its port: nobody else can reach it. */
  attach(id: string, port: TerminalPort): void;
  /** Ends every shell. */
  close(): void;
}

/** All terminals of this process. `scripts` is a folder for the scripts that shells are given. */
export function createPtySessions(scripts: string): PtySessions {
  const sessions = new Map<string, TerminalSession>();
  // Not from 1: after a crash of this process a window may still hold the old names, and an insert must
  // never end up in another terminal.
  let nextId = randomInt(100_000, 900_000_000);

  const find = (id: string): TerminalSession => {
    const session = sessions.get(id);
    if (session) return session;
    throw new AppError('not-found', 'This terminal has ended. Open a new one, or copy the command.');
  };

  return {
    handlers: {
      spawn: ({ cols, rows, cwd, profile, target, own, integration }) => {
        const launch = launchOf(profile, target, own);
        const id = `t${nextId++}`;
        const session = new TerminalSession({
          cols,
          rows,
          cwd,
          launch,
          scripts: integration ? scripts : null,
        });
        sessions.set(id, session);
        session.onEnd(() => sessions.delete(id));
        return { id, shell: session.shell, pid: session.pid, profile: launch.profile, cwd: session.cwd };
      },
      insert: ({ id, command }) => find(id).insert(command),
      preview: ({ command }) => previewCommand(command),
      readLine: ({ id }) => find(id).readLine(),
      replaceLine: ({ id, command }) => find(id).replaceLine(command),
      restoreLine: ({ id }) => find(id).restoreLine(),
      profiles: ({ own }) => findProfiles(own),
      targets: ({ profile }) => profileTargets(profile),
      folder: ({ id }) => ({ cwd: sessions.get(id)?.folder() ?? null }),
      kill: ({ id }) => {
        sessions.get(id)?.kill();
        return null;
      },
    },
    attach(id, port) {
      const session = sessions.get(id);
      if (!session) return;
      port.on('message', ({ data }) => {
        const message = TerminalInput.safeParse(data);
        if (message.success) session.receive(message.data);
      });
      port.on('close', () => session.kill());
      port.start();
      session.attach((message) => port.postMessage(message));
    },
    close() {
      for (const session of sessions.values()) session.kill();
    },
  };
}
