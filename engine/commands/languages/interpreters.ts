import type { Arg } from '../unwrap/args';
import { hasOption, optionValues, readArgs } from '../unwrap/options';
import type { Call, Inside } from '../unwrap/seen';
import { shown } from '../unwrap/shells';
import { perlModuleIsHarmless, perlReadsOnly } from './perl';
import { pythonReadsOnly } from './python';
import { javascriptReadsOnly, phpReadsOnly, rubyReadsOnly } from './scripts';

const unseen = (why: string): Inside => ({ kind: 'unseen', why });
const note = (level: 'changes' | 'destructive', why: string): Inside => ({ kind: 'note', level, why });

/** Modules that Python runs with -m and that only read their input and print. */
const PYTHON_MODULES =
  /^(?:json\.tool|json|this|platform|site|sysconfig|calendar|tokenize|ast|dis|pyclbr|base64|quopri|zipfile|tarfile|gzip|sys|timeit|mimetypes|webbrowser|inspect|torch\.utils\.collect_env|cProfile_|pydoc|getpass|locale)$/;

/** Programs of general languages: `-c` and `-e` code is read; a file is code that was not seen. */
export function readInterpreters(call: Call): Inside[] | null {
  const { program } = call;
  if (/^(?:python|pypy)[\d.]*$|^ipython3?$/.test(program)) return readPython(call);
  if (/^perl[\d.]*$/.test(program)) return readPerl(call);
  if (/^(?:node|nodejs|bun|deno)$/.test(program)) return readNode(call);
  if (/^(?:ruby|irb)[\d.]*$/.test(program))
    return readByOption(call, '-e', '-I -r -e -E -C -F', rubyReadsOnly);
  if (/^php[\d.]*$/.test(program))
    return readByOption(call, '-r --run', '-r --run -d -c -f -B -R -E -S -t', phpReadsOnly);
  if (
    /^(?:luajit|lua[\d.]*|Rscript|R|julia|ghci?|runghc|scala|groovy|jshell|guile|sbcl|clisp|racket|swipl|octave|elixir|erl|escript|raku|tcl|gforth|jjs|janet|crystal|dart|swift|kotlin|ocaml|stap|gnuplot|m4|java|dotnet|mono|wine|exe)$/.test(
      program,
    )
  )
    return readOther(call);
  return null;
}

const asksVersion = ({ args }: Call) =>
  args.length === 1 &&
  /^(?:--?(?:version|help)|-V+|-v|-h|-i|-m|--ini|--list-runtimes|--info|--list-sdks)$/.test(
    args[0]?.text ?? '',
  );

/** Code from the input, for programs that read it there when they are given no file. */
function fromInput(call: Call, reads: (code: string) => boolean): Inside[] {
  const { stdin, program } = call;
  if (call.moreArgs) return [unseen(`${program} runs files named by its input.`)];
  if (stdin.kind === 'none')
    return [note('changes', `${program} opens a session, in which anything can be done.`)];
  if (stdin.kind === 'text' && reads(stdin.text)) return [];
  return [unseen(`${program} runs what it reads from its input, which could not be read here.`)];
}

const codeRisk = (program: string, code: Arg, reads: (code: string) => boolean): Inside[] =>
  code.known && reads(code.text) ? [] : [unseen(`${program} runs code that is not known to only read.`)];

function readPython(call: Call): Inside[] {
  const { program, args } = call;
  if (asksVersion(call)) return [];
  const at = args.findIndex(
    ({ text }) => /^-[bBdEhiIOPqsSuvx]*[cm]/.test(text) || !text.startsWith('-') || text === '-',
  );
  const found = args[at];
  if (!found) return fromInput(call, pythonReadsOnly);
  const option = /^-[a-zA-Z]*?([cm])(.*)$/s.exec(found.text);
  if (!option || found.text === '-') {
    if (found.text === '-' || found.text === '/dev/stdin')
      return fromInput({ ...call, moreArgs: false }, pythonReadsOnly);
    return [unseen(`${program} runs ${shown(found)}, which was not seen.`)];
  }
  const value = option[2] ? { ...found, text: option[2] } : args[at + 1];
  const rest = args.slice(at + (option[2] ? 1 : 2));
  if (!value) return [unseen(`${program} gets its code from outside this text.`)];
  return option[1] === 'c' ? codeRisk(program, value, pythonReadsOnly) : pythonModule(call, value, rest);
}

function pythonModule({ program }: Call, module: Arg, rest: readonly Arg[]): Inside[] {
  const name = module.text;
  const words = rest.map(({ text }) => text);
  if (name === 'pip' || name === 'pipx' || name === 'ensurepip')
    return [{ kind: 'argv', args: [{ ...module, text: name === 'ensurepip' ? 'true' : name }, ...rest] }];
  if (
    /^(?:zipfile|tarfile|gzip)$/.test(name) &&
    !words.some((word) => /^(?:-l|--list|-t|--test)$/.test(word))
  )
    return [note('changes', `The Python module ${name} writes files.`)];
  if (name === 'json.tool' && words.filter((word) => !word.startsWith('-')).length > 1)
    return [
      { kind: 'write', target: rest.filter(({ text }) => !text.startsWith('-'))[1] as Arg, operator: '>' },
    ];
  if (name === 'timeit') {
    const codes = rest.filter(
      ({ text }, index) => !text.startsWith('-') && !/^-[nrp]$/.test(rest[index - 1]?.text ?? ''),
    );
    return codes.every(({ text, known }) => known && pythonReadsOnly(text))
      ? []
      : [unseen('timeit runs code that is not known to only read.')];
  }
  if (PYTHON_MODULES.test(name)) return [];
  if (/^(?:venv|virtualenv|compileall|py_compile|http\.server|build|smtpd)$/.test(name))
    return [note('changes', `The Python module ${name} creates files or opens a port.`)];
  return [unseen(`${program} runs the module ${name}, which was not seen.`)];
}

function readPerl(call: Call): Inside[] {
  const { args, program } = call;
  if (args.length === 1 && /^(?:-v|-V|--version|--help|-h)$/.test(args[0]?.text ?? '')) return [];
  const codes: Arg[] = [];
  const result: Inside[] = [];
  let edits = false;
  let at = 0;
  for (; at < args.length; at += 1) {
    const arg = args[at] as Arg;
    if (arg.text === '--' || !arg.text.startsWith('-') || arg.text === '-') break;
    let letters = arg.text.slice(1);
    while (letters !== '') {
      const [letter = ''] = letters;
      letters = letters.slice(1);
      if (/[eE]/.test(letter)) {
        at += 1;
        const code = args[at];
        if (code) codes.push(code);
      } else if (letter === 'i') {
        edits = true;
        letters = '';
      } else if (/[MmIFdDCx]/.test(letter)) {
        if (/[Mm]/.test(letter) && !perlModuleIsHarmless(letters.replace(/^-/, '')))
          result.push(unseen(`perl loads the module ${letters}.`));
        if (letter === 'I' && letters === '') at += 1;
        if (letter === 'd') result.push(unseen('perl starts its debugger.'));
        letters = '';
      } else if (/[0l]/.test(letter)) letters = letters.replace(/^[0-7xX]*/, '');
      else if (letter === 'c' && codes.length === 0) return [];
    }
  }
  if (codes.length === 0) {
    const file = args[at];
    if (file && file.text !== '-') return [unseen(`${program} runs ${shown(file)}, which was not seen.`)];
    return fromInput(call, perlReadsOnly);
  }
  const text = codes.map((code) => code.text).join('\n');
  if (!codes.every(({ known }) => known) || !perlReadsOnly(text))
    result.push(unseen('perl runs code that is not known to only read.'));
  const files = args.slice(at);
  if (edits) result.push(inPlace('perl', files, call.moreArgs));
  return result;
}

/** Editing named files is undoable by whoever named them; editing whatever a pattern or another command finds is not. */
export function inPlace(program: string, files: readonly Arg[], moreArgs: boolean): Inside {
  const open = moreArgs || files.some(({ glob }) => glob);
  return open
    ? note('destructive', `${program} -i overwrites each file that is found.`)
    : note('changes', `${program} -i edits the file in place.`);
}

function readNode(call: Call): Inside[] {
  const { program, args } = call;
  if (asksVersion(call)) return [];
  const valued =
    '-e --eval -p --print -pe -r --require --import --loader -C --conditions --max-old-space-size';
  const read = readArgs(args, { valued, stopAtOperand: true, whole: true });
  if (hasOption(read, '-r --require --import --loader --experimental-loader'))
    return [unseen(`${program} loads a file that was not seen.`)];
  const codes = optionValues(read, '-e --eval -p --print -pe');
  if (codes.length > 0) return codes.flatMap((code) => codeRisk(program, code, javascriptReadsOnly));
  const [file] = read.operands;
  if (program !== 'node' && program !== 'nodejs' && file) {
    if (program === 'deno' && file.text === 'eval')
      return codeRisk(program, read.rest[0] ?? file, javascriptReadsOnly);
    if (/^(?:info|--version|fmt|lint|check|pm|outdated|types)$/.test(file.text))
      return [note('changes', `${program} ${file.text} may change files.`)];
  }
  if (file && file.text !== '-') return [unseen(`${program} runs ${shown(file)}, which was not seen.`)];
  return fromInput(call, javascriptReadsOnly);
}

function readByOption(call: Call, names: string, valued: string, reads: (code: string) => boolean): Inside[] {
  const { args, program } = call;
  if (asksVersion(call)) return [];
  const read = readArgs(args, { valued, stopAtOperand: true });
  const codes = optionValues(read, names);
  const [file] = read.operands;
  const edits =
    program.startsWith('ruby') && hasOption(read, '-i')
      ? [inPlace(program, read.operands, call.moreArgs)]
      : [];
  if (program.startsWith('php') && hasOption(read, '-l') && !call.moreArgs) return [];
  if (codes.length > 0) return [...codes.flatMap((code) => codeRisk(program, code, reads)), ...edits];
  if (file && file.text !== '-') return [unseen(`${program} runs ${shown(file)}, which was not seen.`)];
  return fromInput(call, reads);
}

function readOther(call: Call): Inside[] {
  const { args, program } = call;
  if (asksVersion(call) || (args.length === 0 && call.stdin.kind === 'none'))
    return args.length === 0 ? fromInput(call, () => false) : [];
  if (
    program === 'java' &&
    args.every(({ text }) =>
      /^-(?:version|XX:\+Print\w+|XshowSettings\S*|X)$|^--(?:version|list-modules)$/.test(text),
    )
  )
    return [];
  if (program === 'dotnet' && /^--/.test(args[0]?.text ?? '')) return [];
  return [unseen(`${program} runs code that is not read here.`)];
}
