import type { Handlers } from '../../contract/rpc';
import type { DocumentAccess } from '../store/document-access';
import { type CountCalls, countHandlers } from './count-handlers';
import { type ListCalls, listHandlers } from './list-handlers';
import type { LogStates } from './log-state';
import { type QuestionCalls, questionHandlers } from './question-handlers';
import { createViewContext } from './view-context';

export type ViewCalls = ListCalls & CountCalls & QuestionCalls;

/** Answers to filters, searches, counts and questions about open documents. */
export function createViewHandlers(access: DocumentAccess, states: LogStates): Handlers<ViewCalls> {
  const context = createViewContext(access, states);
  return { ...listHandlers(context), ...countHandlers(context), ...questionHandlers(context) };
}
