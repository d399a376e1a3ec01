import type { Citation, Diagnosis, Finding } from '../contract/assistant';
import { AppError } from '../contract/errors';
import type { EvidencePack, EvidenceSubject, LogLine } from '../contract/logs';
import type { GenerationStats } from '../contract/runtime';
import type { Engine, GenerateOutcome } from '../runtime/engine';
import type { ChatMessage } from '../tokenizer/chat-template';
import { readCitations } from './citations';
import { claimConfidence } from './claim-support';
import { complete, type JobContext, promptTokens } from './job';
import { findingPrompt, questionPrompt } from './prompts';

/** Patterns that are explained; the rest is counted in `piecesLeftOut`. */
const MAX_FINDINGS = 8;
/** Prompt budget of a question over all patterns, in tokens. */
const QUESTION_TOKENS = 3000;
/** Lines that stand below a claim. */
const CITATIONS = 3;
const MAX_CLAIM_TOKENS = 80;
/** One sentence. A point inside an address or a file name has no space behind it. */
const END_OF_SENTENCE = ['\n', '. '];

const DIGEST = { kind: 'data', name: 'log digest' } as const;
const plural = (count: number, word: string) =>
  `${count.toLocaleString('en-US')} ${word}${count === 1 ? '' : 's'}`;

/** What the digest alone says of a log: counts that add up, and where trouble begins. No model. */
export function summarise(pack: EvidencePack): string {
  const { lineCount, severities, patternCount } = pack.document;
  const errors = (severities.error ?? 0) + (severities.fatal ?? 0);
  const size = `${plural(lineCount, 'line')} of ${plural(patternCount, 'pattern')}`;
  if (pack.healthy) return `Nothing in this log points to trouble: ${size}, no errors and no warnings.`;
  const worst = pack.pieces.filter((piece) => piece.severity === 'fatal' || piece.severity === 'error');
  const first = Math.min(...worst.map((piece) => piece.firstLine));
  const where = worst.length > 0 ? ` The first of the errors below is at line ${first}.` : '';
  return `${size}: ${plural(errors, 'error')} and ${plural(severities.warning ?? 0, 'warning')}.${where}`;
}

/** Drops lines, the least telling first, until the prompt fits; the lines that are left, and the prompt. */
function fitLines(
  engine: Engine,
  byWeight: readonly LogLine[],
  budget: number,
  build: (lines: readonly LogLine[]) => ChatMessage[],
): { lines: readonly LogLine[]; messages: ChatMessage[] } {
  for (let count = byWeight.length; ; count = Math.max(1, Math.floor(count * 0.75))) {
    const lines = byWeight.slice(0, count).sort((a, b) => a.number - b.number);
    const messages = build(lines);
    if (count <= 1 || promptTokens(engine, messages) <= budget) return { lines, messages };
  }
}

interface Part {
  readonly subject: EvidenceSubject | null;
  /** What the model is shown. */
  readonly shown: readonly LogLine[];
  readonly messages: ChatMessage[];
  /** What stands below the claim when the model names no line. */
  readonly about: readonly LogLine[];
}

function parts(engine: Engine, pack: EvidencePack, question: string | undefined): Part[] {
  const explained = pack.pieces.slice(0, MAX_FINDINGS);
  const patterns = explained.flatMap(({ lines, before: _before, ...subject }): Part[] => {
    const [first] = lines;
    if (!first) return [];
    return [{ subject, shown: [first], messages: findingPrompt(first), about: lines }];
  });
  if (!question || patterns.length === 0) return patterns;
  const all = explained.flatMap(({ lines }) => lines);
  const { lines, messages } = fitLines(engine, all, QUESTION_TOKENS, (kept) =>
    questionPrompt(question, kept),
  );
  return [{ subject: null, shown: lines, messages, about: lines }, ...patterns];
}

/** The stop string took the full stop along. */
function asSentence(text: string): string {
  const trimmed = text.trim();
  if (trimmed === '') return 'The model said nothing about these lines.';
  return /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}

function toFinding(answer: GenerateOutcome, part: Part, file: string): Finding {
  const known = new Map([...part.shown, ...part.about].map((line) => [line.number, line]));
  const cited = readCitations(asSentence(answer.text), new Set(known.keys()));
  const named = cited.lines.flatMap((number) => known.get(number) ?? []);
  const lines = named.length > 0 ? named : part.about.slice(0, CITATIONS);
  const texts = part.shown.map((line) => line.text);
  return {
    subject: part.subject,
    claim: cited.text,
    confidence: cited.invented.length > 0 ? 'low' : claimConfidence(cited.text, texts, answer.logProbs),
    citations: lines.map((line): Citation => ({ file, line: line.number, text: line.text })),
  };
}

/**
 * Explains the evidence of a log, one pattern at a time. The summary and every count come from the digest;
 * the claims come from the model, each with lines of the pattern that it was asked about.
 */
export async function diagnose(
  engine: Engine,
  pack: EvidencePack,
  question: string | undefined,
  context: JobContext,
): Promise<{ diagnosis: Diagnosis; stats: GenerationStats | null }> {
  const asked = parts(engine, pack, question);
  const findings: Finding[] = [];
  const prompts: string[] = [];
  const seen = new Map<number, LogLine>();
  let stats: GenerationStats | null = null;
  for (const [index, part] of asked.entries()) {
    context.emit({ type: 'finding-start', index, of: asked.length, subject: part.subject });
    const answer = await complete(engine, part.messages, context, {
      // Everything before the log's own lines.
      ownMessages: part.messages.length - 1,
      maxTokens: MAX_CLAIM_TOKENS,
      stopStrings: END_OF_SENTENCE,
    });
    stats = answer.stats;
    if (answer.stats.stop === 'cancelled') throw new AppError('cancelled', 'Stopped.');
    prompts.push(answer.prompt);
    for (const line of part.shown) seen.set(line.number, line);
    const finding = toFinding(answer, part, pack.document.name);
    findings.push(finding);
    context.emit({ type: 'finding-end', index, finding });
  }
  return {
    diagnosis: {
      healthy: pack.healthy,
      summary: summarise(pack),
      summarySource: DIGEST,
      findings,
      commands: [],
      linesSeen: [...seen.values()].sort((a, b) => a.number - b.number),
      piecesLeftOut: Math.max(0, pack.pieces.length - MAX_FINDINGS),
      prompts,
    },
    stats,
  };
}
