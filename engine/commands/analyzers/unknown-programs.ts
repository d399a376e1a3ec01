import type { Analyzer } from './analyzer';
import { asksForHelp, rateInvocation } from './programs';

/** Words that nearly always mean what they say, in subcommands of programs that stand in no table. */
const REMOVING =
  /^(?:--?)?(?:delete|del|remove|rm|destroy|purge|drop|wipe|erase|terminate|kill|prune|uninstall|deinstall|flush|reset|format|truncate|shred|evict|drain|decommission|nuke|obliterate|unregister|deregister|shutdown|poweroff|reboot|force|clean|clear|rollback|revert|overwrite|zap|gpureset|gpu-reset|factory-reset|hard-reset)(?:[-_:][a-z-]+|all)?$|[-_:.](?:delete|remove|destroy|purge|drop|wipe|erase|kill|prune|terminate|truncate|flushall|flush)$/i;

/** How many words of an unknown program are looked at; what follows is data. */
const WORDS = 4;

/** Programs of which nothing is known: at least a change, and more where their words say so. */
export const unknownPrograms: Analyzer = (seen) => {
  if (seen.kind !== 'invocation' || rateInvocation(seen)) return [];
  const { program, args } = seen;
  if (asksForHelp(args)) return [];
  if (
    /(?:rm|delete|destroy|wipe|erase|purge|uninstall|kill|shred)[-_]?(?:all|-?disk|files?|data)?$/i.test(
      program,
    )
  )
    return [{ level: 'destructive', why: `By its name ${program} removes or ends something.` }];
  const removing = args.slice(0, WORDS).find(({ text }) => REMOVING.test(text));
  if (removing)
    return [
      {
        level: 'destructive',
        why: `Nothing is known of ${program}, and ${removing.text} says that it removes or discards.`,
      },
    ];
  // A wrapper that stands in no table: the command it runs stands among its words.
  for (const [index, { text }] of args.entries()) {
    const inner = rateInvocation({ program: text, args: args.slice(index + 1), moreArgs: false });
    if (inner?.level === 'destructive' && !inner.unseen)
      return [
        {
          level: 'destructive',
          why: `${program} may run ${text}, which ${inner.why || 'removes something'}.`,
        },
      ];
  }
  return [{ level: 'changes', why: `Nothing is known of ${program}, so it may change something.` }];
};
