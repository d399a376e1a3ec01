import { chmodSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { LINK_LIMIT, type LinkPlace, WindowReply, WindowRequest } from '../../engine/contract/window-link';

/** Someone who connects and says nothing is let go after this time. */
const PATIENCE_MS = 10_000;

export interface WindowLink {
  /** Where it listens. */
  readonly socket: string;
  close(): void;
}

/**
 * Listens for the command line at the first of `places` that can be used. Call it only as the running instance: a
 * socket that is left over from one that crashed is replaced. Rejects when none of the places can be used.
 */
export async function listenForCommandLine(
  places: readonly LinkPlace[],
  onRequest: (request: WindowRequest) => void,
): Promise<WindowLink> {
  let failure: unknown;
  for (const place of places) {
    try {
      return await listenAt(place, onRequest);
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

async function listenAt(
  { base, folder, socket }: LinkPlace,
  onRequest: (request: WindowRequest) => void,
): Promise<WindowLink> {
  const isFile = folder !== '';
  if (isFile) {
    if (!existsSync(base)) throw new Error(`${base} does not exist.`);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
    rmSync(socket, { force: true });
  }
  const server = createServer((connection) => answer(connection, onRequest));
  await listening(server, socket);
  if (isFile) chmodSync(socket, 0o600);
  // It never keeps the app alive by itself.
  server.unref();
  return { socket, close: () => server.close() };
}

function listening(server: Server, socket: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(socket, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** One line in, one line out. */
function answer(connection: Socket, onRequest: (request: WindowRequest) => void): void {
  let text = '';
  let answered = false;
  const reply = (message: WindowReply) => {
    answered = true;
    connection.end(`${JSON.stringify(WindowReply.parse(message))}\n`);
  };
  connection.setEncoding('utf8');
  connection.setTimeout(PATIENCE_MS, () => connection.destroy());
  // Whoever asked has gone; nothing is lost.
  connection.on('error', () => connection.destroy());
  connection.on('data', (part: string) => {
    if (answered) return;
    text += part;
    if (text.length > LINK_LIMIT) return reply({ ok: false, message: 'The request is too long.' });
    const end = text.indexOf('\n');
    if (end < 0) return;
    const request = readRequest(text.slice(0, end));
    if (!request) return reply({ ok: false, message: 'The window does not understand this request.' });
    onRequest(request);
    reply({ ok: true });
  });
}

/** null: it is not a request. */
export function readRequest(line: string): WindowRequest | null {
  try {
    return WindowRequest.parse(JSON.parse(line));
  } catch {
    return null;
  }
}
