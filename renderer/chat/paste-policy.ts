/** A paste beyond either limit is a log, not a question; the model's context holds far less anyway. */
export const PASTE_MAX_CHARACTERS = 8000;
export const PASTE_MAX_LINES = 50;
export {
  COMMAND_LENGTH as CHECK_LIMIT,
  QUESTION_LENGTH as ASK_LIMIT,
  REQUEST_LENGTH as SUGGEST_LIMIT,
} from '../../engine/contract/limits';

export function isLogPaste(text: string): boolean {
  if (text.length > PASTE_MAX_CHARACTERS) return true;
  let lines = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines++;
  return lines > PASTE_MAX_LINES;
}
