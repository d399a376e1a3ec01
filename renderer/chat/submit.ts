import type { Wish } from '../../app/contract/window-api';
import { engineHindrance, useEngine } from '../shell/engine-store';
import { formatCount } from '../ui/format';
import { notify } from '../ui/notices';
import { useChat } from './chat-store';
import { WISH_LIMITS } from './paste-policy';
import { send } from './send';

/** Only talk needs the model: examples answer requests, and checks are done by parsing. */
export function canSubmit(wish: Wish): boolean {
  const { draft, live, active } = useChat.getState();
  const ready = draft.trim() !== '' && !live[active];
  return ready && (wish !== 'ask' || engineHindrance(useEngine.getState().status) === null);
}

/** Sends what stands in the composer. */
export function submit(wish: Wish): void {
  if (!canSubmit(wish)) return;
  const text = useChat.getState().draft.trim();
  const { most, what } = WISH_LIMITS[wish];
  if (text.length > most)
    notify(
      `${what} may have ${formatCount(most)} characters; this has ${formatCount(text.length)}.`,
      'error',
    );
  else void send(text, wish);
}
