import { type Signature, SignatureFile } from './signature';

export type { Signature } from './signature';

/** The text of every file in data/, by its path; Vite puts them into the build. */
const FILES: Readonly<Record<string, string>> = import.meta.glob('./data/*.json', {
  eager: true,
  query: '?raw',
  import: 'default',
});

interface Ready {
  readonly signature: Signature;
  readonly pattern: RegExp;
  readonly unless: RegExp | null;
  readonly generic: boolean;
}

let loaded: readonly Ready[] | undefined;

function ready(): readonly Ready[] {
  loaded ??= Object.keys(FILES)
    .sort()
    .flatMap((file) =>
      SignatureFile.parse(JSON.parse(FILES[file] ?? '[]')).map((signature) => ({ file, signature })),
    )
    .map(({ file, signature }) => ({
      signature,
      generic: file.endsWith('/zz-generic.json'),
      pattern: new RegExp(signature.match.pattern, 'i'),
      unless: signature.match.unless === undefined ? null : new RegExp(signature.match.unless, 'i'),
    }));
  return loaded;
}

/** Every failure that is known, in the order of the data files. */
export const allSignatures = (): readonly Signature[] => ready().map(({ signature }) => signature);

/** Longest part of a line that is looked at, in characters: what failed stands near its start. */
const LOOKED_AT = 2000;

/** The known failures that this line shows, in the order of the data files; most lines show none. */
export function signaturesOf(line: string): Signature[] {
  const text = line.slice(0, LOOKED_AT);
  const lower = text.toLowerCase();
  return ready()
    .filter(
      ({ signature, pattern, unless }) =>
        lower.includes(signature.match.needs) && pattern.test(text) && !unless?.test(text),
    )
    .map(({ signature }) => signature);
}

/** One known failure by its id, with whether any program can have it: 'Connection refused' says less than its own words. */
export function signatureById(id: string): { signature: Signature; generic: boolean } | null {
  return ready().find(({ signature }) => signature.id === id) ?? null;
}
