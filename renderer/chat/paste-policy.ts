/** A paste beyond either limit is a log, not a question; the model's context holds far less anyway. */
export const PASTE_MAX_CHARACTERS = 8000;
export const PASTE_MAX_LINES = 50;
/** Limits of `chat.send`, `chat.suggest` and `chat.check` in app/contract/window-api.ts. */
export const ASK_LIMIT = 32_000;
export const SUGGEST_LIMIT = 4000;
export const CHECK_LIMIT = 20_000;

export function isLogPaste(text: string): boolean {
  if (text.length > PASTE_MAX_CHARACTERS) return true;
  let lines = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines++;
  return lines > PASTE_MAX_LINES;
}
