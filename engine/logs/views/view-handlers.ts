import type { Handlers } from '../../contract/rpc';
import type { DocumentAccess } from '../store/document-access';
import { type CountCalls, countHandlers } from './count-handlers';
import { type ListCalls, listHandlers } from './list-handlers';
import { type QuestionCalls, questionHandlers } from './question-handlers';
import { createViewContext } from './view-context';

export type ViewCalls = ListCalls & CountCalls & QuestionCalls;

/** Answers to filters, searches, counts and questions about open documents. */
export function createViewHandlers(access: DocumentAccess): Handlers<ViewCalls> {
  const context = createViewContext(access);
  return { ...listHandlers(context), ...countHandlers(context), ...questionHandlers(context) };
}
