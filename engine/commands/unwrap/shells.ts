import { type Arg, UNKNOWN } from './args';
import { joinArgs, readArgs } from './options';
import type { Call, Inside } from './seen';
import { stdinAsCode } from './wrappers';

const SHELLS = /^(?:r?bash|sh|dash|ash|zsh|[mop]?ksh(?:93)?|fish|yash|csh|tcsh|posh)(?:-?\d[\d.]*)?$/;

/** Shells, eval, source and trap: code as text, from a file, or from the input. */
export function readShells(call: Call): Inside[] | null {
  const { program, args } = call;
  if (program === 'eval') {
    if (call.moreArgs) return [{ kind: 'unseen', why: 'eval gets code that is not in the text.' }];
    const code = joinArgs(args[0]?.text === '--' ? args.slice(1) : args);
    return code ? [{ kind: 'code', code }] : [];
  }
  if (program === '.' || program === 'source') return readSource(call);
  if (program === 'trap') {
    const [code, ...signals] = args.filter(({ text }) => text !== '--');
    if (!code || code.text.startsWith('-') || signals.length === 0) return [];
    return [{ kind: 'code', code }];
  }
  if (/^(?:pwsh|powershell|cmd|osascript|tclsh|wish|expect|nu|xonsh|elvish)(?:\.exe)?$/.test(program))
    return args.length === 1 && /^--?(?:version|help)$/i.test(args[0]?.text ?? '') ? [] : unreadable(call);
  return SHELLS.test(program) ? readShell(call) : null;
}

const unreadable = ({ program }: Call): Inside[] => [
  { kind: 'unseen', why: `${program} runs code in a language that is not read here.` },
];

function readSource(call: Call): Inside[] {
  const [file] = call.args.filter(({ text }) => text !== '--');
  if (!file) return [];
  if (/^\/dev\/(?:stdin|fd\/0)$/.test(file.text) && call.stdin.kind === 'text') return stdinAsCode(call);
  return [{ kind: 'unseen', why: `${call.program} runs the code in ${shown(file)}, which was not seen.` }];
}

function readShell(call: Call): Inside[] {
  const { args, program } = call;
  if (args.length === 1 && /^--(?:version|help)$/.test(args[0]?.text ?? '')) return [];
  const read = readArgs(args.map(plusAsDash), {
    valued: '-o -O --rcfile --init-file',
    stopAtOperand: true,
    whole: false,
  });
  const names = new Set(read.options.map(({ name }) => name));
  const [first] = read.operands;
  const rcFile = read.options.find(({ name }) => name === '--rcfile' || name === '--init-file');
  const before: Inside[] = rcFile
    ? [{ kind: 'unseen', why: `${program} runs the code in ${shown(rcFile.value)}, which was not seen.` }]
    : [];
  if (names.has('-n') && !names.has('-c')) return before;
  if (names.has('-c') || names.has('--command')) {
    const attached = read.options.find(({ name, value }) => name === '--command' && value)?.value;
    const code = attached ?? first;
    if (code) return [...before, { kind: 'code', code }];
    return [...before, { kind: 'unseen', why: `${program} gets its code from outside this text.` }];
  }
  const fromInput =
    names.has('-s') || !first || /^(?:-|\/dev\/stdin|\/dev\/fd\/0|\/proc\/self\/fd\/0)$/.test(first.text);
  if (!fromInput)
    return [...before, { kind: 'unseen', why: `${program} runs ${shown(first)}, which was not seen.` }];
  if (call.moreArgs) return [...before, { kind: 'unseen', why: `${program} runs files named by its input.` }];
  const code = stdinAsCode(call);
  return code.length > 0 || before.length > 0
    ? [...before, ...code]
    : [{ kind: 'note', level: 'changes', why: `${program} opens a shell, in which anything can be done.` }];
}

/** `bash +x -c code`: options that are switched off. */
const plusAsDash = (arg: Arg): Arg =>
  /^\+[a-zA-Z]+$/.test(arg.text) ? { ...arg, text: arg.text.replace('+', '-').replace(/[nc]/g, '') } : arg;

export function shown(arg: Arg | null | undefined): string {
  if (!arg) return 'a file';
  if (/^\/dev\/fd\//.test(arg.text)) return 'the output of another command';
  return arg.text.includes(UNKNOWN) ? 'a file whose name is not in the text' : arg.text;
}
