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

serveHost(logsService, createLogService({ cacheDir, scanWorker }).handlers);
