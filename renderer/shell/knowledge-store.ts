import { create } from 'zustand';
import type { KnowledgeStatus } from '../../app/contract/window-api';
import { call } from '../bridge';
import { notifyError } from '../ui/notices';

/** What the main process says about the knowledge of programs. */
export const useKnowledge = create<{ readonly status: KnowledgeStatus }>(() => ({
  status: { state: 'waiting' },
}));

export function watchKnowledge(): void {
  call('engine.watchKnowledge', {}, { onEvent: (status) => useKnowledge.setState({ status }) }).catch(
    notifyError,
  );
}
