import type { Seen } from '../unwrap/seen';
import type { Analyzer } from './analyzer';
import { rateInvocation } from './programs';

/** Folders that belong to root on an ordinary system. */
const SYSTEM_FOLDER =
  /^\/(?:etc|usr|boot|lib(?:32|64)?|s?bin|opt|srv|root|sys|proc\/sys(?:rq-trigger)?|var\/(?:lib|log|cache|spool|www|run)|run|dev\/(?!null$|std|tty$|fd\/|shm\/|tcp\/|udp\/))(?:\/|$|(?<=\/dev\/)\S)/;

/** Rights of root: asked for by sudo and its kin, or needed by what is changed. */
export const rootRights: Analyzer = (seen) => {
  if (seen.kind === 'elevated')
    return [
      {
        level: 'read-only',
        why: `${seen.program} runs it with the rights of another user.`,
        needsRoot: true,
      },
    ];
  if (seen.kind === 'write') {
    if (seen.place !== 'here' || !SYSTEM_FOLDER.test(seen.target.text)) return [];
    return [{ level: 'read-only', why: `Only root may write to ${seen.target.text}.`, needsRoot: true }];
  }
  if (seen.kind !== 'invocation' || seen.place !== 'here' || readsOnly(seen)) return [];
  const target = targetsOf(seen).find((text) => SYSTEM_FOLDER.test(text));
  return target ? [{ level: 'read-only', why: `Only root may change ${target}.`, needsRoot: true }] : [];
};

const readsOnly = (seen: Seen & { kind: 'invocation' }) =>
  (rateInvocation(seen)?.level ?? 'read-only') === 'read-only';

/** Of cp, install and rsync only the last operand is changed. */
function targetsOf({ program, args }: Seen & { kind: 'invocation' }): string[] {
  const paths = args.map(({ text }) => text.replace(/^of=/, '')).filter((text) => text.startsWith('/'));
  if (
    !/^(?:rm|rmdir|unlink|mv|cp|ln|install|tee|touch|mkdir|chmod|chown|chgrp|truncate|shred|dd|rsync|sed|find)$/.test(
      program,
    )
  )
    return [];
  return /^(?:cp|ln|install|rsync)$/.test(program)
    ? paths.filter((path) => path === args.at(-1)?.text)
    : paths;
}
