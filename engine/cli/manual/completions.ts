import {
  COMMAND_NAMES,
  type CommandName,
  commandSpec,
  GENERAL_OPTIONS,
  type OptionName,
  optionSpec,
  optionsOf,
  type ShellName,
} from '../command-table';

/** The completion script of a shell. */
export function completions(shell: ShellName): string {
  return { bash, zsh, fish }[shell]();
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
const words = (name: CommandName): readonly string[] => {
  const { completes } = commandSpec(name);
  return Array.isArray(completes) ? completes : [];
};
const takesFiles = (name: CommandName): boolean => commandSpec(name).completes === 'file';
const ALL_OPTIONS = [...new Set(COMMAND_NAMES.flatMap((name) => optionsOf(name)))];

function bash(): string {
  const valued = (kind: 'file' | 'folder' | undefined) =>
    ALL_OPTIONS.filter((name) => optionSpec(name).value && optionSpec(name).completes === kind)
      .map((name) => `--${name}`)
      .join('|');
  const cases = COMMAND_NAMES.map((name) => {
    const operands = takesFiles(name) ? 'files=1' : `words=${quoted(words(name).join(' '))}`;
    const options = optionsOf(name).map((option) => `--${option}`);
    return `    ${name}) options=${quoted(options.join(' '))}; ${operands} ;;`;
  });
  return `# bash completions of sigma-ops, made from its table of commands
_sigma_ops() {
  local current=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]}
  local command='' options='' words='' files='' i line
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    case \${COMP_WORDS[i]} in
      -*) ;;
      *) command=\${COMP_WORDS[i]}; break ;;
    esac
  done
  case $command in
    '') options=${quoted(GENERAL_OPTIONS.map((name) => `--${name}`).join(' '))}; words=${quoted(COMMAND_NAMES.join(' '))} ;;
${cases.join('\n')}
  esac
  case $before in
    ${valued('file')}) words='' options='' files=1 ;;
    ${valued('folder')})
      compopt -o filenames 2>/dev/null
      while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -d -- "$current")
      return ;;
    ${valued(undefined)}) return ;;
  esac
  if [[ $current == -* ]]; then
    while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -W "$options" -- "$current")
    return
  fi
  if [[ -n $files ]]; then
    compopt -o filenames 2>/dev/null
    while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "$current")
    return
  fi
  while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -W "$words" -- "$current")
}
complete -F _sigma_ops sigma-ops
`.replace('', '');
}

/** Text inside a specification of _arguments or _describe. */
const inSpec = (text: string): string => text.replace(/[\\[\]:]/g, '\\$&');

function zsh(): string {
  const option = (name: OptionName): string => {
    const { value, completes, help, short } = optionSpec(name);
    const action = completes === 'file' ? '_files' : completes === 'folder' ? '_files -/' : '';
    const rest = `[${inSpec(help)}]${value ? `:${value}:${action}` : ''}`;
    return short ? `'(-${short} --${name})'{-${short},--${name}}${quoted(rest)}` : quoted(`--${name}${rest}`);
  };
  const cases = COMMAND_NAMES.map((name) => {
    const operand = takesFiles(name)
      ? [quoted('*:file:_files')]
      : words(name).length > 0
        ? [quoted(`1:word:(${words(name).join(' ')})`)]
        : [];
    const specs = [...optionsOf(name).map(option), ...operand];
    return `    (${name})\n      _arguments -s ${specs.join(' \\\n        ')} ;;`;
  });
  const described = COMMAND_NAMES.map(
    (name) => `    ${quoted(`${name}:${inSpec(commandSpec(name).summary)}`)}`,
  );
  return `#compdef sigma-ops
# zsh completions of sigma-ops, made from its table of commands
_sigma-ops() {
  local context state state_descr line
  typeset -A opt_args
  local -a commands
  commands=(
${described.join('\n')}
  )
  _arguments -C ${GENERAL_OPTIONS.map(option).join(' ')} '1: :->command' '*:: :->rest'
  case $state in
    (command) _describe -t commands 'command' commands ;;
    (rest) case $words[1] in
${cases.join('\n')}
    esac ;;
  esac
}
if [[ $funcstack[1] == _sigma-ops ]]; then
  _sigma-ops "$@"
else
  compdef _sigma-ops sigma-ops
fi
`;
}

function fish(): string {
  const option = (name: OptionName, when: string): string => {
    const { value, completes, help, short } = optionSpec(name);
    const argument = !value
      ? ''
      : completes === 'file'
        ? ' -r -F'
        : completes === 'folder'
          ? " -x -a '(__fish_complete_directories)'"
          : ' -x';
    return `complete -c sigma-ops -n ${quoted(when)} -l ${name}${short ? ` -s ${short}` : ''}${argument} -d ${quoted(help)}`;
  };
  const within = (name: CommandName) => `__fish_seen_subcommand_from ${name}`;
  return `# fish completions of sigma-ops, made from its table of commands
complete -c sigma-ops -f
${[
  ...COMMAND_NAMES.map(
    (name) =>
      `complete -c sigma-ops -n __fish_use_subcommand -a ${name} -d ${quoted(commandSpec(name).summary)}`,
  ),
  ...GENERAL_OPTIONS.map((name) => option(name, 'true')),
  ...COMMAND_NAMES.flatMap((name) => [
    ...commandSpec(name).options.map((one) => option(one, within(name))),
    ...(takesFiles(name) ? [`complete -c sigma-ops -n ${quoted(within(name))} -F`] : []),
    ...(words(name).length > 0
      ? [`complete -c sigma-ops -n ${quoted(within(name))} -a ${quoted(words(name).join(' '))}`]
      : []),
  ]),
].join('\n')}
`;
}
