const SIMPLE: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** The value of what stands between $' and ': bash's escapes, so that $'\x72m' is read as rm. */
export function unescapeAnsiC(body: string): string {
  return body.replace(
    /\\(x[0-9a-fA-F]{1,2}|u[0-9a-fA-F]{1,4}|U[0-9a-fA-F]{1,8}|[0-7]{1,3}|c[\s\S]|[\s\S])/g,
    (_, sequence: string) => {
      const [first = ''] = sequence;
      if (/^[xuU].+/.test(sequence)) return codePoint(Number.parseInt(sequence.slice(1), 16));
      if (/^[0-7]/.test(sequence)) return codePoint(Number.parseInt(sequence, 8) & 0xff);
      if (first === 'c' && sequence.length === 2) return codePoint((sequence.charCodeAt(1) || 0) & 0x1f);
      return SIMPLE[sequence] ?? (/[\\'"?]/.test(sequence) ? sequence : `\\${sequence}`);
    },
  );
}

const codePoint = (value: number) => (value <= 0x10ffff ? String.fromCodePoint(value) : '');
