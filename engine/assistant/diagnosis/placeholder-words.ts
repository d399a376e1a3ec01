/**
 * Words of log lines that a placeholder of a command may stand for, by the placeholder's name. They are offered, never
 * put in: the card quotes what the person takes.
 */
const FORMS: readonly (readonly [name: RegExp, word: RegExp])[] = [
  [/^(?:UNIT|UNIT_NAME|SERVICE|SERVICE_NAME)$/, /\b([\w@.\\-]+\.(?:service|socket|timer|mount))\b/g],
  [/^PID$/, /(?:\bpid[ =:]+|\bprocess |\[)(\d{2,7})\b/gi],
  [/^(?:POD|POD_NAME)$/, /\bpod[=:" ]+(?:[\w-]+\/)?([a-z0-9][a-z0-9.-]+-[a-z0-9]+)/gi],
  [/^(?:NAMESPACE|NS)$/, /\bpod="?([a-z0-9-]+)\//gi],
  [/^(?:DEVICE|DISK|BLOCK_DEVICE)$/, /(\/dev\/[\w/-]+)\b/g],
  [/^(?:HOST|HOSTNAME|ADDRESS|SERVER)$/, /\b((?:\d{1,3}\.){3}\d{1,3}|[a-z0-9-]+(?:\.[a-z0-9-]+)+(?=:\d))/gi],
  [/^PORT$/, /(?:\bport |:)(\d{2,5})\b/g],
  [/^(?:FILE|PATH|DIR|DIRECTORY|FOLDER|MOUNT|MOUNTPOINT)$/, /(?<![\w:/])(\/[\w.+-]+(?:\/[\w.+-]+)+)/g],
  [/^(?:CONTAINER|CONTAINER_NAME)$/, /\bcontainer[=:" ]+([a-z0-9][\w.-]+)/gi],
];
const MOST = 5;

/** Values for these placeholders out of lines, the first mentioned first. */
export function placeholderWords(
  names: readonly string[],
  lines: readonly string[],
): Record<string, string[]> {
  const values: Record<string, string[]> = {};
  for (const name of names) {
    const found = FORMS.filter(([form]) => form.test(name)).flatMap(([, word]) =>
      lines.flatMap((line) => [...line.matchAll(word)].map((match) => match[1] ?? '')),
    );
    const distinct = [...new Set(found)].filter((value) => value !== '').slice(0, MOST);
    if (distinct.length > 0) values[name] = distinct;
  }
  return values;
}
