import { type Arg, UNKNOWN } from './args';
import { commandIn, hasOption, joinArgs, optionValues, readArgs } from './options';
import type { Call, Inside } from './seen';

const fill = (args: readonly Arg[], pattern: string | RegExp): Arg[] =>
  args.map((arg) => {
    const text = arg.text.replaceAll(pattern as string, UNKNOWN);
    return text === arg.text ? arg : { ...arg, text, known: false };
  });

/** find, fd, xargs, parallel, run-parts: they run a command for each of many files. */
export function readIterators(call: Call): Inside[] | null {
  switch (call.program) {
    case 'find':
    case 'gfind':
    case 'bfs':
      return readFind(call);
    case 'fd':
    case 'fdfind':
      return readFd(call);
    case 'xargs':
    case 'gxargs':
      return readXargs(call);
    case 'parallel':
      return readParallel(call);
    case 'forfiles':
    case 'run-parts':
      return hasWord(call, '--test --list --help')
        ? []
        : [{ kind: 'unseen', why: `${call.program} runs files that were not seen.` }];
    default:
      return null;
  }
}

const hasWord = ({ args }: Call, words: string) => args.some(({ text }) => words.split(' ').includes(text));

function readFind(call: Call): Inside[] {
  const result: Inside[] = [{ kind: 'self' }];
  const { args } = call;
  for (let at = 0; at < args.length; at += 1) {
    if (!/^-(?:exec|execdir|ok|okdir)$/.test(args[at]?.text ?? '')) continue;
    let end = at + 1;
    while (
      end < args.length &&
      args[end]?.text !== ';' &&
      !(args[end]?.text === '+' && args[end - 1]?.text === '{}')
    )
      end += 1;
    result.push({ kind: 'argv', args: fill(args.slice(at + 1, end), '{}'), moreArgs: true });
    at = end;
  }
  return result;
}

function readFd(call: Call): Inside[] {
  const at = call.args.findIndex(({ text }) => /^(?:-x|-X|--exec|--exec-batch)$/.test(text));
  const attached = call.args.find(({ text }) => /^(?:--exec|--exec-batch)=|^-[xX]./.test(text));
  if (attached) {
    const code = attached.text.replace(/^(?:--[a-z-]+=|-[xX])/, '');
    return [{ kind: 'code', code: { ...attached, text: `${code} ${UNKNOWN}`, known: false } }];
  }
  if (at < 0) return [{ kind: 'self' }];
  const tail = call.args.slice(at + 1);
  const end = tail.findIndex(({ text }) => text === ';');
  const command = end < 0 ? tail : tail.slice(0, end);
  return [
    { kind: 'self' },
    { kind: 'argv', args: fill(command, /\{(?:\/|\/\/|\.|\/\.)?\}/g), moreArgs: true },
  ];
}

const XARGS_VALUED =
  '-a --arg-file -d --delimiter -E -I -L --max-lines -n --max-args -P --max-procs -s --max-chars -R -J -S --process-slot-var';

function readXargs(call: Call): Inside[] {
  const read = readArgs(call.args, { valued: XARGS_VALUED, stopAtOperand: true });
  const tail = commandIn(read);
  const replaced = [
    ...optionValues(read, '-I -J --replace'),
    ...(hasOption(read, '-i --replace') ? [{ text: '{}' }] : []),
  ];
  const filled = replaced.reduce<readonly Arg[]>(
    (args, { text }) => (text === '' ? args : fill(args, text)),
    tail,
  );
  return tail.length === 0 ? [] : [{ kind: 'argv', args: filled, moreArgs: true }];
}

const PARALLEL_VALUED =
  '-j --jobs -P -n --max-args -N -a --arg-file -S --sshlogin --slf --sshloginfile -I --colsep -C --delay --timeout --retries --joblog --results --tmpdir --workdir --wd --load --memfree --halt -d --delimiter --env -L --basefile --return --tagstring --block --recstart --recend';

function readParallel(call: Call): Inside[] {
  const cut = call.args.findIndex(({ text }) => /^:{3,4}\+?$/.test(text));
  const head = cut < 0 ? call.args : call.args.slice(0, cut);
  const read = readArgs(head, { valued: PARALLEL_VALUED, stopAtOperand: true });
  if (hasOption(read, '--version --help --citation --dry-run --dryrun')) return [];
  const tail = commandIn(read);
  const code = joinArgs(fill(tail, /\{(?:\d*[./#%]*|\/\/|\/\.)\}/g));
  if (code) {
    // Arguments are put behind the command where no {} stands.
    const more = code.known ? { ...code, text: `${code.text} ${UNKNOWN}`, known: false } : code;
    return [
      { kind: 'code', code: more, ...(hasOption(read, '-S --sshlogin') && { place: 'remote' as const }) },
    ];
  }
  const commands = cut >= 0 && call.args[cut]?.text === ':::' ? call.args.slice(cut + 1) : [];
  if (commands.length > 0) return commands.map((each) => ({ kind: 'code', code: each }));
  return [{ kind: 'unseen', why: 'parallel runs lines of its input as commands.' }];
}
