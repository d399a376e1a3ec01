import { lookUp } from '../look-up';
import { type Arg, UNKNOWN } from './args';
import { joinArgs, optionValues, readArgs } from './options';
import type { Call, Inside } from './seen';
import { shown } from './shells';
import { stdinAsCode } from './wrappers';

/**
 * Options and commands through which programs that are no wrappers still start others: `tar --to-command`,
 * `git -c alias.x='!...'`, `vim -c ':!...'`. Each is rated with the program itself.
 */
export function readHiddenCommands(call: Call): Inside[] | null {
  const read = lookUp(READERS, call.program);
  return read ? read(call) : null;
}

const self: Inside = { kind: 'self' };
const code = (arg: Arg, text = arg.text): Inside => ({ kind: 'code', code: { ...arg, text } });

/** Values of long options, attached or in the next word. */
function valuesOf(args: readonly Arg[], names: RegExp): Arg[] {
  return args.flatMap((arg, index) => {
    const match = names.exec(arg.text);
    if (!match) return [];
    const equals = arg.text.indexOf('=');
    if (equals > 0 && arg.text.startsWith('--')) return [{ ...arg, text: arg.text.slice(equals + 1) }];
    const attached = arg.text.startsWith('--') ? '' : arg.text.slice(match[0].length);
    if (attached !== '') return [{ ...arg, text: attached }];
    const next = args[index + 1];
    return next ? [next] : [];
  });
}

const optionCode =
  (names: RegExp) =>
  ({ args }: Call): Inside[] => [self, ...valuesOf(args, names).map((arg) => code(arg))];

/** Programs that are fed from the network: a shell runs whatever comes. */
const fedCode =
  (names: RegExp) =>
  ({ args }: Call): Inside[] => [
    self,
    ...valuesOf(args, names).map((arg) => code(arg, `cat - | ${arg.text}`)),
  ];

const READERS: Readonly<Record<string, (call: Call) => Inside[]>> = {
  tar: readTar,
  gtar: readTar,
  bsdtar: readTar,
  git: readGit,
  rsync: optionCode(/^(?:-[a-zA-Z]*e$|--rsh(?:=|$)|--rsync-path(?:=|$))/),
  zip: optionCode(/^(?:-TT$|--unzip-command)/),
  sort: optionCode(/^--compress-program/),
  split: optionCode(/^--filter/),
  man: optionCode(/^(?:-P|--pager|-H|--html)/),
  tcpdump: optionCode(/^-z$/),
  wget: optionCode(/^--use-askpass/),
  nc: fedCode(/^(?:-e$|-c$|--exec|--sh-exec)/),
  ncat: fedCode(/^(?:-e$|-c$|--exec|--sh-exec)/),
  netcat: fedCode(/^(?:-e$|-c$|--exec|--sh-exec)/),
  scp: readScp,
  sftp: readScp,
  socat: ({ args }) => [
    self,
    ...args.flatMap((arg) => {
      const match = /^(?:exec|system|shell):(.*?)(?:,[a-z]+.*)?$/is.exec(arg.text);
      return match ? [code(arg, `cat - | ${match[1] ?? ''}`)] : [];
    }),
  ],
  vim: readVim,
  vi: readVim,
  nvim: readVim,
  ex: readVim,
  view: readVim,
  gdb: ({ args }) => [
    self,
    ...valuesOf(args, /^(?:-ex|--ex|-eval-command|--eval-command|-iex)(?:=|$)/).flatMap((arg) => {
      const match = /^\s*(?:!|shell\s|make\s|pipe\s)(.*)$/s.exec(arg.text);
      if (match) return [code(arg, match[1] ?? '')];
      return /^\s*(?:python|source|call|print\s+\w+\()/.test(arg.text) ? [unread('gdb', arg)] : [];
    }),
    ...valuesOf(args, /^(?:-x|--command|-command)(?:=|$)/).map((arg) => unread('gdb', arg)),
  ],
  tmux: readTmux,
  screen: ({ args }) => {
    const at = args.findIndex(({ text }) => /^(?:stuff|exec)$/.test(text));
    const given = at < 0 ? null : joinArgs(args.slice(at + 1));
    return given ? [self, code(given, given.text.replace(/\^M|\\n|\\015/g, '\n'))] : [self];
  },
  at: readAt,
  batch: readAt,
  crontab: ({ args }) => [self, ...(args.length === 0 ? [] : [])],
  ansible: ({ args }) => {
    const module = valuesOf(args, /^(?:-m|--module-name)/)[0]?.text ?? 'command';
    const given = valuesOf(args, /^(?:-a|--args)/)[0];
    if (/(?:^|\.)(?:command|shell|raw|script)$/.test(module))
      return given ? [{ kind: 'code', code: given, place: 'remote' }] : [];
    if (/(?:^|\.)(?:ping|setup|debug|stat)$/.test(module)) return [];
    const removes = /state=absent|reboot/.test(`${module} ${given?.text ?? ''}`);
    return [
      {
        kind: 'note',
        level: removes ? 'destructive' : 'changes',
        why: `ansible runs the module ${module} on other machines.`,
      },
    ];
  },
  alias: ({ args }) =>
    args.flatMap((arg): Inside[] => {
      const equals = arg.text.indexOf('=');
      if (equals < 1) return [];
      return [
        { kind: 'note', level: 'changes', why: `alias gives ${arg.text.slice(0, equals)} another meaning.` },
        code(arg, arg.text.slice(equals + 1)),
      ];
    }),
  xterm: ({ args }) => {
    const at = args.findIndex(({ text }) => text === '-e');
    const given = at < 0 ? null : joinArgs(args.slice(at + 1));
    return given ? [code(given)] : [self];
  },
  emacs: ({ program, args }) => [
    self,
    ...(args.some(({ text }) =>
      /^(?:--?(?:eval|execute|load|script|funcall|batch)(?:=|$)|-l$|-f$)/.test(text),
    )
      ? [{ kind: 'unseen', why: `${program} runs Lisp code that is not read here.` } as const]
      : []),
  ],
  // Behind -- stand arguments of bash.
  capsh: ({ args, stdin }) => {
    const at = args.findIndex(({ text }) => text === '--');
    const dashes = args[at];
    return dashes
      ? [{ kind: 'argv', args: [{ ...dashes, text: 'bash' }, ...args.slice(at + 1)], stdin }]
      : [self];
  },
  less: readPager,
  more: readPager,
  complete: optionCode(/^-C/),
  ed: readEd,
  red: readEd,
  busybox: readApplet,
  toybox: readApplet,
};

/** `less +'!CMD' FILE` runs a command when it opens the file. */
function readPager({ args }: Call): Inside[] {
  const shell = args.filter(({ text }) => /^\+!/.test(text));
  return [self, ...shell.map((arg) => code(arg, arg.text.slice(2)))];
}

function readEd({ program, stdin }: Call): Inside[] {
  return stdin.kind === 'none'
    ? [self]
    : [{ kind: 'unseen', why: `${program} runs editor commands from its input.` }];
}

const unread = (program: string, arg: Arg): Inside => ({
  kind: 'unseen',
  why: `${program} runs ${shown(arg)}, which was not seen.`,
});

function readApplet({ program, args, moreArgs, stdin }: Call): Inside[] {
  const [first] = args;
  if (!first)
    return moreArgs ? [{ kind: 'unseen', why: `${program} gets the command to run from its input.` }] : [];
  return /^--(?:list|help)/.test(first.text) ? [] : [{ kind: 'argv', args, moreArgs, stdin }];
}

function readTar({ args }: Call): Inside[] {
  const actions = valuesOf(args, /^--checkpoint-action/).flatMap((arg) => {
    const match = /^exec=(.*)$/s.exec(arg.text);
    return match ? [code(arg, match[1] ?? '')] : [];
  });
  const programs = valuesOf(
    args,
    /^(?:--to-command|--use-compress-program|--rmt-command|--rsh-command|--info-script|--new-volume-script|-I$|-F$)/,
  );
  return [self, ...actions, ...programs.map((arg) => code(arg))];
}

/** Settings of git whose value git runs. */
const GIT_RUNS =
  /^(?:core\.(?:pager|editor|sshcommand|fsmonitor|askpass|gitproxy)|sequence\.editor|pager\..*|diff\..*|difftool\..*\.cmd|mergetool\..*\.cmd|merge\..*\.driver|filter\..*|credential\..*helper|gpg\..*program|uploadpack\..*|interactive\.difffilter|alias\..*)$/i;

function readGit({ args }: Call): Inside[] {
  const result: Inside[] = [self];
  const note = (arg: Arg, name: string, value: string) => {
    if (/^core\.hookspath$/i.test(name)) result.push(unread('git', { ...arg, text: value }));
    if (!GIT_RUNS.test(name) || /^(?:true|false|cat|less|vi|vim|nano|store|cache|\d*)$/.test(value)) return;
    const isAlias = /^alias\./i.test(name);
    if (!isAlias || value.startsWith('!')) result.push(code(arg, value.replace(/^!/, '')));
    else result.push(code(arg, `git ${value} ${UNKNOWN}`));
  };
  args.forEach((arg, index) => {
    const equals = arg.text.indexOf('=');
    if (/^(?:-c|--config)$/.test(args[index - 1]?.text ?? '') && equals > 0)
      note(arg, arg.text.slice(0, equals), arg.text.slice(equals + 1));
    if (/^--config-env/.test(arg.text)) result.push(unread('git', arg));
  });
  const operands = readArgs(args, { valued: '-C -c --git-dir --work-tree --namespace' }).operands;
  const [verb, name, value] = operands;
  if (verb?.text === 'config' && name && value) note(value, name.text, value.text);
  if (verb?.text === 'rebase') for (const arg of valuesOf(args, /^(?:-x|--exec)/)) result.push(code(arg));
  if (verb?.text === 'difftool') for (const arg of valuesOf(args, /^(?:-x|--extcmd)/)) result.push(code(arg));
  if (verb?.text === 'grep')
    for (const arg of valuesOf(args, /^(?:-O(?=.)|--open-files-in-pager=)/)) result.push(code(arg));
  if (/^(?:fetch|pull|clone|ls-remote|push|archive)$/.test(verb?.text ?? ''))
    for (const arg of valuesOf(
      args,
      verb?.text === 'clone' ? /^(?:-u|--upload-pack)/ : /^--(?:upload-pack|receive-pack|exec)/,
    ))
      result.push(code(arg));
  if (operands.some(({ text }) => text.startsWith('ext::')))
    result.push({ kind: 'unseen', why: 'git runs the command that the address ext:: names.' });
  return result;
}

function readScp({ args }: Call): Inside[] {
  const options = optionValues(readArgs(args, { valued: '-o -S -P -i -F -c -l -J -D -X' }), '-o');
  const proxies = options.flatMap((arg) => {
    const match = /^\s*(?:ProxyCommand|LocalCommand)\s*[=\s]\s*(.*)$/is.exec(arg.text);
    return match ? [code(arg, match[1] ?? '')] : [];
  });
  return [self, ...valuesOf(args, /^-S$/).map((arg) => code(arg)), ...proxies];
}

function readVim({ program, args, stdin }: Call): Inside[] {
  const commands = [
    ...args.filter(({ text }) => /^\+./.test(text)).map((arg) => ({ ...arg, text: arg.text.slice(1) })),
    ...valuesOf(args, /^(?:-c|--cmd)$/),
  ];
  const result = commands.flatMap((arg): Inside[] => {
    const text = arg.text.replace(/^[:\s]+/, '');
    const shell = /^(?:silent!?\s+|[\d.,$%]+)*(?:(?:r(?:ead)?|w(?:rite)?)\s*)?!(.*)$/s.exec(text);
    if (shell) return [code(arg, shell[1] ?? '')];
    if (
      /^(?:q(?:all)?!?|\d+|\$|set?\s.*|help.*|version|syntax.*|\/.*|edit.*|tabnew.*|split.*|vsplit.*)$/.test(
        text,
      )
    )
      return [];
    if (/^(?:%|1,\$)d\b/.test(text))
      return [{ kind: 'note', level: 'destructive', why: `${program} deletes every line of the file.` }];
    if (/^(?:wq?a?|x|update)!?$/.test(text) || /^[\d.,$%]*(?:s|g|norm(?:al)?|d|sort).*$/.test(text))
      return /system\(|!/.test(text)
        ? [unread(program, arg)]
        : [{ kind: 'note', level: 'changes', why: `${program} edits the file.` }];
    return [{ kind: 'unseen', why: `${program} runs an editor command that is not read here.` }];
  });
  if (/^ex$/.test(program) && stdin.kind !== 'none')
    result.push({ kind: 'unseen', why: 'ex runs editor commands from its input.' });
  return [self, ...result, ...valuesOf(args, /^-S$/).map((arg) => unread(program, arg))];
}

function readTmux({ args }: Call): Inside[] {
  const read = readArgs(args, { valued: '-f -L -S -c -T', stopAtOperand: true });
  const [verb] = read.operands;
  const { rest } = read;
  if (!verb) return [self];
  if (/^send(?:-keys)?$/.test(verb.text)) {
    const keys = readArgs(rest, { valued: '-t -N' }).operands.filter(
      ({ text }) => !/^(?:C-\w|Enter|C-m|Escape|Up|Down)$/.test(text),
    );
    const typed = joinArgs(keys);
    return typed ? [self, code(typed)] : [self];
  }
  if (
    /^(?:new(?:-session)?|new-window|neww|split-window|splitw|respawn-(?:pane|window)|run(?:-shell)?|popup|display-popup|if-shell|if|pipe-pane)$/.test(
      verb.text,
    )
  ) {
    const inner = readArgs(rest, {
      valued: `-s -n -t -c -x -y -e -F -l -p ${/popup/.test(verb.text) ? '-d -w -h' : ''}`,
      stopAtOperand: true,
    });
    const given = joinArgs(inner.operands[0] ? [inner.operands[0], ...inner.rest] : []);
    return given ? [self, code(given)] : [self];
  }
  return [self];
}

/** at and batch run their input later. */
function readAt(call: Call): Inside[] {
  const listing = call.args.some(({ text }) => /^-[a-zA-Z]*[lcrdV]/.test(text));
  if (listing) return [self];
  const file = valuesOf(call.args, /^-f/)[0];
  return file
    ? [unread(call.program, file)]
    : [
        { kind: 'note', level: 'changes', why: `${call.program} plans a command for later.` },
        ...stdinAsCode(call),
      ];
}
