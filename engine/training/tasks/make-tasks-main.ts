import { createHash } from 'node:crypto';
import { createWriteStream, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readItems } from '../../eval/item-files';
import { canonicalCommand } from '../../eval/metrics/canonical';
import { openFixed } from '../../eval/systems/product-systems';
import { renderChat } from '../../tokenizer/chat-template';
import { loadTokenizer } from '../../tokenizer/tokenizer';
import { pairSources } from './command-sources';
import { commandTasks } from './command-tasks';
import { diagnosisTasks } from './diagnosis-tasks';
import { writeExampleVectors } from './example-vectors';
import { questionTasks } from './question-tasks';
import { Seeded } from './seeded';
import type { Pair } from './vary';

export interface TaskFolders {
  readonly root: string;
  readonly specsFile: string;
  readonly modelDir: string;
}

/**
 * `npm run train-data -- commands --out DIR [--nl2bash FILE] [--tldr FILE] [--seed N] [--only SOURCE]`: writes the tasks of commands as
 * JSON lines, and beside them where each pair comes from. Nothing of the evaluation's items is among them.
 */
export async function makeCommandTasks(args: readonly string[], folders: TaskFolders): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      out: { type: 'string' },
      nl2bash: { type: 'string' },
      tldr: { type: 'string' },
      seed: { type: 'string', default: '1' },
      limit: { type: 'string', default: '0' },
      only: { type: 'string' },
    },
  });
  const { out, nl2bash = null, tldr = null, seed } = values;
  if (out === undefined) throw new Error('--out names the folder for the tasks.');
  mkdirSync(out, { recursive: true });
  const tokenizer = await openTokenizer(folders);
  const knowledge = await openFixed(folders);
  const items = readItems(join(folders.root, 'engine', 'eval', 'items'));
  const commands = new Set(items.flatMap(({ references }) => references.map(canonicalCommand)));
  const requests = new Set(items.map(({ request }) => request.toLowerCase()));
  const isEvaluated = ({ request, command }: Pair) =>
    requests.has(request.toLowerCase()) || commands.has(canonicalCommand(command));

  const sources = pairSources({ nl2bash, tldr }).filter(
    ({ name }) => values.only === undefined || name === values.only,
  );
  const file = createWriteStream(join(out, 'tasks-commands.jsonl'));
  let count = 0;
  const most = Number(values.limit) || Number.POSITIVE_INFINITY;
  const random = new Seeded(Number(seed));
  for await (const task of commandTasks(sources, {
    knowledge,
    countTokens: (text) => tokenizer.count(text),
    isEvaluated,
    random,
  })) {
    if (!file.write(`${JSON.stringify(task)}\n`)) await new Promise((resume) => file.once('drain', resume));
    if (++count >= most) break;
    if (count % 2000 === 0) process.stderr.write(`  ${count} tasks\n`);
  }
  await new Promise((resume) => file.end(resume));
  knowledge.close();
  const hash = (path: string | null) =>
    path === null ? null : createHash('sha256').update(readFileSync(path)).digest('hex');
  const about = {
    tasks: count,
    seed: Number(seed),
    sources: sources.map(({ name, licence, pairs, variants }) => ({
      name,
      licence,
      pairs: pairs.length,
      variants,
    })),
    sha256: { nl2bash: hash(nl2bash), tldr: hash(tldr) },
  };
  writeFileSync(join(out, 'tasks-commands.about.json'), `${JSON.stringify(about, null, 2)}\n`);
  return 0;
}

/**
 * `npm run train-data -- diagnosis --out DIR [--count N] [--seed N]`: made-up logs as tasks. What the evaluation of
 * diagnosis reserves is not among them.
 */
export async function makeDiagnosisTasks(args: readonly string[], folders: TaskFolders): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      out: { type: 'string' },
      count: { type: 'string', default: '5000' },
      seed: { type: 'string', default: '1' },
    },
  });
  if (values.out === undefined) throw new Error('--out names the folder for the tasks.');
  mkdirSync(values.out, { recursive: true });
  const tokenizer = await openTokenizer(folders);
  const file = createWriteStream(join(values.out, 'tasks-diagnosis.jsonl'));
  let count = 0;
  for await (const task of diagnosisTasks({
    count: Number(values.count),
    countTokens: (messages) => renderChat(tokenizer, messages, { addGenerationPrompt: true }).length,
    reserved: reservedFailures(folders.root),
    random: new Seeded(Number(values.seed)),
  })) {
    file.write(`${JSON.stringify(task)}\n`);
    if (++count % 500 === 0) process.stderr.write(`  ${count} tasks\n`);
  }
  await new Promise((resume) => file.end(resume));
  return 0;
}

/** `npm run train-data -- questions --out DIR`: system questions and their answers as tasks. */
export async function makeQuestionTasks(args: readonly string[], folders: TaskFolders): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { out: { type: 'string' }, seed: { type: 'string', default: '1' } },
  });
  if (values.out === undefined) throw new Error('--out names the folder for the tasks.');
  mkdirSync(values.out, { recursive: true });
  const knowledge = await openFixed(folders);
  const tasks = [...questionTasks(folders.root, knowledge.index, new Seeded(Number(values.seed)))];
  knowledge.close();
  writeFileSync(
    join(values.out, 'tasks-chat.jsonl'),
    tasks.map((task) => `${JSON.stringify(task)}\n`).join(''),
  );
  return 0;
}

/** `npm run train-data -- vectors`: the examples' vectors beside the encoder, after examples were added or changed. */
export async function makeExampleVectors(_args: readonly string[], { root }: TaskFolders): Promise<number> {
  const made = await writeExampleVectors(join(root, 'assets', 'encoder'));
  process.stderr.write(`  ${made} vectors made\n`);
  return 0;
}

/** Ids of known failures that only the evaluation uses. */
function reservedFailures(root: string): Set<string> {
  const file = join(root, 'engine', 'eval', 'diagnosis', 'reserved.json');
  return new Set((JSON.parse(readFileSync(file, 'utf8')) as { signatures: string[] }).signatures);
}

const openTokenizer = ({ modelDir }: TaskFolders) =>
  loadTokenizer(join(modelDir, 'tokenizer.json'), ['<|im_end|>', '<|endoftext|>']);
