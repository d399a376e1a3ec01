import type { SystemResults } from './commands-report';
import type { Effect } from './effect';
import { itemsHash } from './item-files';
import type { EvalItem } from './items';
import { cmdScores } from './metrics/cmd-score';
import { type ItemScores, scoreItem, type TextCheck } from './metrics/scores';
import { type ScoredItem, summarise } from './metrics/summary';
import type { Sandbox } from './sandbox';
import type { CommandSystem, SuggestedCommand } from './systems/command-system';

/** Judges a command by reading it: the product's own checks, handed in by whoever starts the suite. */
export type CommandChecker = (command: string) => TextCheck | Promise<TextCheck>;

export interface EvaluateSetting {
  /** null where no selected item is run. */
  readonly sandbox: Sandbox | null;
  readonly check: CommandChecker | null;
  readonly cmdScoreScript: string;
  readonly onProgress?: (done: number, total: number) => void;
}

/** One answer with its item: for looking at what went wrong in development items. */
export interface JudgedAnswer {
  readonly item: EvalItem;
  readonly command: string | null;
  readonly scores: ItemScores;
}

/** References are run once, whatever the number of systems; null where this machine lacks the reference's program. */
export type ReferenceEffects = Map<string, Promise<Effect | null>>;

/** Asks the system for every item, one after the other (its latency counts), then runs and scores the answers. */
export async function evaluateSystem(
  system: CommandSystem,
  items: readonly EvalItem[],
  setting: EvaluateSetting,
  references: ReferenceEffects,
): Promise<{ results: SystemResults; answers: JudgedAnswer[] }> {
  const suggested: SuggestedCommand[] = [];
  for (const [index, { id, request }] of items.entries()) {
    suggested.push(await system.suggest(request, { id }));
    setting.onProgress?.(index + 1, items.length);
  }
  const answered = items.flatMap((item, index) => {
    const command = suggested[index]?.command?.trim() || null;
    return command === null ? [] : [{ id: item.id, command, references: item.references }];
  });
  const cmd = cmdScores(
    answered.map(({ command, references: texts }) => ({ command, references: texts })),
    setting.cmdScoreScript,
  );
  const scoreOf = new Map(
    'scores' in cmd ? answered.map(({ id }, index) => [id, cmd.scores[index] as number]) : [],
  );

  const scored: (ScoredItem & JudgedAnswer)[] = [];
  let notRunHere = 0;
  for (const [index, item] of items.entries()) {
    const { ms } = suggested[index] as SuggestedCommand;
    const command = suggested[index]?.command?.trim() || null;
    const runs = await runBoth(item, command, setting.sandbox, references);
    if (item.fixture !== undefined && runs === null) notRunHere++;
    const check = setting.check ? (command === null ? null : await setting.check(command)) : 'unchecked';
    const scores = scoreItem({ item, command, ms, cmdScore: scoreOf.get(item.id) ?? null, check, runs });
    scored.push({ item, command, run: runs !== null, scores });
  }
  const notes = [
    ...('missing' in cmd ? [`No CMD Score and no Calibration Score: ${cmd.missing}.`] : []),
    ...(setting.check ? [] : ['No checks without running: Success counts run items only.']),
    ...(notRunHere > 0
      ? [`${notRunHere} items could not be run here, their references fail; compared as text.`]
      : []),
  ];
  const { name, index } = system;
  const results = { name, index, items: itemsHash(items), summaries: summarise(scored), notes };
  return { results, answers: scored.map(({ item, command, scores }) => ({ item, command, scores })) };
}

async function runBoth(
  item: EvalItem,
  command: string | null,
  sandbox: Sandbox | null,
  references: ReferenceEffects,
): Promise<{ reference: Effect; command: Effect | null } | null> {
  const { fixture } = item;
  if (fixture === undefined || sandbox === null) return null;
  const known = references.get(item.id) ?? runReference(item, fixture, sandbox);
  references.set(item.id, known);
  const reference = await known;
  if (reference === null) return null;
  return { reference, command: command === null ? null : await sandbox.run(fixture, command) };
}

/** The first reference that runs here; all have one effect. */
async function runReference(item: EvalItem, fixture: string, sandbox: Sandbox): Promise<Effect | null> {
  for (const reference of item.references) {
    const effect = await sandbox.run(fixture, reference);
    if (!effect.timedOut && (effect.status === 0 || effect.status === 1)) return effect;
  }
  return null;
}
