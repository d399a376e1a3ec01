/** Characters that mean nothing to the shell anywhere in a word. A tilde counts at the start of a path only. */
const PLAIN = /^(?:~\/)?[\w@%+=:,./-]+$/;

/** A text as one word of the shell. */
export const shellQuote = (text: string): string =>
  PLAIN.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

/** Which quotes are open at a place of a command. */
export function openQuote(command: string, at: number): "'" | '"' | '' {
  let open: "'" | '"' | '' = '';
  for (let index = 0; index < at; index++) {
    const char = command[index];
    if (char === '\\' && open !== "'") index++;
    else if (open === '' && (char === "'" || char === '"')) open = char;
    else if (char === open) open = '';
  }
  return open;
}

/** A text as it is put into a command at a place: quoted, or escaped for the quotes that are open there. */
export function quoteFor(command: string, at: number, text: string): string {
  switch (openQuote(command, at)) {
    case "'":
      return text.replaceAll("'", "'\\''");
    case '"':
      return text.replace(/["\\$`]/g, '\\$&');
    default:
      return shellQuote(text);
  }
}
