/**
 * How much anything may be that comes from outside a process: the window's calls, files, pastes. In one place, so
 * that a person can read what the app takes in at most. The schemas of the contracts use them; SECURITY.md names them.
 * Lengths of text are UTF-16 units.
 */

/** A question of the chat. */
export const QUESTION_LENGTH = 32_000;
/** A request for a command, and a question about a log. */
export const REQUEST_LENGTH = 4000;
/** A command that is checked. */
export const COMMAND_LENGTH = 20_000;
/** A command on its way to the prompt, before it is cleaned. */
export const INSERT_LENGTH = 100_000;

/** What goes along with a question: how many pieces, the text of each, the label on its chip. */
export const ATTACHMENTS = 8;
export const ATTACHMENT_LENGTH = 20_000;
export const ATTACHMENT_LABEL_LENGTH = 200;

/** A pasted log. Larger ones are opened as a file. */
export const PASTED_LOG_LENGTH = 64 * 1024 * 1024;
/** Files that make up one log. */
export const FILES_PER_LOG = 200;
/** Text of one log line that leaves the log process; the rest is cut and said to be. */
export const LINE_LENGTH_SHOWN = 8192;
/** Lines that one call returns. */
export const LINES_PER_CALL = 2000;
/** Text that a log is searched for, and a question in SQL with its rows. */
export const SEARCH_LENGTH = 2000;
export const SQL_LENGTH = 20_000;
export const SQL_ROWS = 1000;
/** A bookmark's note. */
export const NOTE_LENGTH = 500;

/** A path of the file system. */
export const PATH_LENGTH = 4096;
/** One message of keys or pasted text to a terminal, and what the clipboard is given. */
export const TERMINAL_INPUT_LENGTH = 4 * 1024 * 1024;
export const CLIPBOARD_LENGTH = 16 * 1024 * 1024;

/** Turns of a conversation that go to the model, each of them, and the tokens that it writes at most. */
export const CHAT_TURNS = 10_000;
export const TURN_LENGTH = 4 * 1024 * 1024;
export const ANSWER_TOKENS = 512;

/** Calls of one window that are under way at once, and how many it may begin: so many at once, then a second. */
export const OPEN_CALLS = 256;
export const CALL_BURST = 2000;
export const CALLS_PER_SECOND = 500;
/** Name of a method. */
export const METHOD_LENGTH = 64;
