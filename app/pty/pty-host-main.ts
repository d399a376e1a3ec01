import { z } from 'zod';
import { serveHost } from '../../engine/contract/serve-host';
import { ptyService, TerminalId } from '../contract/pty';
import { createPtySessions, type TerminalPort } from './pty-service';

/**
 * Entry of the terminal process. `--scripts-dir=PATH` names the folder for what shells are given to read. A
 * message that brings a port names the terminal that it belongs to.
 */
const scripts = process.argv
  .find((argument) => argument.startsWith('--scripts-dir='))
  ?.slice('--scripts-dir='.length);
if (!scripts) throw new Error('Start the terminal process with --scripts-dir=PATH.');
const sessions = createPtySessions(scripts);
const PortMessage = z.object({ id: TerminalId });

serveHost(ptyService, sessions.handlers, (data, ports) => {
  const message = PortMessage.safeParse(data);
  const port = ports[0];
  if (message.success && port) sessions.attach(message.data.id, port as TerminalPort);
});
