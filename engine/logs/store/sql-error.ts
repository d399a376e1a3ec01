import { AppError } from '../../contract/errors';

/** Lines of our own before the person's text in the view that it is run as; places are told without them. */
export const ANSWER_LINES = 1000;

/** What DuckDB says of a question, in words for a person and with the place in it, as far as that is known. */
export function sqlError(thrown: unknown, query: string): AppError {
  if (thrown instanceof AppError) return thrown;
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  if (/Out of Memory/i.test(text) || /max_temp_directory_size/.test(text)) {
    return new AppError(
      'too-large',
      'The question needs more memory than it is given. Ask about fewer lines, or sort and group less at once.',
      text,
    );
  }
  if (/Permission Error/i.test(text) || /disabled (?:by|through) configuration/i.test(text)) {
    return new AppError(
      'invalid-input',
      'A question can read this log only: no files, no network, no other log.',
      text,
    );
  }
  const said =
    /(?:Parser|Binder|Catalog|Conversion|Invalid Input|Out of Range|Syntax|Not implemented) Error: ([\s\S]*)/i.exec(
      text,
    );
  if (!said)
    return new AppError('internal', 'The question could not be answered. The log is unchanged.', text);
  const [message = ''] = (said[1] ?? '').split(/\n\s*LINE \d+:/, 1);
  return new AppError('invalid-input', `${tidy(message)}${placeOf(text, query)}`, text);
}

function tidy(message: string): string {
  const lines = message
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  // DuckDB guesses among its own tables, too.
  const guess = /^(Table with name .* does not exist)/.exec(lines[0] ?? '');
  if (guess) return `${guess[1]}. The tables are log and patterns.`;
  const whole = lines.join(' ').replace(/!(?= |$)/g, '.');
  return /[.?!]$/.test(whole) ? whole : `${whole}.`;
}

/** ` At line 1, character 8.`, read from the caret that DuckDB prints under an excerpt of the text. */
function placeOf(text: string, query: string): string {
  const found = /\n(LINE (\d+): )(.*)\n( *)\^/.exec(text);
  if (!found) return '';
  const [, head = '', number = '1', excerpt = '', indent = ''] = found;
  const row = Number(number) > ANSWER_LINES ? Number(number) - ANSWER_LINES : Number(number);
  const line = query.split('\n')[row - 1] ?? '';
  const cut = excerpt.startsWith('...') ? 3 : 0;
  const within = line.indexOf(excerpt.slice(cut).replace(/\.\.\.$/, ''));
  const column = indent.length - head.length - cut + Math.max(0, within) + 1;
  return column >= 1 ? ` At line ${row}, character ${column}.` : '';
}
