import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { complete } from '../../assistant/job';
import { chatPrompt } from '../../assistant/prompts';
import { diagnoseLog } from '../../cli/diagnose/diagnose-log';
import { readOnce } from '../../logs/read-once';
import { parseOptions } from '../../parse-options';
import { parseConfig } from '../../runtime/config';
import { type Engine, loadEngine } from '../../runtime/engine';
import { renderChat } from '../../tokenizer/chat-template';
import { exitStatus } from '../exit-status';
import { readResults, type SuiteResults, storeResults, textTable } from '../results-file';
import { FIXED_FACTS, openFixed } from '../systems/product-systems';
import { needleCases } from './needles';
import { answerLoss, CONTEXTS, perplexityByContext, textPerplexities } from './perplexity';

export interface ModelSetting {
  /** The project's root folder. */
  readonly root: string;
  readonly specsFile: string;
  readonly modelDir: string;
  /** For the form of the weights that prompts are read with. */
  readonly derivedDir: string;
}

const USAGE = `npm run eval -- model: the shipped model through the engine

  --base DIR   another model beside it: perplexities and answers to the 30 questions side by side
  --needles N  so many needle cases (100)
  --json       print one JSON object and nothing else

Writes engine/eval/results/model.json and RESULTS.md. Rows of the suites 'commands' and 'diagnosis' are taken from their
stored results, which name the model that they were measured with.`;

const Question = z.strictObject({ id: z.string(), question: z.string(), answer: z.string() });
const ANSWER_TOKENS = 120;
const say = (message: string) => process.stderr.write(`${message}\n`);
const quiet = () => ({ signal: new AbortController().signal, emit: () => {} });

/** Runs the suite; resolves to the exit status. */
export async function runModelEval(args: readonly string[], setting: ModelSetting): Promise<number> {
  return exitStatus(async () => {
    const { values } = parseOptions(
      {
        args: [...args],
        options: {
          base: { type: 'string' },
          needles: { type: 'string', default: '100' },
          json: { type: 'boolean' },
          help: { type: 'boolean', short: 'h' },
        },
      },
      'npm run eval -- model --help',
    );
    if (values.help) {
      process.stdout.write(`${USAGE}\n`);
      return 0;
    }
    const report = await evaluate(setting, values.base ?? null, Number(values.needles));
    storeResults(report, join(setting.root, 'engine', 'eval'));
    say('Written: engine/eval/results/model.json and RESULTS.md');
    process.stdout.write(
      values.json
        ? `${JSON.stringify(report)}\n`
        : `${report.tables.map((table) => `${table.title}\n${textTable(table)}`).join('\n\n')}\n`,
    );
    return 0;
  });
}

async function evaluate(setting: ModelSetting, base: string | null, needles: number): Promise<SuiteResults> {
  const { own, needle } = await withModel(setting.modelDir, setting, async (engine, vocab) => ({
    own: await measure(engine, vocab, setting),
    needle: await findNeedles(engine, setting, needles),
  }));
  const other =
    base === null ? null : await withModel(base, setting, (engine, vocab) => measure(engine, vocab, setting));
  const columns = (name: string) => [name, own.name, ...(other ? [other.name] : [])];
  const both = (read: (measured: Measured) => string) => [read(own), ...(other ? [read(other)] : [])];
  const fixed = (value: number) => value.toFixed(2);
  const manifest = readFileSync(join(setting.modelDir, 'manifest.json'), 'utf8');
  return {
    suite: 'model',
    title: 'The shipped model',
    notes: [
      `Model ${own.name}, weights ${createHash('sha256').update(manifest).digest('hex').slice(0, 12)}, 4 bits, through the TypeScript engine.` +
        (other
          ? ` ${other.name} beside it is the base that it was made from, in this project’s 4-bit form.`
          : ''),
      'Perplexity of answers: of written reference answers to the questions below, in the app’s prompt. Longer context: the ' +
        'same 2,048 tokens of this repository’s documents behind more and more of what stands before them.',
      'Needle: logs of 150 lines, about 6,000 tokens, in which one line answers a question. In the product the log is ' +
        'digested and the answer’s claims cite lines; alone the model reads all of the log as text and must name the line’s ' +
        'number. Found: the answer has the word that only that line has.',
      ...storedNotes(setting.root),
    ],
    tables: [
      {
        title: 'Perplexity',
        columns: columns('Text'),
        rows: [
          ...own.texts.map(({ name, tokens }, at) => [
            `${name} (${tokens} tokens)`,
            ...both((measured) => fixed(measured.texts[at]?.perplexity ?? Number.NaN)),
          ]),
          ['answers, general questions', ...both(({ general }) => fixed(general))],
          ['answers, system questions', ...both(({ system }) => fixed(system))],
          ...CONTEXTS.map((context, at) => [
            `documents behind ${context} tokens`,
            ...both(({ byContext }) => fixed(byContext[at] ?? Number.NaN)),
          ]),
        ],
      },
      {
        title: 'Speed',
        columns: columns('What'),
        rows: [
          ['decode, tokens a second', ...both(({ decode }) => decode.toFixed(1))],
          ['prompt, tokens a second', ...both(({ prefill }) => prefill.toFixed(0))],
        ],
      },
      {
        title: 'Needle in a log of 6,000 tokens',
        columns: ['Way', 'Cases', 'Found', 'Cited'],
        rows: needle,
      },
      {
        title: 'Answers side by side',
        columns: columns('Question'),
        rows: own.answers.map(({ question }, at) => [
          question,
          ...both(({ answers }) => (answers[at]?.text ?? '').replace(/\s*\n\s*/g, ' / ')),
        ]),
      },
    ],
  };
}

interface Measured {
  readonly name: string;
  readonly texts: Awaited<ReturnType<typeof textPerplexities>>;
  readonly byContext: readonly number[];
  readonly general: number;
  readonly system: number;
  readonly decode: number;
  readonly prefill: number;
  readonly answers: readonly { question: string; text: string }[];
}

async function measure(engine: Engine, vocab: number, { root }: ModelSetting): Promise<Measured> {
  say(`${engine.model.name}: texts`);
  const texts = await textPerplexities(engine, vocab, root);
  const byContext = await perplexityByContext(engine, vocab, root);
  say(`${engine.model.name}: questions`);
  const lines = readFileSync(join(root, 'engine', 'eval', 'model', 'questions.jsonl'), 'utf8')
    .trim()
    .split('\n');
  const loss = { general: { sum: 0, tokens: 0 }, system: { sum: 0, tokens: 0 } };
  const answers: { question: string; text: string }[] = [];
  const spent = { tokens: 0, ms: 0, read: 0, readMs: 0 };
  for (const { id, question, answer } of lines.map((line) => Question.parse(JSON.parse(line)))) {
    const messages = chatPrompt([{ role: 'user', content: question }], FIXED_FACTS, []);
    const prompt = renderChat(engine.tokenizer, messages, { addGenerationPrompt: true });
    const own = await answerLoss(engine, vocab, prompt, answer);
    const part = loss[id.startsWith('general') ? 'general' : 'system'];
    part.sum += own.sum;
    part.tokens += own.tokens;
    const written = await complete(engine, messages, quiet(), {
      maxTokens: ANSWER_TOKENS,
      sampling: { temperature: 0, repetitionPenalty: 1.1 },
    });
    answers.push({ question, text: written.text.trim() });
    spent.tokens += written.stats.generatedTokens;
    spent.ms += written.stats.decodeMs;
    spent.read += written.stats.promptTokens - written.stats.reusedTokens;
    spent.readMs += written.stats.prefillMs;
  }
  const perplexity = ({ sum, tokens }: { sum: number; tokens: number }) => Math.exp(-sum / tokens);
  return {
    name: engine.model.name,
    texts,
    byContext,
    general: perplexity(loss.general),
    system: perplexity(loss.system),
    decode: (1000 * spent.tokens) / spent.ms,
    prefill: (1000 * spent.read) / spent.readMs,
    answers,
  };
}

async function findNeedles(
  engine: Engine,
  setting: ModelSetting,
  count: number,
): Promise<(string | number)[][]> {
  const checker = await openFixed(setting);
  const folder = await mkdtemp(join(tmpdir(), 'sigma-ops-needle-'));
  const tally = { product: { found: 0, cited: 0 }, alone: { found: 0, cited: 0 } };
  const cases = needleCases(count);
  try {
    for (const [at, { id, lines, question, line, word }] of cases.entries()) {
      const path = join(folder, `${id}.log`);
      writeFileSync(path, `${lines.join('\n')}\n`);
      const { diagnosis } = await readOnce({ kind: 'files', paths: [path] }, {}, (log) =>
        diagnoseLog(log, basename(path), question, { engine, checker }, quiet()),
      );
      const claims = [
        ...diagnosis.what,
        ...(diagnosis.answer ?? []),
        ...(diagnosis.cause ? [diagnosis.cause] : []),
      ];
      const isCited = (claim: (typeof claims)[number]) =>
        claim.citations.some((cited) => cited.line === line);
      if (
        claims.some(
          (claim) => claim.text.includes(word) || claim.citations.some(({ text }) => text.includes(word)),
        )
      )
        tally.product.found++;
      if (claims.some(isCited)) tally.product.cited++;
      const text = lines.map((one, row) => `${row + 1}: ${one}`).join('\n');
      const messages = chatPrompt(
        [
          {
            role: 'user',
            content: `${text}\n\n${question} Answer with the number of the line that tells it.`,
          },
        ],
        FIXED_FACTS,
        [],
      );
      const alone = await complete(engine, messages, quiet(), {
        maxTokens: 60,
        sampling: { temperature: 0 },
      });
      if (alone.text.includes(word)) tally.alone.found++;
      if (new RegExp(`(?<![\\d.:-])${line}(?![\\d-])`).test(alone.text)) tally.alone.cited++;
      if ((at + 1) % 10 === 0) say(`  needle ${at + 1} of ${cases.length}`);
    }
  } finally {
    checker.close();
    await rm(folder, { recursive: true, force: true });
  }
  const share = (number: number) => `${((100 * number) / cases.length).toFixed(0)} %`;
  return (['product', 'alone'] as const).map((way) => [
    way === 'product' ? 'diagnosis in the product' : 'the model alone',
    cases.length,
    share(tally[way].found),
    share(tally[way].cited),
  ]);
}

async function withModel<T>(
  modelDir: string,
  { derivedDir }: ModelSetting,
  use: (engine: Engine, vocab: number) => Promise<T>,
): Promise<T> {
  const { shape } = parseConfig(JSON.parse(readFileSync(join(modelDir, 'config.json'), 'utf8')));
  const engine = await loadEngine(modelDir, { derivedDir });
  try {
    return await use(engine, shape.vocab);
  } finally {
    await engine.dispose();
  }
}

/** What the other suites' stored results say of the model, in a line each. */
function storedNotes(root: string): string[] {
  const folder = join(root, 'engine', 'eval');
  return ['commands', 'diagnosis'].map((suite) =>
    readResults(suite, folder)
      ? `Suite '${suite}': see its own tables in this file.`
      : `Suite '${suite}': not run. Its command is npm run eval -- ${suite}.`,
  );
}
