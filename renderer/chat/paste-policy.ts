import type { Wish } from '../../app/contract/window-api';
import { COMMAND_LENGTH, QUESTION_LENGTH, REQUEST_LENGTH } from '../../engine/contract/limits';

/** A paste beyond either limit is a log, not a question; the model's context holds far less anyway. */
export const PASTE_MAX_CHARACTERS = 8000;
export const PASTE_MAX_LINES = 50;
export const ASK_LIMIT = QUESTION_LENGTH;
export const CHECK_LIMIT = COMMAND_LENGTH;

/** The longest text of each wish, characters, with the words for it. */
export const WISH_LIMITS: Readonly<Record<Wish, { readonly most: number; readonly what: string }>> = {
  ask: { most: ASK_LIMIT, what: 'A question' },
  suggest: { most: REQUEST_LENGTH, what: 'A request for a command' },
  check: { most: CHECK_LIMIT, what: 'A command' },
};

export function isLogPaste(text: string): boolean {
  if (text.length > PASTE_MAX_CHARACTERS) return true;
  let lines = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines++;
  return lines > PASTE_MAX_LINES;
}
