import { expect, it } from 'vitest';
import script from './pwsh.ps1?raw';

const PAIRS: Readonly<Record<string, string>> = { '(': ')', '{': '}', '[': ']' };

/**
 * Reads PowerShell as its tokenizer does, as far as nesting goes: quotes, escapes, comments, brackets, and
 * expressions inside strings. Returns what is still open at the end, or the place of the first mistake.
 */
function unbalanced(text: string): string | null {
  const open: string[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    const inString = open.at(-1) === '"';
    if (character === '`') at++;
    else if (character === '"') {
      if (!inString) open.push('"');
      else if (text.charAt(at + 1) === '"') at++;
      else open.pop();
    } else if (inString) {
      if (character === '$' && text.charAt(at + 1) === '(') {
        open.push(')');
        at++;
      }
    } else if (character === "'") {
      const end = text.indexOf("'", at + 1);
      if (end < 0) return `' at ${at}`;
      at = end;
    } else if (character === '#' && /(?:^|[\s;{(])$/.test(text.slice(0, at))) {
      at = Math.max(at, text.indexOf('\n', at) - 1);
    } else if (PAIRS[character]) open.push(PAIRS[character]);
    else if (')}]'.includes(character) && open.pop() !== character) return `${character} at ${at}`;
  }
  return open.length > 0 ? `open: ${open.join('')}` : null;
}

it('reads strings, comments and brackets', () => {
  expect(unbalanced(`"a $(b "c)" 'd)') e" # )\n { '(' }`)).toBeNull();
  expect(unbalanced('if ($x) { "a$(b }"')).not.toBeNull();
  expect(unbalanced('"a')).not.toBeNull();
});

it('is whole: every bracket, string and expression ends', () => {
  expect(unbalanced(script)).toBeNull();
  expect(unbalanced(script.replace(/\}(?=[^}]*$)/, ''))).not.toBeNull();
});

it('says all that the terminal waits for, with the secret, and takes that out of the environment', () => {
  for (const said of ["'A'", "'B'", "'C'", '"D;', '"E;', '"P;Cwd=']) {
    expect(script).toContain(`__SigmaTell ${said}`);
  }
  expect(script).toMatch(/\]633;\$Message;\$Global:__SigmaNonce\$\(\[char\]7\)/);
  expect(script.trimEnd().split('\n').at(-1)).toBe('Remove-Item Env:SIGMA_OPS_NONCE -ErrorAction Ignore');
});
