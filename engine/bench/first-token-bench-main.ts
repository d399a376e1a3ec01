import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toErrorData } from '../contract/errors';
import { parseOptions } from '../parse-options';
import { type Engine, loadEngine } from '../runtime/engine';
import { promptIds } from './prompt';
import { median } from './statistics';

const USAGE = `npm run bench -- first-token: how long the first token of a follow-up takes behind a long conversation

  --json    print one JSON object and nothing else

Writes engine/bench/results/first-token.json.`;

export interface FirstTokenSetting {
  /** The project's root. */
  readonly root: string;
  /** The shipped model. */
  readonly modelDir: string;
  readonly derivedDir: string;
}

/** One length of history: the follow-up with what is cached of it, and the same prompt read from its start. */
interface FirstTokenRow {
  readonly historyTokens: number;
  readonly followUpTokens: number;
  readonly followUpMs: number;
  readonly fromStartMs: number;
}

const HISTORIES = [0, 2048, 6144];
const FOLLOW_UP = 64;
const ROUNDS = 7;

const say = (message: string) => process.stderr.write(`${message}\n`);

/** Runs the suite; resolves to the exit status. */
export async function runFirstTokenBench(
  args: readonly string[],
  { root, modelDir, derivedDir }: FirstTokenSetting,
): Promise<number> {
  try {
    const options = { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const;
    const { values } = parseOptions({ args: [...args], options }, 'npm run bench -- first-token --help');
    if (values.help) {
      process.stdout.write(`${USAGE}\n`);
      return 0;
    }
    const engine = await loadEngine(modelDir, { derivedDir });
    const ids = await promptIds({
      tokenizerDir: modelDir,
      tokens: Math.max(...HISTORIES) + ROUNDS * FOLLOW_UP,
    });
    const rows: FirstTokenRow[] = [];
    for (const history of HISTORIES) rows.push(await measure(engine, ids, history));
    await engine.dispose();
    const json = JSON.stringify({ model: engine.model.name, device: engine.model.device, rows }, null, 2);
    const folder = join(root, 'engine/bench/results');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'first-token.json'), `${json}\n`);
    process.stdout.write(values.json ? `${json}\n` : tableOf(rows));
    return 0;
  } catch (thrown) {
    const error = toErrorData(thrown);
    say(`bench: ${error.message}`);
    return error.kind === 'invalid-input' ? 2 : 1;
  }
}

/** Each round follows the same history with other tokens, so that only the history is there already. */
async function measure(engine: Engine, ids: readonly number[], history: number): Promise<FirstTokenRow> {
  const past = ids.slice(0, history);
  // Another first token: nothing of an earlier row is there to be used again.
  const first = [1 + history, ...ids.slice(1, Math.max(2, history))];
  const fromStartMs = await firstToken(engine, [...first, ...ids.slice(-FOLLOW_UP)]);
  if (history > 0) await firstToken(engine, past);
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const from = Math.max(...HISTORIES) + round * FOLLOW_UP;
    times.push(await firstToken(engine, [...past, ...ids.slice(from, from + FOLLOW_UP)]));
  }
  say(
    `  ${history} tokens of history: ${median(times).toFixed(1)} ms, from its start ${fromStartMs.toFixed(0)} ms`,
  );
  return { historyTokens: history, followUpTokens: FOLLOW_UP, followUpMs: median(times), fromStartMs };
}

async function firstToken(engine: Engine, prompt: readonly number[]): Promise<number> {
  const run = engine.generate(prompt, { maxTokens: 1 });
  let next = await run.next();
  while (!next.done) next = await run.next();
  return next.value.stats.prefillMs;
}

function tableOf(rows: readonly FirstTokenRow[]): string {
  const lines = rows.map(
    ({ historyTokens, followUpTokens, followUpMs, fromStartMs }) =>
      `${String(historyTokens).padStart(7)}  ${String(followUpTokens).padStart(9)}  ${followUpMs.toFixed(1).padStart(12)}  ${fromStartMs.toFixed(0).padStart(13)}`,
  );
  return ['history  follow-up  follow-up ms  from start ms', ...lines, ''].join('\n');
}
