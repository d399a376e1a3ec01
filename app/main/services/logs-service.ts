import { type BrowserWindow, dialog } from 'electron';
import type { Diagnosis } from '../../../engine/contract/assistant';
import { AppError } from '../../../engine/contract/errors';
import { type LogsService, logsService as methods } from '../../../engine/contract/logs';
import type { CallContext, Handlers, ParamsInput } from '../../../engine/contract/rpc';
import type { Engine } from '../engine';
import type { LogsHost } from '../hosts/logs-host';
import { inspectFiles } from '../log-files';
import type { Service } from './service';

/** Where what was found is kept for the search, for as long as the log is open. */
export interface FindingsStore {
  save(log: { readonly id: string; readonly name: string }, diagnosis: Diagnosis): void;
  forget(document: string): void;
}

/** Logs: what the log process answers, and the model's diagnosis of its evidence. */
export function logsService(
  host: LogsHost,
  engine: Pick<Engine, 'run'>,
  window: BrowserWindow,
  findings: FindingsStore,
): Service<'logs'> {
  return {
    ...passedOn(host),
    'logs.choose': async () => {
      const { filePaths } = await dialog.showOpenDialog(window, {
        title: 'Open logs',
        properties: ['openFile', 'multiSelections'],
        filters: [
          {
            name: 'Logs',
            extensions: ['log', 'txt', 'out', 'err', 'json', 'jsonl', 'gz', 'bz2', 'zst', 'xz'],
          },
          { name: 'All files', extensions: ['*'] },
        ],
      });
      return inspectFiles(filePaths);
    },
    'logs.inspect': ({ paths }) => inspectFiles(paths),
    'logs.diagnose': async ({ id, question }, { emit, signal }) => {
      const evidence = await askTwice(() => host.call('evidence', { id }, { signal }));
      const params = { evidence, ...(question ? { question } : {}) };
      const { diagnosis } = await engine.run('diagnose', params, { signal, onEvent: emit });
      const checked = await askTwice(() => host.call('checkDiagnosis', { id, diagnosis }, { signal }));
      const name = (await host.call('list', {})).find((document) => document.id === id)?.name;
      // One that was closed meanwhile is not kept.
      if (name !== undefined) findings.save({ id, name }, checked);
      return checked;
    },
    'logs.close': async ({ id }) => {
      const closed = await host.call('close', { id });
      findings.forget(id);
      return closed;
    },
  };
}

type PassedOn = { [K in keyof LogsService & string as `logs.${K}`]: Handlers<LogsService>[K] };

/** Every method of the log process under its name in the window's list. */
function passedOn(host: LogsHost): PassedOn {
  const pass = <K extends keyof LogsService & string>(name: K) => {
    const handler = (params: ParamsInput<LogsService[K]>, context: CallContext<LogsService[K]>) => {
      const { signal, emit } = context;
      const ask = () => host.call(name, params, { signal, onEvent: emit });
      // Opening is long and tells of itself: whether to begin anew is for the person to say.
      return name === 'open' ? ask() : askTwice(ask);
    };
    return [`logs.${name}`, handler] as const;
  };
  // The names are built at run time; the type says the same of them.
  return Object.fromEntries((Object.keys(methods) as (keyof LogsService)[]).map(pass)) as PassedOn;
}

/** A question that a crash of the log process cut off is asked once more, of the process that takes its place. */
async function askTwice<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (thrown) {
    if (!(thrown instanceof AppError) || thrown.kind !== 'unavailable') throw thrown;
    return ask();
  }
}
