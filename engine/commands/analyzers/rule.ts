import type { RiskLevel } from '../../contract/commands';
import type { Arg } from '../unwrap/args';
import { hasOption, type ReadArgs, readArgs, wordSet } from '../unwrap/options';

/** What running a program does, as data. Found by its options, subcommands and operands. */
export interface Rule {
  /** Where nothing below applies. */
  readonly level: RiskLevel;
  /** What it does, after the program's name: 'removes files'. */
  readonly why?: string;
  readonly root?: boolean;
  /** It runs code that is not in the text. */
  readonly unseen?: boolean;
  /** Options whose next word is their value. */
  readonly valued?: string;
  /** One dash starts a whole word. */
  readonly whole?: boolean;
  /** Options with which it only shows what it would do, or only reads. */
  readonly dry?: string;
  /** Tried in order; the first that applies decides. */
  readonly when?: readonly When[];
  /** By the first operand; a key may list several. */
  readonly sub?: Readonly<Record<string, Rule | RiskLevel>>;
}

/** All conditions that are given must hold. */
export interface When {
  /** One of these options. A longer name may be cut short, as GNU programs allow, unless the level is lowered. */
  readonly has?: string;
  /** None of these. */
  readonly lacks?: string;
  /** An operand (or any argument) matches. */
  readonly word?: RegExp;
  /** All arguments, joined by blanks, match. */
  readonly text?: RegExp;
  /** So many operands at most, or at least. */
  readonly most?: number;
  readonly least?: number;
  readonly level: RiskLevel;
  readonly why?: string;
  readonly root?: boolean;
  readonly unseen?: boolean;
}

export interface Rated {
  readonly level: RiskLevel;
  readonly why: string;
  readonly root: boolean;
  readonly unseen: boolean;
  /** Subcommands that were followed: 'git push'. */
  readonly path: string;
}

const subRules = new WeakMap<object, ReadonlyMap<string, Rule>>();

function subRule(rule: Rule, name: string): Rule | undefined {
  if (!rule.sub) return undefined;
  let map = subRules.get(rule.sub);
  if (!map) {
    const made = new Map<string, Rule>();
    for (const [names, value] of Object.entries(rule.sub))
      for (const each of wordSet(names)) made.set(each, typeof value === 'string' ? { level: value } : value);
    map = made;
    subRules.set(rule.sub, made);
  }
  return map.get(name);
}

export function rate(rule: Rule, args: readonly Arg[], path: string): Rated {
  const style = { valued: rule.valued, whole: rule.whole };
  const read = readArgs(args, style);
  const root = rule.root ?? false;
  const fallback = { level: rule.level, why: rule.why ?? '', root, unseen: rule.unseen ?? false, path };
  if (rule.dry && isDry(rule.dry, read))
    return { ...fallback, level: 'read-only', unseen: false, root: false };
  for (const when of rule.when ?? []) {
    if (!applies(when, rule, args, read)) continue;
    const { level, why } = when;
    return { level, why: why ?? rule.why ?? '', root: when.root ?? root, unseen: when.unseen ?? false, path };
  }
  const [first] = read.operands;
  if (!rule.sub || !first) return fallback;
  const inner = subRule(rule, first.text);
  if (inner) {
    const at = args.indexOf(first);
    // Options before the subcommand count as well (`kubectl --dry-run=client delete`), but not those that take a word.
    const own = wordSet(rule.valued ?? '');
    const before = args.slice(0, at).filter(({ text }) => text.startsWith('-') && !own.has(text));
    const rest = [...before, ...args.slice(at + 1)];
    const merged = {
      ...inner,
      valued: `${rule.valued ?? ''} ${inner.valued ?? ''}`,
      whole: inner.whole ?? rule.whole ?? false,
    };
    const rated = rate(merged, rest, `${path} ${first.text}`);
    return { ...rated, root: rated.root || (root && rated.level !== 'read-only') };
  }
  // A subcommand that is computed may be the worst one.
  if (!first.known && first.text.length < 40)
    return { ...fallback, level: 'destructive', why: 'runs a subcommand that is not in the text' };
  return fallback;
}

/** `--dry-run=none` and `--dry-run=false` are no dry runs; an option that takes it back isn't either. */
function isDry(names: string, read: ReadArgs): boolean {
  const wanted = wordSet(names);
  const takenBack = read.options.some(({ name }) => name === '--no-dry-run');
  return (
    !takenBack &&
    read.options.some(
      ({ name, value }) => wanted.has(name) && !/^(?:none|false|no|0)$/i.test(value?.text ?? ''),
    )
  );
}

function applies(when: When, rule: Rule, args: readonly Arg[], read: ReadArgs): boolean {
  const raises = when.level === 'destructive' || rule.level === 'read-only';
  if (when.has && !(hasOption(read, when.has) || (raises && hasShortened(read, when.has)))) return false;
  if (when.lacks && hasOption(read, when.lacks)) return false;
  if (when.word && !args.some(({ text }) => when.word?.test(text))) return false;
  if (when.text && !when.text.test(args.map(({ text }) => text).join(' '))) return false;
  if (when.most !== undefined && read.operands.length > when.most) return false;
  return when.least === undefined || read.operands.length >= when.least;
}

/** `--forc` for `--force`: accepted by getopt_long and git as long as it is not ambiguous. */
function hasShortened(read: ReadArgs, names: string): boolean {
  const long = [...wordSet(names)].filter((name) => name.startsWith('--'));
  return read.options.some(
    ({ name }) => name.length >= 4 && name.startsWith('--') && long.some((each) => each.startsWith(name)),
  );
}
