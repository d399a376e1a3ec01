import { homedir } from 'node:os';
import { type Assistant, createAssistant } from '../assistant/assistant';
import { gatherMachineFacts } from '../assistant/machine-facts';
import { createChecker } from '../commands/create-checker';
import type { AssistantEvent, Diagnosis } from '../contract/assistant';
import type { CommandCheck } from '../contract/commands';
import { toErrorData } from '../contract/errors';
import { digestOnce } from '../logs/pipeline';
import { loadEngine } from '../runtime/engine';
import { checkLines } from './check-lines';
import { machineView } from './machine-view';
import { type Command, readCommandLine, USAGE } from './options';
import { createProgress, type Progress } from './progress';

declare const __APP_VERSION__: string;

export interface CommandLineSetting {
  /** Folder of the shipped model. */
  readonly modelDir: string;
}

/** Runs one command. Results go to stdout, everything else to stderr; resolves to the exit status. */
export async function runCommandLine(args: readonly string[], setting: CommandLineSetting): Promise<number> {
  const progress = createProgress(process.stderr);
  const abort = new AbortController();
  process.once('SIGINT', () => abort.abort());
  try {
    return await runCommand(readCommandLine(args), setting, progress, abort.signal);
  } catch (thrown) {
    progress.end();
    const error = toErrorData(thrown);
    process.stderr.write(`sigma-ops: ${error.message}\n`);
    if (error.kind === 'internal' && error.detail) process.stderr.write(`${error.detail}\n`);
    return error.kind === 'cancelled' ? 130 : error.kind === 'internal' || error.kind === 'model' ? 1 : 2;
  }
}

async function runCommand(
  command: Command,
  setting: CommandLineSetting,
  progress: Progress,
  signal: AbortSignal,
): Promise<number> {
  if (command.name === 'help') return print(USAGE);
  if (command.name === 'version') return print(`sigma-ops ${__APP_VERSION__}`);
  if (command.name === 'check') {
    const result = (await createChecker(process.env))(command.text, machineView(process.cwd()));
    return print(command.shared.json ? JSON.stringify(result) : checkText(result));
  }
  if (command.name === 'check-batch') {
    return checkLines(command.input, command.output, await createChecker(process.env));
  }
  const { json, model } = command.shared;
  const modelDir = model ?? setting.modelDir;
  const onEvent = (event: AssistantEvent) => showProgress(event, progress);

  switch (command.name) {
    case 'ask': {
      const assistant = await load(modelDir, progress, signal);
      const streamed = json ? onEvent : streamTo(onEvent, progress);
      const turns = [{ role: 'user', content: command.text } as const];
      const answer = await assistant.chat(turns, { signal, emit: streamed });
      progress.end();
      if (json)
        return print(JSON.stringify({ question: command.text, answer: answer.text, stats: answer.stats }));
      process.stdout.write('\n');
      return answer.stats.stop === 'cancelled' ? 130 : 0;
    }
    case 'suggest': {
      const assistant = await load(modelDir, progress, signal);
      const { suggestion } = await assistant.suggest(command.text, { signal, emit: onEvent });
      progress.end();
      if (json) print(JSON.stringify(suggestion));
      else if (suggestion.command !== null) print(suggestion.command);
      else process.stderr.write('sigma-ops: No command was found for this request. Say it in other words.\n');
      return suggestion.command === null ? 1 : 0;
    }
    case 'diagnose': {
      const source =
        command.file === '-'
          ? ({ kind: 'stream', name: 'stdin', stream: process.stdin } as const)
          : ({ kind: 'file', path: command.file } as const);
      const evidence = await digestOnce(source, {
        signal,
        onProgress: ({ bytesDone, bytesTotal }) => progress.update('Reading', bytesDone, bytesTotal),
      });
      const assistant = await load(modelDir, progress, signal);
      // Citations name the file as the person did.
      const document = { ...evidence.document, name: command.file === '-' ? 'stdin' : command.file };
      const pack = { ...evidence, document };
      const { diagnosis } = await assistant.diagnose(pack, command.question, { signal, emit: onEvent });
      progress.end();
      return print(json ? JSON.stringify(diagnosisJson(diagnosis)) : diagnosisText(diagnosis));
    }
  }
}

/** The agreed JSON form of a diagnosis. */
export function diagnosisJson({ healthy, summary, findings, commands, linesSeen }: Diagnosis) {
  return {
    healthy,
    summary,
    findings: findings.map(({ claim, confidence, citations }) => ({ claim, confidence, citations })),
    commands,
    linesSeen,
  };
}

/** A diagnosis for people: the summary, then each finding with its lines. */
export function diagnosisText(diagnosis: Diagnosis): string {
  const findings = diagnosis.findings.map(({ subject, claim, confidence, citations }, index) =>
    [
      '',
      `${index + 1}. ${subject ? `${subject.count}x ${subject.pattern}` : 'Your question'}`,
      `   Model (${confidence} confidence): ${claim}`,
      ...citations.map(({ file, line, text }) => `   ${file}:${line}: ${text}`),
    ].join('\n'),
  );
  const left = diagnosis.piecesLeftOut;
  return [
    diagnosis.summary,
    ...findings,
    ...(left > 0 ? ['', `${left} more line patterns with signs of trouble were not explained.`] : []),
  ].join('\n');
}

/** A check for people: the level, then reasons and findings. */
export function checkText({ level, needsRoot, reasons, findings, preview }: CommandCheck): string {
  return [
    `${level}${needsRoot ? ', needs root' : ''}`,
    ...reasons.map((reason) => `  ${reason}`),
    ...findings.map(({ severity, message }) => `  ${severity}: ${message}`),
    ...(preview === null ? [] : [`  First look with: ${preview}`]),
  ].join('\n');
}

async function load(modelDir: string, progress: Progress, signal: AbortSignal): Promise<Assistant> {
  const engine = await loadEngine(modelDir, {
    signal,
    onProgress: (done, total) => progress.update('Loading model', done, total),
  });
  const cwd = process.cwd().replace(homedir(), '~');
  return createAssistant(engine, process.env.PATH ?? '', gatherMachineFacts(cwd));
}

function showProgress(event: AssistantEvent, progress: Progress): void {
  if (event.type === 'prefill') progress.update('Reading prompt', event.done, event.total);
  if (event.type === 'finding-start') progress.update('Explaining', event.index, event.of);
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
