import type { Script, SimpleCommand } from '../parse/syntax';
import { type Arg, argsOf } from '../unwrap/args';
import { readContainers } from '../unwrap/containers';
import { eachStatement } from '../unwrap/each-statement';
import { readIterators } from '../unwrap/iterators';
import { baseName } from '../unwrap/program-name';
import type { Call, Place } from '../unwrap/seen';
import { NO_VARIABLES } from '../unwrap/variables';
import { unwrap } from '../unwrap/wrappers';

/** A program as it stands in the text, with the arguments that are its own: those of `sudo -u x ls -l` are `-u x`. */
export interface CommandUse {
  readonly program: Arg;
  readonly args: readonly Arg[];
  /** What a wrapper runs; those words are another use. */
  readonly inner: readonly Arg[];
  /** Arguments behind these were left out: code, or another command. */
  readonly isCut: boolean;
  readonly place: Place;
  /** It is a file that the program before it reads or writes (`sbatch train.sh`), and need not be on PATH. */
  readonly isFile: boolean;
  /** The program that the outermost wrapper belongs to is the command's first word. */
  readonly command: SimpleCommand;
}

/** All uses of programs whose words stand in the text itself. Code in quotes is left to the rating. */
export function usesIn(script: Script): CommandUse[] {
  const uses: CommandUse[] = [];
  eachStatement(script, (statement) => {
    if (statement.kind !== 'command') return;
    const args = statement.words.flatMap((word) => argsOf(word, NO_VARIABLES));
    peel(args, 'here', statement, uses, false);
  });
  return uses;
}

/** Programs whose operand is a file, though on some system or in some form it is a command. */
const TAKES_FILE = /^(?:sbatch|script)$/;

function peel(
  args: readonly Arg[],
  place: Place,
  command: SimpleCommand,
  into: CommandUse[],
  isFile: boolean,
): void {
  const [program, ...rest] = args;
  if (!program) return;
  const call: Call = {
    program: baseName(program.text),
    args: rest,
    moreArgs: false,
    stdin: { kind: 'none' },
  };
  const inside = readIterators(call) ?? readContainers(call) ?? unwrap(call) ?? [];
  const inner = inside.flatMap((each) => (each.kind === 'argv' && each.args.length > 0 ? [each] : []));
  const starts = inner.map(({ args: [first] }) => first?.start ?? Number.POSITIVE_INFINITY);
  const ends = inner.map(({ args: list }) => list.at(-1)?.end ?? 0);
  const own = rest.filter(
    ({ start }) => !starts.some((from, index) => start >= from && start < (ends[index] ?? 0)),
  );
  const code = inside.find((each) => each.kind === 'code');
  const asCode =
    code?.kind === 'code' && own.length > 1 ? own.filter(({ start }) => start < code.code.start) : own;
  const kept = code ? asCode : own;
  const end = kept.at(-1)?.end ?? 0;
  into.push({
    program,
    args: kept,
    isCut: rest.some((arg) => arg.start >= end && !kept.includes(arg)),
    inner: inner.flatMap((each) => each.args),
    place,
    isFile,
    command,
  });
  const takesFile = TAKES_FILE.test(call.program);
  for (const each of inner) peel(each.args, each.place ?? place, command, into, takesFile);
}
