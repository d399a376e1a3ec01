import type { Cause, Confidence, Diagnosis, Finding, Sentence } from '../../contract/diagnosis';
import type { EvidencePack, EvidencePiece } from '../../contract/logs';
import { claimConfidence } from '../claim-support';
import { unsupportedReason } from './bears-out';
import { lower } from './confidence';
import { type AnswerFields, type CitedSentence, momentText, NOT_SHOWN, needsDate } from './form';
import { failuresOfPiece, type KnownFailure, knownFailures, nameOf } from './known';
import type { CommandChecker } from './next-steps';
import { cite } from './phrases';
import type { ShownLog } from './prompt-log';

const MODEL = { kind: 'model' } as const;
/** Longest sentence of the model that is shown, in UTF-16 units: longer ones are lists or loops. */
const SENTENCE_CHARS = 400;

interface Weighed {
  readonly sentence: Sentence;
  readonly confidence: Confidence;
}

/** What the model wrote, and what it was shown for that. */
export interface ModelAnswer {
  readonly fields: AnswerFields;
  readonly shown: ShownLog;
  readonly logProbs: readonly number[];
}

/**
 * A diagnosis from data with the model's words where they are borne out: sentences whose cited lines were shown and hold
 * what they say. The rest is dropped and counted. What a known failure says for sure is not overruled by the model.
 */
export function withModel(
  base: Diagnosis,
  pack: EvidencePack,
  answer: ModelAnswer,
  checker: CommandChecker,
): Diagnosis {
  const { fields, shown, logProbs } = answer;
  const weigh = (sentence: CitedSentence) => weighSentence(sentence, pack, shown, logProbs);
  const answered = fields.answer.map(weigh);
  const told = fields.what.map(weigh);
  const kept = told.filter(isGood).map(({ sentence }) => sentence);
  const cause = fields.cause && causeFrom(fields.cause, base.cause, pack, answer);
  // Data say the same where nothing is near the question; a line that is near is better than a no.
  const good = answered
    .filter(isGood)
    .map(({ sentence }) => sentence)
    .filter(({ text }) => text !== NOT_SHOWN);
  const bad =
    [...answered, ...told].filter((each) => !isGood(each)).length + (fields.cause && !cause ? 1 : 0);
  // Of a known failure data tell more: its name, how often, and the words of the log.
  const isTold = base.healthy || base.cause?.failure != null || kept.length === 0;
  const what = isTold ? base.what : kept;
  return {
    ...base,
    what,
    when: whenFrom(fields.when, shown, pack) ?? base.when,
    cause: base.healthy ? null : (cause ?? base.cause),
    answer: good.length > 0 ? good : base.answer,
    checks: inOrder(base.checks, fields.check),
    commands: [...base.commands, ...runFrom(fields.run, base, pack, checker)],
    findings: base.findings.map((finding) => withClaim(finding, told, shown)),
    dropped: bad,
  };
}

const isGood = ({ sentence }: Weighed) => sentence.unsupported === null;

function weighSentence(
  { text, lines }: CitedSentence,
  pack: EvidencePack,
  shown: ShownLog,
  logProbs: readonly number[],
): Weighed {
  const cited = shown.lines.filter(({ number }) => lines.includes(number));
  const sentence = (unsupported: string | null): Sentence => ({
    text: /[.!?]$/.test(text) ? text : `${text}.`,
    source: MODEL,
    citations: cite(pack, cited),
    unsupported,
  });
  if (text === NOT_SHOWN) return { sentence: sentence(null), confidence: 'medium' };
  if (text.length > SENTENCE_CHARS)
    return { sentence: sentence('It is too long for one sentence.'), confidence: 'low' };
  if (lines.length === 0) return { sentence: sentence('No line is cited for it.'), confidence: 'low' };
  if (cited.length < lines.length) {
    return { sentence: sentence('It cites a line that was not shown.'), confidence: 'low' };
  }
  const evidence = evidenceOf(lines, shown, pack);
  return {
    sentence: sentence(unsupportedReason(text, evidence)),
    confidence: claimConfidence(text, evidence, logProbs),
  };
}

/** What a sentence with these lines may say: the lines, and of their pieces the counts, moments and known failures. */
function evidenceOf(lines: readonly number[], shown: ShownLog, pack: EvidencePack): string[] {
  const failures = knownFailures(pack);
  const dated = needsDate(shown.log);
  return [
    ...shown.lines.filter(({ number }) => lines.includes(number)).map(({ text }) => text),
    ...shown.pieces.flatMap((piece, at) => {
      if (!holds(piece, lines)) return [];
      const moments = piece.time ? [piece.time.from, piece.time.to] : [];
      return [
        `${piece.severity} ${piece.count} times`,
        ...moments.map((moment) => momentText(moment, dated)),
        ...failuresOfPiece(failures, at + 1).map(({ signature: { title, cause } }) => `${title} ${cause}`),
      ];
    }),
  ];
}

const holds = (piece: EvidencePiece, lines: readonly number[]): boolean =>
  [...piece.lines, ...piece.before].some(({ number }) => lines.includes(number));

const SURE: Readonly<Record<'likely' | 'possible' | 'unclear', Confidence>> = {
  likely: 'high',
  possible: 'medium',
  unclear: 'low',
};

/**
 * The model's cause where it is borne out and data have none that is certain: as sure as the least of the model's own word
 * and what its words have in the lines, at most medium. Of the same known failure it lowers how sure data are.
 */
function causeFrom(
  field: NonNullable<AnswerFields['cause']>,
  base: Cause | null,
  pack: EvidencePack,
  { shown, logProbs }: ModelAnswer,
): Cause | null {
  const { sentence, confidence } = weighSentence(field, pack, shown, logProbs);
  if (sentence.unsupported !== null || field.text === NOT_SHOWN || field.lines.length === 0) return null;
  const own = lower(confidence, SURE[field.sure]);
  const about = failureAt(field.lines, pack);
  const isSame = base?.failure != null && about.some(({ shown: { id } }) => id === base.failure?.id);
  // What is documented of the failure is whole and has its source; the model's words for it are shorter.
  if (base && isSame) return { ...base, confidence: lower(own, base.confidence) };
  if (base?.failure && base.confidence !== 'low') return null;
  const [failure] = about;
  return {
    ...sentence,
    confidence: lower(own, 'medium'),
    because: 'The model reads it out of the cited lines; every name and number in it stands there.',
    failure: failure ? nameOf(failure.signature) : null,
  };
}

function failureAt(lines: readonly number[], pack: EvidencePack): KnownFailure[] {
  return knownFailures(pack).filter(({ piece }) => holds(piece, lines));
}

/** The model's span where both ends are moments of pieces that were shown. */
function whenFrom(when: AnswerFields['when'], shown: ShownLog, pack: EvidencePack): Diagnosis['when'] {
  if (when === null) return null;
  const dated = needsDate(shown.log);
  const timed = shown.pieces.flatMap((piece) => (piece.time ? [{ piece, time: piece.time }] : []));
  const first = timed.find(({ time }) => momentText(time.from, dated) === when.from);
  const to = when.to ?? when.from;
  const last = timed.find(({ time }) => momentText(time.to, dated) === to);
  if (!first || !last || last.time.to < first.time.from) return null;
  const lines = shown.lines.filter(({ number }) => when.lines.includes(number));
  const isTheirs = lines.every(({ number }) => holds(first.piece, [number]) || holds(last.piece, [number]));
  if (lines.length === 0 || !isTheirs) return null;
  return { from: first.time.from, to: last.time.to, citations: cite(pack, lines) };
}

/** Checks of the pieces that the model names come first, in its order; none is lost. */
function inOrder<T extends { readonly piece: number }>(checks: readonly T[], pieces: readonly number[]): T[] {
  const place = ({ piece }: T) => (pieces.includes(piece) ? pieces.indexOf(piece) : pieces.length);
  return [...checks].sort((a, b) => place(a) - place(b));
}

/** The model's command where no known failure has one: it must only look, parse, and be no text out of the log. */
function runFrom(
  run: string | null,
  base: Diagnosis,
  pack: EvidencePack,
  checker: CommandChecker,
): Diagnosis['commands'] {
  if (run === null || base.commands.length > 0 || base.healthy) return [];
  const texts = pack.pieces.flatMap(({ lines, before }) => [...lines, ...before]).map(({ text }) => text);
  if (texts.some((text) => text.includes(run))) return [];
  const { check, explanation } = checker.check(run, null);
  const isSafe = check.parsed && check.level === 'read-only' && !check.runsUnseenCode;
  if (!isSafe || check.findings.some(({ severity }) => severity === 'error')) return [];
  const why = 'The model suggests it for what the log shows; it only looks.';
  return [{ command: run, commandSource: MODEL, why, whySource: MODEL, check, explanation, values: {} }];
}

/** A piece that no known failure explains gets the model's sentence about it, if there is a good one. */
function withClaim(finding: Finding, told: readonly Weighed[], shown: ShownLog): Finding {
  const piece = finding.piece === null ? undefined : shown.pieces[finding.piece - 1];
  if (finding.failure !== null || !piece) return finding;
  const about = told.find(
    (each) => isGood(each) && each.sentence.citations.every(({ line }) => holds(piece, [line])),
  );
  if (!about) return finding;
  const { text, citations } = about.sentence;
  return { ...finding, claim: text, source: MODEL, confidence: about.confidence, citations };
}
