import { constants, setPriority } from 'node:os';
import { logsService } from './contract/logs';
import { serveHost } from './contract/serve-host';
import { createLogService } from './logs/log-service';

/** The log process. `--cache-dir=PATH` names the folder that documents are kept in. */
const cacheDir = process.argv
  .find((argument) => argument.startsWith('--cache-dir='))
  ?.slice('--cache-dir='.length);
if (!cacheDir) throw new Error('Start the log process with --cache-dir=PATH.');

/** Built beside this program. */
const scanWorker = new URL('./logs-scan-worker.js', import.meta.url);

// A search takes every core; the window, the shell and the model go first. Threads that come later have it too.
try {
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
} catch {
  // Where that is not allowed, the log process competes with them.
}

serveHost(logsService, createLogService({ cacheDir, scanWorker }).handlers);
