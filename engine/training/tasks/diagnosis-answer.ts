import {
  type AnswerFields,
  type CitedSentence,
  type FormLog,
  type FormPiece,
  HEALTHY,
  momentText,
  NO_CAUSE,
  NO_FIELDS,
  NOT_SHOWN,
  needsDate,
  shownText,
} from '../../assistant/diagnosis/form';
import type { Signature } from '../../knowledge/signatures';
import type { Seeded } from './seeded';

/** What is true of a log that the model is shown. */
export interface Truth {
  /** Numbers of the pieces, from 0, that show the cause. Empty: nothing is wrong. */
  readonly root: number | null;
  /** null where nobody could know why from these lines. */
  readonly signature: Signature | null;
  /** Another known failure and its piece. */
  readonly other: { readonly piece: number; readonly signature: Signature } | null;
}

/** Longest quotation of a line in a sentence, in UTF-16 units. */
const QUOTED = 90;

/** The message of a piece's first line, cut at a word. */
function excerpt({ lines }: FormPiece): string {
  const text = shownText(lines[0]?.text ?? '');
  if (text.length <= QUOTED) return text;
  return text.slice(0, QUOTED).replace(/\s+\S*$/, '');
}

const cited = ({ lines }: FormPiece): number[] => lines.slice(0, 1).map(({ number }) => number);
const happened = (piece: FormPiece, title: string): CitedSentence => ({
  text: `${title}: "${excerpt(piece)}".`,
  lines: cited(piece),
});

/** First sentences of a cause, as much as a person reads at a glance. */
function shortCause(cause: string): string {
  const sentences = cause.match(/[^.]+(?:\.(?!\s|$)[^.]+)*\.(?=\s|$)/g) ?? [cause];
  const first = sentences[0]?.trim() ?? cause;
  return first.length < 90 && sentences[1] ? `${first} ${sentences[1].trim()}` : first;
}

/** The right answer to what the model is shown. */
export function rightAnswer(log: FormLog, truth: Truth, generic: boolean): AnswerFields {
  const root = truth.root === null ? undefined : log.pieces[truth.root];
  if (!root || truth.root === null) return { ...NO_FIELDS, what: [{ text: HEALTHY, lines: [] }] };
  const { signature, other } = truth;
  const rootNumber = truth.root + 1;
  const otherPiece = other ? log.pieces[other.piece] : undefined;
  const after = log.pieces.find(
    (piece) =>
      piece !== root &&
      piece !== otherPiece &&
      piece.firstLine > root.firstLine &&
      piece.severity !== 'warning',
  );
  const told = [
    {
      piece: root,
      sentence: signature ? happened(root, signature.title) : happened(root, 'An error was reported'),
    },
    ...(otherPiece && other
      ? [{ piece: otherPiece, sentence: happened(otherPiece, other.signature.title) }]
      : []),
    ...(after && !otherPiece ? [{ piece: after, sentence: happened(after, 'Errors followed') }] : []),
  ].sort((a, b) => a.piece.firstLine - b.piece.firstLine);
  const known = root.known.length > 0;
  return {
    ...NO_FIELDS,
    what: told.map(({ sentence }) => sentence),
    when: whenOf(log, root, after),
    cause: signature
      ? { text: shortCause(signature.cause), lines: cited(root), sure: generic ? 'possible' : 'likely' }
      : { text: NO_CAUSE, lines: cited(root), sure: 'unclear' },
    check: [rootNumber, ...(other && otherPiece ? [other.piece + 1] : [])],
    run: signature && !known ? (signature.commands[0]?.command ?? null) : null,
  };
}

function whenOf(log: FormLog, root: FormPiece, after: FormPiece | undefined): AnswerFields['when'] {
  // Clocks of several writers may differ: then the cause's own span is told.
  const last = after?.time && root.time && after.time.to >= root.time.from ? after : root;
  const lastLine = last.lines.at(-1);
  if (!root.time || !last.time || !lastLine) return null;
  const from = momentText(root.time.from, needsDate(log));
  const to = momentText(last.time.to, needsDate(log));
  // Only lines that are shown can be cited; the last one of a piece is.
  const shown = lastLine.number === last.lastLine;
  const lines = [...new Set([...cited(root), ...(shown ? [last.lastLine] : [])])];
  return { from, to: from === to || !shown ? null : to, lines };
}

/** Questions whose answer no such log holds. */
const ELSEWHERE = [
  'Which user changed the password?',
  'Was the certificate renewed?',
  'How full is the disk now?',
  'Which kernel version runs here?',
  'Who rebooted the machine?',
  'Is the backup from last night usable?',
  'How many CPUs does this host have?',
  'What is the IP address of the office printer?',
  'Did the deployment of last week change this?',
];

/** A question about the log and its answer. */
export function askedOf(
  log: FormLog,
  truth: Truth,
  random: Seeded,
): { question: string; answer: CitedSentence[] } {
  const root = truth.root === null ? undefined : log.pieces[truth.root];
  if (!root) {
    const question = random.pick([
      'What went wrong?',
      'Is there a problem?',
      'Why is it slow?',
      ...ELSEWHERE,
    ]);
    const wrong = /wrong|problem/.test(question);
    return { question, answer: [{ text: wrong ? HEALTHY : NOT_SHOWN, lines: [] }] };
  }
  const kinds = [
    () => ({
      question: random.pick(['When did it start?', 'Since when?', 'When did this begin?']),
      answer: root.time
        ? [{ text: `It began at ${momentText(root.time.from, needsDate(log))}.`, lines: cited(root) }]
        : [{ text: NOT_SHOWN, lines: [] }],
    }),
    () => ({
      question: random.pick([
        'What went wrong?',
        'What happened?',
        'what broke',
        'What is the main problem?',
      ]),
      answer: [happened(root, truth.signature?.title ?? 'An error was reported')],
    }),
    () => ({
      question: random.pick(['Why did this happen?', 'What is the reason?', 'root cause?', 'why']),
      answer: [
        truth.signature
          ? { text: shortCause(truth.signature.cause), lines: cited(root) }
          : { text: NO_CAUSE, lines: cited(root) },
      ],
    }),
    () => ({
      question: random.pick(['How often did it happen?', 'How many times?', 'how many of these']),
      answer: [{ text: root.count === 1 ? 'Once.' : `${root.count} times.`, lines: cited(root) }],
    }),
    () => ({
      question: random.pick(['What should I check first?', 'What next?', 'what do I do now']),
      answer: [
        truth.signature
          ? { text: `Check this first: ${truth.signature.check[0] ?? ''}.`, lines: cited(root) }
          : { text: NOT_SHOWN, lines: [] },
      ],
    }),
    () => ({ question: random.pick(ELSEWHERE), answer: [{ text: NOT_SHOWN, lines: [] }] }),
  ];
  return random.pick(kinds)();
}
