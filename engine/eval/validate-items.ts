import { sameEffect } from './effect';
import type { EvalItem } from './items';
import type { Sandbox } from './sandbox';

/** What no item asks for: doing nothing, listing, saying a word, and losing the home folder. */
const WRONG = ['true', 'ls -la', 'echo done', 'rm -rf ~/*; ls -la /'];

/** Comparing programs end with 1 when there are differences, and items ask for differences. */
const ANSWERS_WITH_1 = /^(diff|cmp)\b[^|;&]*$/;

/** An executable item that can't be trusted as a test, with why. */
export interface Reject {
  readonly id: string;
  readonly why: string;
}

/**
 * Runs each reference and reports the items whose references fail, differ between two runs or from each other, or
 * whose effect a wrong command also has. `neighbours`: commands of other items in the same fixture that must differ.
 */
export async function rejectItem(
  item: EvalItem,
  sandbox: Sandbox,
  neighbours: readonly string[],
): Promise<Reject[]> {
  const { fixture, compare } = item;
  if (fixture === undefined || compare === undefined) return [];
  const rejects: Reject[] = [];
  const reject = (why: string) => rejects.push({ id: item.id, why });
  const [first, ...others] = item.references;
  const expected = await sandbox.run(fixture, first as string);
  if (expected.status !== (ANSWERS_WITH_1.test(first as string) ? 1 : 0))
    reject(`'${first}' ends with ${expected.status}: ${expected.stderr.trim().slice(0, 200)}`);
  if (compare !== 'files' && expected.stdout.trim() === '') reject('prints nothing');
  if (!sameEffect(expected, await sandbox.run(fixture, first as string), compare))
    reject('differs between two runs');
  for (const other of others) {
    const effect = await sandbox.run(fixture, other);
    if (!sameEffect(expected, effect, compare))
      reject(`'${other}' has another effect (status ${effect.status}) ${effect.stderr.trim().slice(0, 200)}`);
  }
  for (const wrong of [...WRONG, ...neighbours])
    if (sameEffect(expected, await sandbox.run(fixture, wrong), compare))
      reject(`'${wrong}' counts as right`);
  return rejects;
}

/** Validates all executable items; resolves to the rejects. */
export async function validateItems(items: readonly EvalItem[], sandbox: Sandbox): Promise<Reject[]> {
  const rejects: Reject[] = [];
  for (const [index, item] of items.entries()) {
    const neighbours = items
      .slice(index + 1)
      .filter(({ fixture }) => fixture === item.fixture)
      .slice(0, 2)
      .map(({ references }) => references[0] as string);
    rejects.push(...(await rejectItem(item, sandbox, neighbours)));
  }
  return rejects;
}
