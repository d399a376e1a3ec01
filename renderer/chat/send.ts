import type { AssistantEvent } from '../../engine/contract/assistant';
import { toErrorData } from '../../engine/contract/errors';
import { call } from '../bridge';
import { adoptContext, contextFor, dropAttached } from '../context/context-store';
import { useSurroundings } from '../context/surroundings';
import { formatCount } from '../ui/format';
import { notify, notifyError } from '../ui/notices';
import { showPane } from '../ui/panes';
import { type Live, loadMessages, NEW, setDraft, setLive, useChat, type Wish } from './chat-store';
import { CHECK_LIMIT } from './paste-policy';
import { createStreamBuffer } from './stream-buffer';

/** Stores and answers the question in the active conversation, which is made first when it is new. */
export async function send(question: string, wish: Wish): Promise<void> {
  const abort = new AbortController();
  const live: Live = { wish, question, text: '', reading: null, stop: () => abort.abort() };
  let id = useChat.getState().active;
  if (useChat.getState().live[id]) return;
  setLive(id, live);
  // A command out of the terminal leaves what is being written alone.
  if (useChat.getState().draft.trim() === question) setDraft('');
  try {
    if (id === NEW) {
      const made = await call('chat.create', {});
      const stillHere = useChat.getState().active === NEW;
      adoptContext(made.id);
      setLive(NEW, null);
      id = made.id;
      setLive(id, live);
      useChat.setState((state) => ({
        conversations: [made, ...state.conversations],
        messages: { ...state.messages, [made.id]: [] },
        active: stillHere ? made.id : state.active,
      }));
    }
    await converse(id, question, wish, abort.signal);
  } catch (thrown) {
    notifyError(thrown);
    // Nothing was stored, so the words go back to where they were written, unless others are there now.
    if (id === NEW && useChat.getState().draft === '') setDraft(question);
  } finally {
    setLive(id, null);
    call('chat.list', {}).then((conversations) => useChat.setState({ conversations }), notifyError);
  }
}

async function converse(id: number, text: string, wish: Wish, signal: AbortSignal): Promise<void> {
  const buffer = createStreamBuffer<AssistantEvent>((events) => applyEvents(id, events));
  const options = { signal, onEvent: buffer.push };
  try {
    const { question, answer, turnsLeftOut } = await request(id, text, wish, options);
    // One update, so that the stored answer replaces the live one without a frame in between.
    useChat.setState((state) => {
      const { [id]: _ended, ...live } = state.live;
      return {
        live,
        messages: { ...state.messages, [id]: [...(state.messages[id] ?? []), question, answer] },
        leftOut: turnsLeftOut > 0 ? { ...state.leftOut, [answer.id]: turnsLeftOut } : state.leftOut,
      };
    });
  } catch (thrown) {
    // What was kept is for the main process to say.
    await loadMessages(id);
    const kept = useChat.getState().messages[id]?.at(-1);
    const told = kept?.role === 'assistant' && kept.state !== 'complete';
    if (toErrorData(thrown).kind !== 'cancelled' && !told) throw thrown;
  } finally {
    buffer.dispose();
  }
}

interface Options {
  readonly signal: AbortSignal;
  readonly onEvent: (event: AssistantEvent) => void;
}

async function request(id: number, text: string, wish: Wish, options: Options) {
  if (wish === 'check') {
    const cwd = useSurroundings.getState().folder?.cwd ?? null;
    const checked = await call('chat.check', { id, text, cwd }, { signal: options.signal });
    return { ...checked, turnsLeftOut: 0 };
  }
  const { items, cwd } = contextFor(id, wish);
  const outcome =
    wish === 'ask'
      ? await call('chat.send', { id, text, context: items }, options)
      : { ...(await call('chat.suggest', { id, text, context: items, cwd }, options)), turnsLeftOut: 0 };
  dropAttached(id, items);
  return outcome;
}

/** Checks a command that stands in the terminal; its card appears in the conversation. */
export function checkCommand(command: string): void {
  const { live, active } = useChat.getState();
  showPane('chat');
  if (live[active]) notify('An answer is being written. Stop it, or wait, and check again.');
  else if (command.length > CHECK_LIMIT)
    notify(`This is too long to check: ${formatCount(CHECK_LIMIT)} characters are the most.`);
  else void send(command, 'check');
}

function applyEvents(id: number, events: readonly AssistantEvent[]): void {
  const live = useChat.getState().live[id];
  if (!live) return;
  let { text, reading } = live;
  for (const event of events) {
    if (event.type === 'prefill') reading = event.done < event.total ? event : null;
    else if (event.type === 'text') {
      text += event.text;
      reading = null;
    }
  }
  setLive(id, { ...live, text, reading });
}
