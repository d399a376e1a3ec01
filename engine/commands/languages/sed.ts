import type { CodeFinding } from './sql';

const UNREAD: CodeFinding = { kind: 'unseen', why: 'The sed script could not be read.' };

/** A sed script: only the commands w, W and e (and the flags w and e of s) reach beyond its output. */
export function readSed(script: string): CodeFinding[] {
  const findings: CodeFinding[] = [];
  let at = 0;
  const writes = (file: string) => {
    if (!/^\/dev\/std(?:out|err)$/.test(file.trim()))
      findings.push({
        kind: 'note',
        level: 'destructive',
        why: `The sed script writes over the file ${file.trim()}.`,
      });
  };
  const restOfLine = () => {
    const [line = ''] = /^[^\n]*/.exec(script.slice(at)) ?? [];
    at += line.length;
    return line;
  };
  const delimited = (delimiter: string): boolean => {
    let inClass = false;
    for (; at < script.length; at += 1) {
      const c = script[at];
      if (c === '\\') at += 1;
      else if (c === '[' && !inClass && script.indexOf(']', at + 2) > 0) inClass = false;
      else if (c === delimiter && !inClass) {
        at += 1;
        return true;
      }
    }
    return false;
  };
  const address = (): boolean => {
    const [number] = /^(?:\d+(?:~\d+)?|\$|[+~]\d+)/.exec(script.slice(at)) ?? [];
    if (number) at += number.length;
    else if (script[at] === '/' || script[at] === '\\') {
      at += script[at] === '\\' ? 1 : 0;
      const delimiter = script[at] ?? '';
      at += 1;
      if (!delimited(delimiter)) return false;
      at += /^[IM]*/.exec(script.slice(at))?.[0].length ?? 0;
    }
    return true;
  };
  while (at < script.length) {
    at += /^[\s;]*/.exec(script.slice(at))?.[0].length ?? 0;
    if (at >= script.length) break;
    if (!address()) return [...findings, UNREAD];
    at += /^\s*/.exec(script.slice(at))?.[0].length ?? 0;
    if (script[at] === ',') {
      at += 1 + (/^\s*/.exec(script.slice(at + 1))?.[0].length ?? 0);
      if (!address()) return [...findings, UNREAD];
    }
    at += /^[\s!]*/.exec(script.slice(at))?.[0].length ?? 0;
    const command = script[at] ?? '';
    at += 1;
    if (/^[{}=dDgGhHnNpPxFz]$/.test(command)) continue;
    if (/^[lLqQ]$/.test(command)) at += /^\s*\d*/.exec(script.slice(at))?.[0].length ?? 0;
    else if (/^[btT:]$/.test(command)) at += /^[^;\n}]*/.exec(script.slice(at))?.[0].length ?? 0;
    else if (/^[aic]$/.test(command)) {
      let line = restOfLine();
      while (line.endsWith('\\') && at < script.length) {
        at += 1;
        line = restOfLine();
      }
    } else if (/^[rR#v]$/.test(command)) restOfLine();
    else if (/^[wW]$/.test(command)) writes(restOfLine());
    else if (command === 'e') {
      const code = restOfLine().trim();
      findings.push(
        code === '' ? { kind: 'unseen', why: 'sed runs its input as commands.' } : { kind: 'shell', code },
      );
    } else if (command === 's' || command === 'y') {
      const delimiter = script[at] ?? '';
      at += 1;
      if (!delimited(delimiter) || !delimited(delimiter)) return [...findings, UNREAD];
      const [flags = ''] = /^[gpiImMe0-9]*/.exec(script.slice(at)) ?? [];
      at += flags.length;
      if (command === 's' && flags.includes('e'))
        findings.push({ kind: 'unseen', why: 'sed runs what it replaces as a command.' });
      if (script[at] === 'w') {
        at += 1;
        writes(restOfLine());
      }
    } else return [...findings, UNREAD];
  }
  return findings;
}
