import type { Diagnosis } from '../../contract/diagnosis';
import type { EvidencePack } from '../../contract/logs';
import type { GenerationStats } from '../../contract/runtime';
import type { Engine } from '../../runtime/engine';
import { type JobContext, promptTokens } from '../job';
import { askForm } from './ask-form';
import { NO_FIELDS, parseAnswer, renderPrompt } from './form';
import { diagnoseFromData } from './from-data';
import { withModel } from './from-model';
import type { CommandChecker } from './next-steps';
import { EVIDENCE_TOKENS, promptLog } from './prompt-log';

export interface DiagnoseSetting {
  /** null: data alone answer. */
  readonly engine: Engine | null;
  readonly checker: CommandChecker;
}

/**
 * Explains the evidence of a log. What data alone say is emitted at once; then the model is asked once, its words stream
 * as text, and what of them the cited lines bear out takes the place of what data said. Of a healthy log the model is
 * asked only the person's question.
 * @throws AppError 'cancelled' when it was stopped; what was emitted stands.
 */
export async function diagnose(
  pack: EvidencePack,
  question: string | undefined,
  { engine, checker }: DiagnoseSetting,
  context: JobContext,
): Promise<{ diagnosis: Diagnosis; stats: GenerationStats | null }> {
  const asked = question?.trim() || undefined;
  const base = diagnoseFromData(pack, checker, asked);
  context.emit({ type: 'diagnosis', diagnosis: base });
  if (!engine || (pack.healthy && !asked)) return { diagnosis: base, stats: null };

  const shown = promptLog(pack, (log) => promptTokens(engine, renderPrompt(log)) <= EVIDENCE_TOKENS);
  const messages = renderPrompt(shown.log, asked);
  const { answer, isInForm } = await askForm(engine, messages, context);
  const fields = isInForm ? parseAnswer(answer.text) : NO_FIELDS;
  const diagnosis = withModel(base, pack, { fields, shown, logProbs: answer.logProbs }, checker);
  return {
    diagnosis: {
      ...diagnosis,
      linesSeen: [...shown.lines],
      piecesLeftOut: pack.pieces.length - shown.pieces.length + pack.leftOut,
      prompts: [answer.prompt.parts.map(({ text }) => text).join('')],
    },
    stats: answer.stats,
  };
}
