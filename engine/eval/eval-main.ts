import { join } from 'node:path';
import { AppError } from '../contract/errors';
import { commandsReport, SystemResults } from './commands-report';
import {
  type CommandChecker,
  evaluateSystem,
  type JudgedAnswer,
  type ReferenceEffects,
} from './evaluate-system';
import { exitStatus } from './exit-status';
import { readItems } from './item-files';
import type { EvalItem } from './items';
import { coversAllItems, EVAL_USAGE, type EvalOptions, readEvalOptions } from './options';
import { readResults, storeResults, textTable } from './results-file';
import { openSandbox, type Sandbox, sandboxMissing } from './sandbox';
import type { CommandSystem } from './systems/command-system';
import { systemFromFile } from './systems/from-file';
import { validateItems } from './validate-items';

export { productSystems } from './systems/product-systems';

const say = (message: string) => process.stderr.write(`${message}\n`);

export interface EvalSetting {
  /** The project's root folder. */
  readonly root: string;
  /** Systems by name, each opened only when it is asked for; they are measured in this order. */
  readonly systems: ReadonlyMap<string, () => Promise<CommandSystem>>;
  /** The product's checks of a command that is not run; null leaves those figures out. */
  readonly check: CommandChecker | null;
}

/** Runs the suite; resolves to the exit status. */
export async function runCommandsEval(args: readonly string[], setting: EvalSetting): Promise<number> {
  return exitStatus(async () => {
    const options = readEvalOptions(args);
    if (options.help) {
      process.stdout.write(`${EVAL_USAGE}\n`);
      return 0;
    }
    const folder = join(setting.root, 'engine', 'eval');
    const items = select(readItems(join(folder, 'items')), options);
    const sandbox = sandboxFor(items, folder);
    try {
      return options.validate
        ? await validate(items, sandbox)
        : await evaluate(items, options, setting, sandbox, folder);
    } finally {
      sandbox?.close();
    }
  });
}

function select(items: readonly EvalItem[], { split, part, limit }: EvalOptions): EvalItem[] {
  const taken = new Map<string, number>();
  return items.filter((item) => {
    if ((part !== null && item.part !== part) || (split !== 'all' && item.split !== split)) return false;
    const count = (taken.get(item.part) ?? 0) + 1;
    taken.set(item.part, count);
    return limit === null || count <= limit;
  });
}

/** Nothing is ever run outside: without a sandbox a selection with items to run is refused. */
function sandboxFor(items: readonly EvalItem[], folder: string): Sandbox | null {
  if (items.every(({ fixture }) => fixture === undefined)) return null;
  const missing = sandboxMissing();
  if (missing !== null)
    throw new AppError(
      'invalid-input',
      `No sandbox: ${missing}. Nothing was run. Other parts: --part nvidia`,
    );
  return openSandbox(join(folder, 'fixtures'));
}

async function evaluate(
  items: readonly EvalItem[],
  options: EvalOptions,
  setting: EvalSetting,
  sandbox: Sandbox | null,
  folder: string,
): Promise<number> {
  const references: ReferenceEffects = new Map();
  const measured: SystemResults[] = [];
  const misses: JudgedAnswer[] = [];
  for (const open of chosenSystems(options, setting)) {
    const system = await open();
    say(`${system.name}: ${items.length} items`);
    const script = join(folder, 'cmd_score.py');
    const { check } = setting;
    try {
      const { results, answers } = await evaluateSystem(
        system,
        items,
        { sandbox, check, cmdScoreScript: script, onProgress: progress },
        references,
      );
      measured.push(results);
      misses.push(...answers.filter(({ item, scores }) => item.split === 'dev' && !scores.accurate));
    } finally {
      await system.close?.();
    }
  }
  const report = commandsReport(
    coversAllItems(options) ? [...stored(folder, measured), ...measured] : measured,
  );
  if (coversAllItems(options)) {
    storeResults(report, folder);
    say('Written: engine/eval/results/commands.json and RESULTS.md');
  }
  process.stdout.write(options.json ? `${JSON.stringify(report)}\n` : reportText(report));
  if (options.misses) process.stdout.write(`${misses.map(missText).join('\n')}\n`);
  return 0;
}

function chosenSystems(
  { from, systems }: EvalOptions,
  setting: EvalSetting,
): (() => Promise<CommandSystem>)[] {
  if (from.length > 0) return from.map((path) => async () => systemFromFile(path));
  const names = systems ?? [...setting.systems.keys()];
  const found = names.map((name) => {
    const open = setting.systems.get(name);
    if (!open)
      throw new AppError(
        'invalid-input',
        `There is no system '${name}'. Systems: ${[...setting.systems.keys()].join(', ') || 'none'}`,
      );
    return open;
  });
  if (found.length === 0)
    throw new AppError('invalid-input', 'No system to measure. Give answers with --from FILE.jsonl.');
  return found;
}

/** Systems of earlier runs that were not measured now. */
function stored(folder: string, measured: readonly SystemResults[]): SystemResults[] {
  const before = SystemResults.array().safeParse(readResults('commands', folder)?.systems);
  return (before.data ?? []).filter(({ name }) => !measured.some((system) => system.name === name));
}

async function validate(items: readonly EvalItem[], sandbox: Sandbox | null): Promise<number> {
  const rejects = sandbox === null ? [] : await validateItems(items, sandbox);
  const held = new Set(items.filter(({ split }) => split === 'held').map(({ id }) => id));
  // What a held item asks is not printed, here neither.
  for (const { id, why } of rejects) process.stdout.write(`${id}: ${held.has(id) ? 'rejected' : why}\n`);
  const run = items.filter(({ fixture }) => fixture !== undefined).length;
  process.stdout.write(
    `${items.length} items, ${run} of them run, ${new Set(rejects.map(({ id }) => id)).size} rejected\n`,
  );
  return rejects.length === 0 ? 0 : 1;
}

function reportText({ tables, notes }: ReturnType<typeof commandsReport>): string {
  const filled = tables.filter(({ rows }) => rows.length > 0);
  return `${[...filled.map((table) => `${table.title}\n${textTable(table)}`), ...notes].join('\n\n')}\n`;
}

function missText({ item, command }: JudgedAnswer): string {
  return `${item.id}  ${item.request}\n    got       ${command ?? '(nothing)'}\n    reference ${item.references.join('\n              ')}`;
}

function progress(done: number, total: number): void {
  if (done % 25 === 0 || done === total) say(`  ${done} of ${total}`);
}
