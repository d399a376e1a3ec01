import {
  COMMAND_NAMES,
  type CommandName,
  commandSpec,
  EXIT_STATUSES,
  GENERAL_OPTIONS,
  type OptionName,
  optionForm,
  optionSpec,
  optionsOf,
} from './command-table';

const WIDTH = 100;

/** `sigma-ops --help`: what there is. */
export function generalHelp(): string {
  return [
    'sigma-ops: the local operations assistant',
    '',
    ...table(
      COMMAND_NAMES.map((name) => {
        const { operands, summary } = commandSpec(name);
        return [`sigma-ops ${name}${operands ? ` ${operands}` : ''}`, summary];
      }),
    ),
    '',
    ...table([...GENERAL_OPTIONS.map(optionRow), ['--', 'everything after it is an operand']]),
    '',
    'sigma-ops COMMAND --help tells more of one command.',
    'Everything runs on this machine.',
    ...exitStatus(),
  ].join('\n');
}

/** `sigma-ops COMMAND --help`. */
export function commandHelp(name: CommandName): string {
  const { operands, summary, about, examples } = commandSpec(name);
  return [
    `sigma-ops ${name}: ${summary}`,
    '',
    `Usage: sigma-ops ${name} [OPTION...]${operands ? ` ${operands}` : ''}`,
    ...about.flatMap((paragraph) => ['', ...wrap(paragraph, WIDTH)]),
    '',
    ...table(optionsOf(name).map(optionRow)),
    ...(examples.length > 0
      ? ['', 'Examples:', ...examples.flatMap(([line, what]) => [`  ${line}`, `      ${what}`])]
      : []),
    '',
    ...exitStatus(),
  ].join('\n');
}

const exitStatus = () =>
  wrap(`Exit status: ${EXIT_STATUSES.map(([status, meaning]) => `${status} ${meaning}`).join('; ')}.`, WIDTH);

const optionRow = (name: OptionName): [string, string] => [optionForm(name), optionSpec(name).help];

/** Rows of two columns; what does not fit beside a long first column goes on below. */
function table(rows: readonly (readonly [string, string])[]): string[] {
  const left = Math.max(...rows.map(([first]) => first.length)) + 2;
  return rows.flatMap(([first, second]) => {
    const [head = '', ...rest] = wrap(second, WIDTH - left - 2);
    return [`  ${first.padEnd(left)}${head}`, ...rest.map((line) => ' '.repeat(left + 2) + line)];
  });
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
