import { shownText } from '../../assistant/diagnosis/form';
import type { Citation, Diagnosis } from '../../contract/diagnosis';
import type { EvidencePack, EvidencePiece } from '../../contract/logs';
import type { Diagnosed } from './diagnosis-json';

export interface TextOptions {
  /** Pieces of evidence are printed too. */
  readonly evidence: boolean;
  /** Width of the terminal. */
  readonly columns: number;
}

const WIDEST = 100;
const NARROWEST = 40;
/** Lines quoted below a sentence. */
const QUOTED = 2;

/** A diagnosis for people, within the terminal's width; citations stand as FILE:LINE. */
export function diagnosisText({ diagnosis, evidence }: Diagnosed, options: TextOptions): string {
  const width = Math.min(WIDEST, Math.max(NARROWEST, options.columns));
  const { summary, what, answer, checks, commands } = diagnosis;
  const sections: [heading: string, lines: string[]][] = [
    ['', wrap(summary, width)],
    ['Answer', answer.flatMap((sentence) => cited(sentence.text, sentence.citations, width))],
    [
      'What happened',
      diagnosis.healthy ? [] : what.flatMap((sentence) => cited(sentence.text, sentence.citations, width)),
    ],
    ['When', whenLines(diagnosis, width)],
    [causeHeading(diagnosis), causeLines(diagnosis, width)],
    ['What to check', checks.flatMap(({ text }) => bullet(text, width))],
    [
      'Commands (none is run)',
      commands.flatMap(({ command, why, check }) => [
        `  ${command}`,
        ...wrap(`${check ? `${check.level}: ` : ''}${why}`, width, '      '),
      ]),
    ],
    ['Evidence', options.evidence ? evidenceLines(evidence, width) : []],
  ];
  const text = sections
    .filter(([, lines]) => lines.length > 0)
    .map(([heading, lines]) => [...(heading ? [heading] : []), ...lines].join('\n'));
  return `${[...text, ...notes(diagnosis, evidence, width)].join('\n\n')}\n`;
}

function cited(text: string, citations: readonly Citation[], width: number): string[] {
  return [
    ...bullet(text, width),
    ...citations.slice(0, QUOTED).flatMap((citation) => quote(citation, width)),
  ];
}

/** `FILE:LINE: text` without the line's own time and host; the place is never cut, the text to one line. */
function quote({ file, line, text }: Citation, width: number): string[] {
  const place = `    ${file}:${line}: `;
  const said = printable(shownText(text));
  const fits = place.length <= width / 2;
  const room = Math.max(1, fits ? width - place.length : width - 8);
  const cut = said.length > room ? `${said.slice(0, room - 1)}…` : said;
  return fits ? [`${place}${cut}`] : [place.trimEnd(), `        ${cut}`];
}

function whenLines({ when }: Diagnosis, width: number): string[] {
  if (!when) return [];
  const [from, to] = [when.from, when.to].map((time) =>
    new Date(time).toISOString().slice(0, 19).replace('T', ' '),
  );
  return wrap(from === to ? `${from}` : `${from} to ${to}`, width, '  ');
}

function causeHeading({ cause }: Diagnosis): string {
  return cause?.failure ? `Likely cause (${cause.confidence} confidence): ${cause.failure.title}` : 'Cause';
}

function causeLines({ cause }: Diagnosis, width: number): string[] {
  if (!cause) return [];
  const source = cause.source.kind === 'model' ? 'the model' : cause.source.name;
  return [
    ...wrap(cause.text, width, '  '),
    ...(cause.unsupported ? wrap(`Not borne out: ${cause.unsupported}`, width, '  ') : []),
    ...cause.citations.slice(0, QUOTED).flatMap((citation) => quote(citation, width)),
    ...wrap(`${cause.because} Source: ${source}.`, width, '  '),
  ];
}

function evidenceLines({ pieces, leftOut, gaps }: EvidencePack, width: number): string[] {
  return [
    ...pieces.flatMap((piece, at) => pieceLines(piece, at + 1, width)),
    ...gaps.map(
      ({ line, from, to }) => `  Silence of ${Math.round((to - from) / 1000)} s before line ${line}`,
    ),
    ...(leftOut > 0 ? [`  ${leftOut} more kinds of lines with signs of trouble were left out.`] : []),
  ];
}

function pieceLines(piece: EvidencePiece, label: number, width: number): string[] {
  const { severity, count, firstLine, lastLine, lines, failures, reason } = piece;
  const where = firstLine === lastLine ? `line ${firstLine}` : `lines ${firstLine} to ${lastLine}`;
  return [
    `  E${label} ${severity} ${count}x, ${where}, ${reason}`,
    ...failures.map(({ title, line }) => `    known: ${title} (line ${line})`),
    ...lines.map(({ number, text }) => {
      const shown = `    L${number}: ${printable(text)}`;
      return shown.length > width ? `${shown.slice(0, width - 1)}…` : shown;
    }),
  ];
}

function notes({ dropped }: Diagnosis, { document }: EvidencePack, width: number): string[] {
  const left =
    dropped === 0
      ? []
      : [
          `${dropped} ${dropped === 1 ? 'sentence' : 'sentences'} of the model left out: the lines do not bear it out.`,
        ];
  return [...left, ...document.warnings].map((note) => wrap(note, width).join('\n'));
}

const bullet = (text: string, width: number): string[] => {
  const [first = '', ...rest] = wrap(printable(text), width, '    ');
  return [`  - ${first.trimStart()}`, ...rest];
};

/** A log's control characters, escape codes among them, do nothing to the terminal. */
const printable = (text: string): string => text.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, ' ');

/** Breaks a text into lines of a width; a longer word stands alone. */
export function wrap(text: string, width: number, indent = ''): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of printable(text).split(/\s+/).filter(Boolean)) {
    if (line !== '' && indent.length + line.length + 1 + word.length > width) {
      lines.push(indent + line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, indent + line];
}
