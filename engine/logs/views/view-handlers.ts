import type { Handlers } from '../../contract/rpc';
import type { DocumentAccess } from '../store/document-access';
import { type CountCalls, countHandlers } from './count-handlers';
import { type ListCalls, listHandlers } from './list-handlers';
import { createViewContext } from './view-context';

export type ViewCalls = ListCalls & CountCalls;

/** Answers to filters, searches, histograms and the other views of open documents. */
export function createViewHandlers(access: DocumentAccess): Handlers<ViewCalls> {
  const context = createViewContext(access);
  return { ...listHandlers(context), ...countHandlers(context) };
}
