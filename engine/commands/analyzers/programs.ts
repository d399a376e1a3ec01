import { type Arg, plainArg, UNKNOWN } from '../unwrap/args';
import type { Invocation } from '../unwrap/seen';
import type { Analyzer, Risk } from './analyzer';
import { type Rated, rate } from './rule';
import { findRule } from './tables';

/** Rates a program by the tables; null where nothing is known of it. */
export function rateInvocation({
  program,
  args,
  moreArgs,
}: Pick<Invocation, 'program' | 'args' | 'moreArgs'>): Rated | null {
  const rule = findRule(program);
  if (!rule) return null;
  if (asksForHelp(args)) return { level: 'read-only', why: '', root: false, unseen: false, path: program };
  return rate(rule, moreArgs ? withMore(args) : args, program);
}

/** What xargs or find adds stands behind the arguments of the text. */
function withMore(args: readonly Arg[]): readonly Arg[] {
  const last = args.at(-1) ?? { start: 0, end: 0 };
  return args.some(({ text }) => text.includes(UNKNOWN)) ? args : [...args, plainArg(UNKNOWN, last)];
}

/** `git push --help`: nothing but words of a command beside the question. `rm -rf x --help` is left alone. */
export function asksForHelp(args: readonly Arg[]): boolean {
  const asks = args.filter(({ text }) => /^--(?:help|version|usage)$/.test(text));
  const others = args.filter((arg) => !asks.includes(arg));
  return asks.length > 0 && others.length <= 2 && others.every(({ text }) => /^[a-z][a-z-]*$/.test(text));
}

/** Programs of the tables: what they remove, stop, change. */
export const programs: Analyzer = (seen) => {
  if (seen.kind !== 'invocation') return [];
  const rated = rateInvocation(seen);
  return rated ? [riskOf(rated)] : [];
};

function riskOf({ level, why, root, unseen, path }: Rated): Risk {
  const does = why || (level === 'changes' ? 'changes files or state' : 'removes or discards something');
  return {
    level,
    why: level === 'read-only' ? '' : `${path} ${does}.`,
    ...(root && { needsRoot: true }),
    ...(unseen && { runsUnseenCode: true }),
  };
}
