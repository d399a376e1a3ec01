import { lookUp } from '../look-up';
import { type Arg, plainArg } from './args';
import { environmentRisk } from './environment';
import {
  commandIn,
  hasOption,
  joinArgs,
  type OptionStyle,
  optionValues,
  type ReadArgs,
  readArgs,
  wordSet,
} from './options';
import type { Call, Inside } from './seen';
import { WRAPPERS, type Wrapper } from './wrapper-table';

/** Options before the subcommand whose value is the next word, where a key of the table has subcommands. */
const GLOBAL_VALUED: Readonly<Record<string, string>> = {
  docker: '-H --host -c --context -l --log-level --config -f --file -p --project-name --profile --env-file',
  'docker-compose': '-f --file -p --project-name --profile --env-file --project-directory',
  podman: '--log-level --url --connection -c --root --runroot',
  nerdctl: '-n --namespace -H --host -a --address',
  crictl: '-r --runtime-endpoint -c --config -t --timeout',
  kubectl:
    '-n --namespace --context --kubeconfig -s --server --cluster --user --as --as-group --token --request-timeout -v',
  oc: '-n --namespace --context --kubeconfig --config -s --server --token',
  git: '-C -c --git-dir --work-tree --namespace',
  ip: '-n -netns -f -family -b -batch',
  gcloud: '--project --account --configuration --format',
  az: '--subscription -o --output',
};

const keys = new Map<string, string[][]>();
for (const key of Object.keys(WRAPPERS)) {
  const words = key.split(' ');
  const program = words[0] as string;
  keys.set(program, [...(keys.get(program) ?? []), words.slice(1)]);
}

/** Whether the table knows the program, with or without subcommands. */
export const wrapsCommands = (program: string): boolean => keys.has(program);

export function findWrapper(
  program: string,
  args: readonly Arg[],
): { wrapper: Wrapper; args: readonly Arg[] } | null {
  const candidates = keys.get(program);
  if (!candidates) return null;
  const plain = lookUp(WRAPPERS, program);
  if (candidates.length === 1 && plain) return { wrapper: plain, args };
  const valued = wordSet(lookUp(GLOBAL_VALUED, program) ?? '');
  const path: string[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const text = args[at]?.text ?? '';
    if (text.startsWith('-')) {
      if (valued.has(text)) at += 1;
      continue;
    }
    path.push(text);
    const possible = candidates.filter((words) => path.every((word, index) => words[index] === word));
    if (possible.some((words) => words.length === path.length && possible.length === 1)) {
      const wrapper = lookUp(WRAPPERS, [program, ...path].join(' '));
      return wrapper ? { wrapper, args: args.slice(at + 1) } : null;
    }
    if (possible.length === 0) break;
  }
  return plain ? { wrapper: plain, args } : null;
}

/** The programs that only change how another command runs, by their table. Null: it is none of them. */
export function unwrap(call: Call): Inside[] | null {
  const found = findWrapper(call.program, call.args);
  if (!found) return null;
  if (isQuestion(call)) return [{ kind: 'self' }];
  const asUser =
    call.program === 'runuser' && call.args.some(({ text }) => /^(?:-u|--user(?:=.*)?)$/.test(text));
  const wrapper: Wrapper = asUser
    ? { valued: '-u --user -g --group -G -s --shell -w', root: true }
    : found.wrapper;
  const pairs = wordSet(wrapper.pairs ?? '');
  const args = found.args.filter((_, at) => !pairs.has(found.args[at - 2]?.text ?? ''));
  const inside = insideOf(call, wrapper, args);
  return wrapper.self ? [...inside, { kind: 'self' }] : inside;
}

/** Forms of these programs that run nothing. */
function isQuestion({ program, args }: Call): boolean {
  const first = args[0]?.text ?? '';
  if (program === 'command') return /^-[a-zA-Z]*[vV]/.test(first);
  // `taskset -p 123` looks at a process; a -p behind the command belongs to that.
  if (/^(?:taskset|chrt|ionice)$/.test(program))
    return hasOption(
      // -c is a flag of taskset: the list of cores is an operand.
      readArgs(args, {
        valued: program === 'ionice' ? '-c --class -n --classdata' : '',
        stopAtOperand: true,
      }),
      '-p -P --pid',
    );
  return args.length === 1 && /^--(?:help|version)$/.test(first);
}

function insideOf(call: Call, wrapper: Wrapper, args: readonly Arg[]): Inside[] {
  const where = { ...(wrapper.place && { place: wrapper.place }), ...(wrapper.root && { root: true }) };
  const valued = `${wrapper.valued ?? ''} ${wrapper.code ?? ''}`;
  const style = { valued, whole: wrapper.whole, stopAtOperand: true };
  const all = readArgs(args, { ...style, stopAtOperand: wrapper.form !== 'dashes' });
  const result: Inside[] = [];
  const split = call.program === 'env' ? splitEnv(call, all, style) : null;
  if (split) return split;
  for (const code of optionValues(all, wrapper.code ?? '')) result.push({ kind: 'code', code, ...where });
  result.push(...codeInOptions(call, all));
  let tail = wrapper.form === 'dashes' ? afterDashes(args) : tailOf(args, style);
  if (wrapper.assignments) result.push(...assignmentsOf(tail).flatMap(environmentRisk));
  if (wrapper.assignments) tail = skipAssignments(tail);
  const dashes = wrapper.operands ? args.findIndex(({ text }) => text === '--') : -1;
  if (wrapper.form === 'dashes') {
    if (
      tail.length === 0 &&
      !wrapper.self &&
      all.operands.filter(({ text }) => text !== '-').length > 1 &&
      result.length === 0
    )
      result.push({ kind: 'unseen', why: `${call.program} runs a script whose content is not known here.` });
  } else if (wrapper.operands && wrapper.place === 'container' && dashes >= 0) tail = args.slice(dashes + 1);
  else
    for (let operand = 0; operand < (wrapper.operands ?? 0); operand += 1) {
      // Options may follow an operand, code among them: `flock FILE -c CODE`, `ssh HOST -t CMD`.
      const step = readArgs(tail.slice(1), style);
      for (const code of optionValues(step, wrapper.code ?? ''))
        result.push({ kind: 'code', code, ...where });
      tail = tailOf(tail.slice(1), style);
    }
  if (wrapper.assignments) tail = skipAssignments(tail);
  const joined = joinArgs(tail);
  if (
    tail.length > 0 &&
    result.some(({ kind }) => kind === 'code') &&
    wrapper.code &&
    wrapper.form !== 'words'
  )
    return result;
  if (joined) {
    const asCode =
      wrapper.form === 'code' || (call.program === 'sudo' && hasOption(all, '-s -i --shell --login'));
    if (asCode) result.push({ kind: 'code', code: joined, ...where });
    else result.push({ kind: 'argv', args: tail, moreArgs: call.moreArgs, stdin: call.stdin, ...where });
  } else if (call.moreArgs)
    result.push({ kind: 'unseen', why: `${call.program} gets the command to run from its input.` });
  else if (wrapper.root && result.length === 0) result.push({ kind: 'argv', args: [], root: true });
  const shell = wrapper.stdinIsCode || hasOption(all, '-s -i --shell --login');
  if (!joined && result.every(({ kind }) => kind === 'argv') && shell)
    result.push(...stdinAsCode(call, where));
  return result;
}

/** `env -S 'CMD ARGS' MORE`: the text is split into words, and the other words follow. */
function splitEnv(call: Call, all: ReadArgs, style: OptionStyle): Inside[] | null {
  const [first] = optionValues(all, '-S --split-string');
  if (!first) return null;
  const rest = tailOf(call.args, style).map(({ text }) => `'${text.replaceAll("'", "'\\''")}'`);
  return [{ kind: 'code', code: { ...first, text: [first.text, ...rest].join(' ') } }];
}

/** Code in the value of an option whatever the wrapper: `ssh -o ProxyCommand='...'`. */
function codeInOptions({ program }: Call, read: ReadArgs): Inside[] {
  if (!/^(?:ssh|scp|sftp|autossh)$/.test(program)) return [];
  return optionValues(read, '-o').flatMap((value): Inside[] => {
    const code = /^\s*(?:ProxyCommand|LocalCommand|KnownHostsCommand|RemoteCommand)\s*[=\s]\s*(.*)$/is.exec(
      value.text,
    );
    return code && code[1]?.toLowerCase() !== 'none'
      ? [{ kind: 'code', code: { ...value, text: code[1] ?? '' } }]
      : [];
  });
}

/** What a program that reads commands from its input gets there. */
export function stdinAsCode(
  call: Call,
  where: Pick<Inside & { kind: 'code' }, 'place' | 'root'> = {},
): Inside[] {
  const { stdin, program } = call;
  if (stdin.kind === 'none') return [];
  if (stdin.kind === 'unknown') {
    const from = stdin.from === 'pipe' ? 'the output of another command' : 'a file';
    return [{ kind: 'unseen', why: `${program} runs ${from} as code, which can't be read here.` }];
  }
  return [{ kind: 'code', code: plainArg(stdin.text, spanOf(call)), fromInput: true, ...where }];
}

const spanOf = ({ args }: Call) => ({ start: args[0]?.start ?? 0, end: args.at(-1)?.end ?? 0 });

const tailOf = (args: readonly Arg[], style: OptionStyle) => commandIn(readArgs(args, style));

function afterDashes(args: readonly Arg[]): readonly Arg[] {
  const at = args.findIndex(({ text }) => text === '--');
  return at < 0 ? [] : args.slice(at + 1);
}

const assignmentsOf = (args: readonly Arg[]): readonly Arg[] =>
  args.slice(0, args.length - skipAssignments(args).length);

function skipAssignments(args: readonly Arg[]): readonly Arg[] {
  let at = 0;
  while (/^[A-Za-z_]\w*=/.test(args[at]?.text ?? '') || (at > 0 && args[at]?.text === '--')) at += 1;
  return args.slice(at);
}
