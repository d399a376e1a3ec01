import { connect } from 'node:net';
import { LINK_LIMIT, type LinkPlace, WindowReply, type WindowRequest } from '../../contract/window-link';

/** A window that is alive answers at once; one under heavy load soon. */
const PATIENCE_MS = 10_000;

/** Asks the window that listens at one of `places`. null: none does. */
export async function handOver(
  request: WindowRequest,
  places: readonly LinkPlace[],
): Promise<WindowReply | null> {
  for (const { socket } of places) {
    const reply = await ask(socket, request);
    if (reply) return reply;
  }
  return null;
}

function ask(socket: string, request: WindowRequest): Promise<WindowReply | null> {
  return new Promise((done) => {
    let text = '';
    const connection = connect(socket);
    connection.setEncoding('utf8');
    connection.setTimeout(PATIENCE_MS, () => connection.destroy());
    connection.once('connect', () => connection.write(`${JSON.stringify(request)}\n`));
    connection.on('data', (part: string) => {
      text += part;
      if (text.length > LINK_LIMIT) connection.destroy();
    });
    // No such socket, or nobody who listens there any more: 'close' follows.
    connection.on('error', () => undefined);
    connection.on('close', () => done(readReply(text)));
  });
}

function readReply(text: string): WindowReply | null {
  try {
    return WindowReply.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
