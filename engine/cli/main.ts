import { homedir } from 'node:os';
import { z } from 'zod';
import { type Assistant, createAssistant } from '../assistant/assistant';
import { gatherMachineFacts } from '../assistant/machine-facts';
import { cacheFolders } from '../cache-folder';
import { createChecker } from '../commands/create-checker';
import { machineView } from '../commands/machine-view';
import { type AppFolders, appFolders } from '../contract/app-folders';
import type { AssistantEvent } from '../contract/assistant';
import { type AppErrorKind, toErrorData } from '../contract/errors';
import { type Engine, loadEngine } from '../runtime/engine';
import { batchLines } from './batch-lines';
import { runDiagnose } from './diagnose/run-diagnose';
import { digestLog } from './digest/digest';
import { digestJson, digestText } from './digest/digest-text';
import { commandHelp, generalHelp } from './help';
import { completions } from './manual/completions';
import { manualPage } from './manual/manual-page';
import { runOpen, type WindowProgram } from './open/run-open';
import { type Command, readCommandLine } from './options';
import { createProgress, type Progress } from './progress';
import { openKnowledge, suggestBatch, suggestOne } from './suggest';
import { checkText } from './texts';

declare const __APP_VERSION__: string;

const CheckLine = z.looseObject(
  { cmd: z.string("no JSON object with a text 'cmd'.") },
  "no JSON object with a text 'cmd'.",
);

export interface CommandLineSetting {
  /** Folder of the shipped model. */
  readonly modelDir: string;
  /** Finds the window's program, for `open`. */
  readonly windowProgram?: () => Promise<WindowProgram>;
}

/** What every command runs in. */
interface Surroundings {
  readonly setting: CommandLineSetting;
  readonly folders: AppFolders;
  readonly userDataDir: string | undefined;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** Kinds of error that are no fault of what was asked for. */
const FAILURES = new Set<AppErrorKind>(['internal', 'model', 'unavailable']);

/** Runs one command. Results go to stdout, everything else to stderr; resolves to the exit status. */
export async function runCommandLine(args: readonly string[], setting: CommandLineSetting): Promise<number> {
  const progress = createProgress(process.stderr);
  const abort = new AbortController();
  process.once('SIGINT', () => abort.abort());
  // Whoever read the output (`| head`) has seen enough.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
  try {
    const { command, userDataDir } = readCommandLine(args);
    const folders = appFolders({
      platform: process.platform,
      environment: process.env,
      home: homedir(),
      userDataDir: userDataDir ?? null,
    });
    return await runCommand(command, { setting, folders, userDataDir, progress, signal: abort.signal });
  } catch (thrown) {
    progress.end();
    const error = toErrorData(thrown);
    process.stderr.write(`sigma-ops: ${error.message}\n`);
    if (error.kind === 'internal' && error.detail) process.stderr.write(`${error.detail}\n`);
    return error.kind === 'cancelled' ? 130 : FAILURES.has(error.kind) ? 1 : 2;
  }
}

async function runCommand(
  command: Command,
  { setting, folders, userDataDir, progress, signal }: Surroundings,
): Promise<number> {
  if (command.name === 'help') return print(command.about ? commandHelp(command.about) : generalHelp());
  if (command.name === 'completion') return print(completions(command.shell).trimEnd());
  if (command.name === 'manual') return print(manualPage(__APP_VERSION__).trimEnd());
  if (command.name === 'open') {
    const { windowProgram } = setting;
    const { env, stdin } = process;
    return runOpen(command, { folders, userDataDir, stdin, environment: env, signal, windowProgram });
  }
  if (command.name === 'version') return print(`sigma-ops ${__APP_VERSION__}`);
  if (command.name === 'check') {
    const check = await createChecker(process.env, homedir());
    const result = check(command.text, machineView(process.cwd()));
    return print(command.shared.json ? JSON.stringify(result) : checkText(result));
  }
  if (command.name === 'check-batch') {
    const check = await createChecker(process.env);
    // Neither the machine's folder nor the shell's aliases are looked at, so a batch says the same everywhere.
    return batchLines(command, CheckLine, (line) => ({ ...line, ...check(line.cmd) }));
  }
  if (command.name === 'digest') {
    const digest = await digestLog(command, {
      stdin: process.stdin,
      signal,
      scanWorker: new URL('./logs-scan-worker.js', import.meta.url),
      onProgress: (done, total) => progress.update('Reading', done, total),
    });
    progress.end();
    return print(command.json ? digestJson(digest) : digestText(digest));
  }
  if (command.name === 'gather') {
    const knowledge = await openKnowledge(folders);
    const onProgress = ({ done, total, what }: { done: number; total: number; what: string }) =>
      progress.update(`Reading ${what}`, done, total);
    const { documents, missing } = await knowledge.gather({ signal, onProgress });
    progress.end();
    return print([`${documents} documents are indexed.`, ...missing].join('\n'));
  }
  const { json, model } = command.shared;
  const modelDir = model ?? setting.modelDir;
  const onEvent = (event: AssistantEvent) => showProgress(event, progress);

  switch (command.name) {
    case 'ask': {
      const assistant = await load(modelDir, { folders, progress, signal });
      const streamed = json ? onEvent : streamTo(onEvent, progress);
      const turns = [{ role: 'user', content: command.text } as const];
      const answer = await assistant.chat(turns, { signal, emit: streamed });
      progress.end();
      if (json)
        return print(JSON.stringify({ question: command.text, answer: answer.text, stats: answer.stats }));
      process.stdout.write('\n');
      return answer.stats.stop === 'cancelled' ? 130 : 0;
    }
    case 'suggest':
    case 'suggest-batch': {
      // Both take a moment; neither needs the other.
      const [engine, knowledge] = await Promise.all([
        command.shared.ai ? loadModel(modelDir, { folders, progress, signal }) : null,
        openKnowledge(folders),
      ]);
      const context = { engine, knowledge, signal, emit: onEvent };
      if (command.name === 'suggest-batch') return suggestBatch(command, context);
      const request = { request: command.text, cwd: command.cwd ?? process.cwd() };
      const suggestion = await suggestOne(request, context);
      progress.end();
      if (json) print(JSON.stringify(suggestion));
      else if (suggestion.command !== null) print(suggestion.command);
      else process.stderr.write('sigma-ops: No command was found for this request. Say it in other words.\n');
      return suggestion.command === null ? 1 : 0;
    }
    case 'diagnose': {
      return runDiagnose(command, {
        loadEngine: () => loadModel(modelDir, { folders, progress, signal }),
        openKnowledge: () => openKnowledge(folders),
        progress,
        signal,
        emit: onEvent,
      });
    }
  }
}

type LoadContext = Pick<Surroundings, 'folders' | 'progress' | 'signal'>;

async function load(modelDir: string, context: LoadContext): Promise<Assistant> {
  const [engine, knowledge] = await Promise.all([
    loadModel(modelDir, context),
    openKnowledge(context.folders),
  ]);
  const cwd = process.cwd().replace(homedir(), '~');
  return createAssistant(engine, knowledge, gatherMachineFacts(cwd));
}

const loadModel = (modelDir: string, { folders, progress, signal }: LoadContext): Promise<Engine> =>
  loadEngine(modelDir, {
    signal,
    derivedDir: cacheFolders(folders.cache).model,
    onProgress: (done, total) => progress.update('Loading model', done, total),
  });

function showProgress(event: AssistantEvent, progress: Progress): void {
  if (event.type === 'prefill') progress.update('Reading prompt', event.done, event.total);
}

/** Writes an answer as it comes; the progress line is gone before the first word. */
function streamTo(onEvent: (event: AssistantEvent) => void, progress: Progress) {
  return (event: AssistantEvent) => {
    if (event.type !== 'text') return onEvent(event);
    progress.end();
    process.stdout.write(event.text);
  };
}

function print(text: string): number {
  process.stdout.write(`${text}\n`);
  return 0;
}
