import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

/** A door on this machine that counts who knocks: whatever gets out of the app ends here. */
export interface Listener {
  readonly port: number;
  /** What came so far, one word each. */
  readonly knocks: readonly string[];
  close(): Promise<void>;
}

/** Listens for connections and for datagrams on one port of the loopback address. */
export async function listen(): Promise<Listener> {
  const knocks: string[] = [];
  const server = createServer((socket) => {
    knocks.push('connection');
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('The listener has no port.');
  const datagrams = createSocket('udp4', () => knocks.push('datagram'));
  await new Promise<void>((resolve) => datagrams.bind(address.port, '127.0.0.1', resolve));
  return {
    port: address.port,
    knocks,
    close: async () => {
      await new Promise<void>((resolve) => datagrams.close(resolve));
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}
