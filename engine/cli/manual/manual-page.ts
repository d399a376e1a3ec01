import {
  COMMAND_NAMES,
  type CommandName,
  commandSpec,
  EXIT_STATUSES,
  GENERAL_OPTIONS,
  type OptionName,
  optionSpec,
} from '../command-table';

/** The manual page sigma-ops(1), as roff with the macros of man(7). */
export function manualPage(version: string): string {
  return `${[
    `.TH SIGMA\\-OPS 1 "" "Sigma Ops ${roff(version)}" "User Commands"`,
    '.SH NAME',
    'sigma\\-ops \\- local operations assistant: logs, commands, a terminal',
    '.SH SYNOPSIS',
    ...COMMAND_NAMES.flatMap((name, i) => [...(i > 0 ? ['.br'] : []), synopsis(name)]),
    '.SH DESCRIPTION',
    'Explains logs with the lines to prove it and suggests commands, with a model that runs on this machine.',
    'Nothing is run, no file is changed, and no network is used.',
    '.SH COMMANDS',
    ...COMMAND_NAMES.flatMap(commandSection),
    '.SH GENERAL OPTIONS',
    ...GENERAL_OPTIONS.flatMap(optionEntry),
    '.SH EXIT STATUS',
    ...EXIT_STATUSES.flatMap(([status, meaning]) => ['.TP', `.B ${status}`, sentence(meaning)]),
    '.SH ENVIRONMENT',
    ...entry(
      'XDG_CONFIG_HOME, XDG_DATA_HOME, XDG_STATE_HOME, XDG_CACHE_HOME',
      'Where settings, chats, state and cache are, each in a folder sigma-ops.',
    ),
    ...entry('XDG_RUNTIME_DIR', 'Where the socket of the running window is.'),
    ...entry('DISPLAY, WAYLAND_DISPLAY', 'Whether a window can be started here.'),
    '.SH EXAMPLES',
    ...COMMAND_NAMES.flatMap((name) =>
      commandSpec(name).examples.flatMap(([line, what]) => ['.TP', `.B ${roff(line)}`, sentence(what)]),
    ),
  ].join('\n')}\n`;
}

function synopsis(name: CommandName): string {
  const { operands, options } = commandSpec(name);
  const parts = [
    ...(options.length > 0 ? ['[\\fIOPTION\\fR...]'] : []),
    ...(operands ? [`\\fI${roff(operands)}\\fR`] : []),
  ];
  return [`\\fBsigma\\-ops ${roff(name)}\\fR`, ...parts].join(' ');
}

function commandSection(name: CommandName): string[] {
  const { summary, about, options } = commandSpec(name);
  return [
    `.SS ${roff(name)}`,
    sentence(summary),
    ...about.flatMap((paragraph) => ['.PP', roffLine(paragraph)]),
    ...options.flatMap(optionEntry),
  ];
}

function optionEntry(name: OptionName): string[] {
  const { short, value, help } = optionSpec(name);
  const form = `${short ? `\\fB\\-${short}\\fR, ` : ''}\\fB\\-\\-${roff(name)}\\fR${value ? ` \\fI${value}\\fR` : ''}`;
  return ['.TP', form, sentence(help)];
}

const entry = (term: string, text: string): string[] => ['.TP', `.B ${roff(term)}`, roffLine(text)];

/** A summary of the table as a sentence. */
const sentence = (text: string): string => roffLine(`${text.charAt(0).toUpperCase()}${text.slice(1)}.`);

/** Text inside a line: what roff would take for its own is escaped. */
export const roff = (text: string): string =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll("'", '\\(aq')
    .replaceAll('"', '\\(dq')
    .replaceAll('`', '\\(ga')
    .replaceAll('~', '\\(ti')
    .replaceAll('^', '\\(ha');

/** A line of its own: one that begins with a dot would be a request. */
export const roffLine = (text: string): string => roff(text).replace(/^\./, '\\&.');
