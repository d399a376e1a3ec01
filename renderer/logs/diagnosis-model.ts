import type { AssistantEvent, Diagnosis } from '../../engine/contract/assistant';
import { type AppErrorData, assertNever } from '../../engine/contract/errors';

export interface DiagnosisView {
  readonly state: 'running' | 'complete' | 'stopped' | 'failed';
  readonly question: string;
  readonly reading: { readonly done: number; readonly total: number } | null;
  /** What the model is writing; checked, it becomes part of the diagnosis. */
  readonly text: string;
  /** What data alone say at first; in the end, with what the model wrote and code has checked. */
  readonly diagnosis: Diagnosis | null;
  readonly error: AppErrorData | null;
}

export function startDiagnosis(question: string): DiagnosisView {
  return { state: 'running', question, reading: null, text: '', diagnosis: null, error: null };
}

export function reduceDiagnosis(view: DiagnosisView, event: AssistantEvent): DiagnosisView {
  switch (event.type) {
    case 'prefill':
      return { ...view, reading: event.done < event.total ? { done: event.done, total: event.total } : null };
    case 'text':
      return { ...view, reading: null, text: view.text + event.text };
    case 'diagnosis':
      return { ...view, diagnosis: event.diagnosis };
    default:
      return assertNever(event);
  }
}

/** The result replaces what streamed: it is what was checked. */
export function finishDiagnosis(view: DiagnosisView, diagnosis: Diagnosis): DiagnosisView {
  return { ...view, state: 'complete', reading: null, text: '', diagnosis };
}

export function failDiagnosis(view: DiagnosisView, error: AppErrorData): DiagnosisView {
  const state = error.kind === 'cancelled' ? 'stopped' : 'failed';
  return { ...view, state, reading: null, error };
}

/** What is read out as it comes: what is settled, sentence by sentence. */
export function spokenText({ diagnosis, state }: DiagnosisView): string {
  if (!diagnosis || state === 'running') return '';
  const { summary, cause, answer } = diagnosis;
  return [summary, ...(cause ? [cause.text] : []), ...answer.map(({ text }) => text)].join('\n');
}
