import type { CommandFinding } from '../../contract/commands';
import type { Operator, Word } from '../parse/syntax';
import { baseName } from '../unwrap/program-name';
import type { CommandUse } from './uses';

const finding = (
  severity: CommandFinding['severity'],
  message: string,
  { start, end }: { start: number; end: number },
): CommandFinding => ({
  kind: 'quoting',
  severity,
  message,
  start,
  end,
});

/** Words that the shell changes before the program sees them, where that is hardly meant. */
export function quotingFindings(
  uses: readonly CommandUse[],
  operators: readonly Operator[],
  text: string,
): CommandFinding[] {
  const findings = uses.flatMap((use) => inUse(use));
  for (const { start, end } of operators.filter((each) => each.text === '&')) {
    const before = /[^\s'"]*$/.exec(text.slice(0, start))?.[0] ?? '';
    if (/:\/\/.*\?/.test(before) && /\S/.test(text[end] ?? ' '))
      findings.push(
        finding('error', 'The shell ends the command at & in this address; quote the address.', {
          start: start - before.length,
          end,
        }),
      );
  }
  for (const match of text.matchAll(/[\u201c\u201d\u2018\u2019]|(?<=\s)[\u2013\u2014]\w?/g)) {
    const span = { start: match.index, end: match.index + match[0].length };
    const isDash = /[\u2013\u2014]/.test(match[0]);
    findings.push(
      finding(
        'error',
        isDash
          ? 'This dash is a typographic one; the program expects -.'
          : 'This quote is a typographic one; the shell does not know it.',
        span,
      ),
    );
  }
  return findings;
}

function inUse({ program, args, command }: CommandUse): CommandFinding[] {
  const name = baseName(program.text);
  const words = command.words.filter((word) => args.some(({ start }) => start === word.start));
  switch (name) {
    case 'find':
      return words.flatMap((word, index) => {
        const option = words[index - 1]?.text ?? '';
        if (!/^-(?:i?name|i?path|i?wholename|i?regex|i?lname)$/.test(option) || !hasGlob(word)) return [];
        return [
          finding(
            'warning',
            `The shell replaces ${word.text} by matching file names before find sees it; quote it.`,
            word,
          ),
        ];
      });
    case 'grep':
    case 'egrep':
    case 'rg': {
      const pattern = words.find((word) => !word.text.startsWith('-'));
      if (!pattern || !/[*?]/.test(globsOf(pattern))) return [];
      return [
        finding(
          'warning',
          `The shell may replace the pattern ${pattern.text} by matching file names; quote it.`,
          pattern,
        ),
      ];
    }
    case 'awk':
    case 'gawk':
    case 'mawk': {
      const code = words.find((word) =>
        word.parts.some(
          (part) => part.kind === 'expansion' && part.quoted && /^(?:\d|NF|NR)$/.test(part.name),
        ),
      );
      return code
        ? [
            finding(
              'error',
              'In double quotes the shell replaces $1 before awk sees it; use single quotes.',
              code,
            ),
          ]
        : [];
    }
    case 'perl':
    case 'jq': {
      const code = words.find(
        (word) =>
          /[{(.]/.test(word.text) && word.parts.some((part) => part.kind === 'expansion' && part.quoted),
      );
      return code
        ? [
            finding(
              'warning',
              `In double quotes the shell replaces variables before ${name} sees them; use single quotes.`,
              code,
            ),
          ]
        : [];
    }
    case 'kubectl':
    case 'oc': {
      const path = words.find((word) => /jsonpath=|custom-columns=/.test(word.text) && hasGlob(word));
      return path
        ? [finding('warning', 'The shell may change the brackets of this path; quote it.', path)]
        : [];
    }
    default:
      return [];
  }
}

const hasGlob = (word: Word) => word.parts.some((part) => part.kind === 'glob');
const globsOf = (word: Word) => word.parts.map((part) => (part.kind === 'glob' ? part.value : '')).join('');
