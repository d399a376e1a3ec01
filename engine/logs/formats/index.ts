import { Format } from './format';

const FILES: Readonly<Record<string, string>> = import.meta.glob('./data/*.json', {
  eager: true,
  query: '?raw',
  import: 'default',
});

/** All known forms of logs, in the order in which they are tried. */
export const formats: readonly Format[] = Object.entries(FILES)
  .map(([file, text]) => ({ file, format: Format.parse(JSON.parse(text)) }))
  .sort((a, b) => a.format.rank - b.format.rank || (a.file < b.file ? -1 : 1))
  .map(({ format }) => format);
