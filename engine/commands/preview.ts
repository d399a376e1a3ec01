import { lookUp } from './look-up';
import type { ShellParser, ShellText, SimpleCommand, Statement, Word } from './parse/syntax';
import { rateText } from './risk';
import { baseName } from './unwrap/program-name';

/** Wrappers that are kept before the preview. */
const KEPT = /^(?:sudo|doas|nice|nohup|time|timeout|command|env)$/;

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * A command that only shows what this one would do: its own dry run, or the same files listed. Null where there is
 * none. Whatever is proposed is rated again, so nothing but a reading command is ever called a preview.
 */
export function previewOf(text: string, parsed: ShellText, parser: ShellParser): string | null {
  if (!parsed.parsed) return null;
  const commands = commandsToEdit(parsed.script.statements);
  if (!commands) return null;
  const edits: Edit[] = [];
  for (const { command, inLoop } of commands) {
    const proposed = (inLoop ? echoed(command) : null) ?? editsFor(command, text);
    if (proposed) edits.push(...proposed);
  }
  if (edits.length === 0) return null;
  const preview = applyEdits(text, edits).trim();
  const again = parser.parse(preview);
  return preview !== text && again.parsed && rateText(again, parser).level === 'read-only' ? preview : null;
}

function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = text;
  for (const { start, end, text: put } of [...edits].sort((a, b) => b.start - a.start))
    result = result.slice(0, start) + put + result.slice(end);
  return result.replace(/ {2,}/g, ' ');
}

/** One command, the commands of a pipeline or list, or those in a loop over files. */
function commandsToEdit(
  statements: readonly Statement[],
  inLoop = false,
): { command: SimpleCommand; inLoop: boolean }[] | null {
  const found: { command: SimpleCommand; inLoop: boolean }[] = [];
  for (const statement of statements) {
    const inner =
      statement.kind === 'command'
        ? [{ command: statement, inLoop }]
        : statement.kind === 'pipeline'
          ? commandsToEdit(statement.commands, inLoop)
          : statement.kind === 'list'
            ? commandsToEdit([statement.left, statement.right], inLoop)
            : statement.kind === 'for' || statement.kind === 'while'
              ? commandsToEdit(statement.body, true)
              : null;
    if (!inner) return null;
    found.push(...inner);
  }
  return found;
}

const CHANGES_FILES =
  /^(?:rm|rmdir|mv|cp|ln|chmod|chown|unlink|shred|kill|mkdir|touch|docker|kubectl|git|ssh|systemctl|scp|convert|ffmpeg|gzip)$/;

/** In a loop the command is shown for each value instead of being run. */
function echoed(command: SimpleCommand): Edit[] | null {
  const [first] = command.words;
  if (!first || command.redirects.length > 0 || !CHANGES_FILES.test(first.literal ?? '')) return null;
  return [{ start: first.start, end: first.start, text: 'echo ' }];
}

function editsFor(command: SimpleCommand, text: string): Edit[] | null {
  let words = command.words;
  while (words[0]?.literal && KEPT.test(words[0].literal)) {
    const wrapper = words[0].literal;
    words = words.slice(1);
    while (
      /^-|^\w+=/.test(words[0]?.text ?? '') ||
      (wrapper === 'timeout' && /^\d/.test(words[0]?.text ?? ''))
    )
      words = words.slice(/^-[ug]$/.test(words[0]?.text ?? '') ? 2 : 1);
  }
  const [program, ...args] = words;
  if (!program?.literal) return null;
  const name = baseName(program.literal);
  return lookUp(EDITORS, name)?.({ program, args, text }) ?? null;
}

interface Context {
  readonly program: Word;
  readonly args: readonly Word[];
  readonly text: string;
}

const isOption = ({ text }: Word) => text.startsWith('-') && text !== '-';
const operandsOf = (args: readonly Word[]) => args.filter((word) => !isOption(word));
const replaceAll = ({ program, args }: Context, put: string): Edit[] => [
  { start: program.start, end: args.at(-1)?.end ?? program.end, text: put },
];
const insertAfter = (word: Word | undefined, put: string): Edit[] | null =>
  word ? [{ start: word.end, end: word.end, text: ` ${put}` }] : null;
const join = (words: readonly Word[]) => words.map(({ text }) => text).join(' ');

/** The same files, listed. */
const listed = (context: Context): Edit[] | null => {
  const files = operandsOf(context.args);
  return files.length > 0 ? replaceAll(context, `ls -ld -- ${join(files)}`) : null;
};

const dryRun =
  (option: string, verbs?: RegExp) =>
  ({ program, args }: Context): Edit[] | null => {
    const verb = operandsOf(args)[0];
    if (verbs && !verbs.test(verb?.text ?? '')) return null;
    return insertAfter(verbs ? verb : program, option);
  };

const GIT: Readonly<Record<string, (rest: readonly Word[]) => string | null>> = {
  reset: () => 'git diff HEAD',
  checkout: (rest) => `git diff ${join(rest.filter(({ text }) => !/^-f$|^--force$/.test(text)))}`,
  restore: (rest) => `git diff ${join(rest.filter(({ text }) => !isOption({ text } as Word)))}`,
  branch: (rest) => `git log --oneline -5 ${join(operandsOf(rest))}`,
  tag: (rest) => `git show --stat ${join(operandsOf(rest))}`,
  stash: (rest) => (rest[0]?.text === 'drop' ? `git stash show -p ${join(rest.slice(1))}` : 'git stash list'),
};

function git(context: Context): Edit[] | null {
  const [verb, ...rest] = context.args;
  if (!verb || isOption(verb)) return null;
  if (/^(?:clean|rm|push|add|mv|prune|fetch)$/.test(verb.text)) return insertAfter(verb, '--dry-run');
  const put = lookUp(GIT, verb.text)?.(rest);
  return put ? replaceAll(context, put.trim()) : null;
}

function find({ args }: Context): Edit[] | null {
  const edits: Edit[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at] as Word;
    if (word.literal === '-delete') edits.push({ start: word.start, end: word.end, text: '-print' });
    if (!/^-(?:exec|execdir|ok|okdir)$/.test(word.text)) continue;
    let to = at;
    while (to < args.length - 1 && !/^(?:;|\+)$/.test(args[to]?.literal ?? '')) to += 1;
    edits.push({ start: word.start, end: args[to]?.end ?? word.end, text: '-print' });
    at = to;
  }
  return edits;
}

function xargs({ args }: Context): Edit[] | null {
  let at = 0;
  while (at < args.length && isOption(args[at] as Word))
    at += /^-[IndLPsEa]$/.test(args[at]?.text ?? '') ? 2 : 1;
  const command = args[at];
  return command ? [{ start: command.start, end: command.start, text: 'echo ' }] : null;
}

function sed({ args }: Context): Edit[] | null {
  const word = args.find(({ text }) => /^-[nErsuz]*i|^--in-place/.test(text));
  if (!word) return null;
  const kept = word.text.startsWith('--') ? '' : word.text.slice(1, word.text.indexOf('i'));
  return [{ start: word.start, end: word.end, text: kept === '' ? '' : `-${kept}` }];
}

function kill(context: Context): Edit[] | null {
  const pids = context.args.filter(
    ({ text }) => !/^-/.test(text) && !/^(?:TERM|KILL|HUP|INT|\d)$/.test(text),
  );
  return pids.length > 0 ? replaceAll(context, `ps -fp ${join(pids)}`) : null;
}

function pkill(context: Context): Edit[] | null {
  const kept = context.args.filter(
    ({ text }) => !/^-(?:\d+|[A-Z][A-Z0-9]*|SIG\w+|-signal.*|e|q)$/.test(text),
  );
  return replaceAll(context, `pgrep -a ${join(kept)}`);
}

function terraform(context: Context): Edit[] | null {
  const [verb, ...rest] = context.args;
  const kept = join(rest.filter(({ text }) => !/auto-approve/.test(text)));
  if (verb?.text === 'destroy')
    return replaceAll(context, `${context.program.text} plan -destroy ${kept}`.trim());
  return verb?.text === 'apply' ? replaceAll(context, `${context.program.text} plan ${kept}`.trim()) : null;
}

function docker(context: Context): Edit[] | null {
  const [verb, second] = context.args;
  if (verb?.text === 'compose') return insertAfter(verb, '--dry-run');
  if (verb?.text === 'system' && second?.text === 'prune')
    return replaceAll(context, `${context.program.text} system df`);
  if (verb?.text === 'volume' && second?.text === 'prune')
    return replaceAll(context, `${context.program.text} volume ls -f dangling=true`);
  if (verb?.text === 'image' && second?.text === 'prune')
    return replaceAll(context, `${context.program.text} image ls -f dangling=true`);
  const names = operandsOf(context.args.slice(1));
  return /^(?:rm|kill|rmi)$/.test(verb?.text ?? '') && names.length > 0
    ? replaceAll(context, `${context.program.text} inspect ${join(names)}`)
    : null;
}

function aws({ args }: Context): Edit[] | null {
  const last = args.at(-1);
  return insertAfter(last, args[0]?.text === 's3' ? '--dryrun' : '--dry-run');
}

function kubectl({ args }: Context): Edit[] | null {
  const verb = args.find(({ text }) =>
    /^(?:delete|apply|replace|drain|scale|create|patch|label|annotate|taint|cordon|uncordon|run|expose|set|autoscale|rollout)$/.test(
      text,
    ),
  );
  return verb ? insertAfter(verb, '--dry-run=client') : null;
}

function pacman(context: Context): Edit[] | null {
  return insertAfter(context.args[0], '-p');
}

const EDITORS: Readonly<Record<string, (context: Context) => Edit[] | null>> = {
  rm: listed,
  unlink: listed,
  rmdir: listed,
  shred: listed,
  truncate: listed,
  find,
  xargs,
  sed,
  git,
  kill,
  pkill,
  killall: pkill,
  terraform,
  tofu: terraform,
  docker,
  podman: docker,
  kubectl,
  oc: kubectl,
  aws,
  pacman,
  rsync: dryRun('--dry-run --itemize-changes'),
  apt: dryRun('--simulate'),
  'apt-get': dryRun('--simulate'),
  dnf: dryRun('--assumeno'),
  yum: dryRun('--assumeno'),
  dpkg: dryRun('--dry-run'),
  rpm: dryRun('--test'),
  apk: dryRun('--simulate'),
  zypper: dryRun('--dry-run', /^(?:remove|rm|install|in|update|up|patch|dup)$/),
  npm: dryRun('--dry-run', /^(?:install|uninstall|update|publish|prune|ci|dedupe)$/),
  pip: dryRun('--dry-run', /^install$/),
  helm: dryRun('--dry-run', /^(?:install|upgrade|uninstall|rollback)$/),
  logrotate: dryRun('--debug'),
  wipefs: dryRun('--no-act'),
  lvremove: dryRun('--test'),
  vgremove: dryRun('--test'),
  'ansible-playbook': dryRun('--check'),
  patch: dryRun('--dry-run'),
  systemctl: ({ args }) => {
    const [verb] = args;
    return verb && /^(?:stop|restart|disable|enable|start|reload|kill|mask)$/.test(verb.text)
      ? [{ start: verb.start, end: verb.end, text: 'status' }]
      : null;
  },
};
