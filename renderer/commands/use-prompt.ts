import { useState } from 'react';
import { toErrorData } from '../../engine/contract/errors';
import { call } from '../bridge';
import { insertCommand } from '../terminal/terminal-store';
import { focusPane } from '../ui/panes';

export type Outcome =
  | { readonly kind: 'inserted'; readonly removed: readonly string[]; readonly left: readonly string[] }
  | { readonly kind: 'copied'; readonly left: readonly string[] }
  | { readonly kind: 'failed'; readonly message: string };

/** Puts commands on the prompt or the clipboard, and remembers how the last time went. */
export function usePrompt() {
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const fail = (thrown: unknown) => setOutcome({ kind: 'failed', message: toErrorData(thrown).message });
  const insert = async (command: string, left: readonly string[] = []) => {
    try {
      const { removed } = await insertCommand(command);
      setOutcome({ kind: 'inserted', removed, left });
      focusPane('terminal');
    } catch (thrown) {
      fail(thrown);
    }
  };
  const copy = (command: string, left: readonly string[]) => {
    call('clipboard.write', { text: command }).then(() => setOutcome({ kind: 'copied', left }), fail);
  };
  return { outcome, insert, copy };
}
