import type { Message, Wish } from '../../app/contract/window-api';
import type { AssistantEvent } from '../../engine/contract/assistant';
import { toErrorData } from '../../engine/contract/errors';
import { call } from '../bridge';
import { adoptContext, contextFor, dropAttached } from '../context/context-store';
import { useSurroundings } from '../context/surroundings';
import { formatCount } from '../ui/format';
import { notify, notifyError } from '../ui/notices';
import { showPane } from '../ui/panes';
import { type Live, loadMessages, NEW, refreshConversations, setDraft, setLive, useChat } from './chat-store';
import { CHECK_LIMIT } from './paste-policy';
import { createStreamBuffer } from './stream-buffer';

/** Stores and answers the question in the active conversation, which is made first when it is new. */
export async function send(question: string, wish: Wish): Promise<void> {
  const abort = new AbortController();
  let id = useChat.getState().active;
  if (useChat.getState().live[id]) return;
  const after = useChat.getState().messages[id]?.at(-1)?.id ?? null;
  const live = started(wish, question, after, abort);
  setLive(id, live);
  // A command out of the terminal leaves what is being written alone.
  if (useChat.getState().draft.trim() === question) setDraft('');
  try {
    if (id === NEW) {
      id = await makeConversation();
      setLive(NEW, null);
      setLive(id, live);
    }
    const asked = id;
    await converse(asked, abort.signal, (options) => request(asked, question, wish, options));
  } catch (thrown) {
    notifyError(thrown);
    // Nothing was stored, so the words go back to where they were written, unless others are there now.
    if (id === NEW && useChat.getState().draft === '') setDraft(question);
  } finally {
    ended(id);
  }
}

/** Asks an edited question in the place of another one; the other stays as a version of it. */
export function edit(question: Message, text: string): Promise<void> {
  return again(question, text, (id, options) =>
    call('chat.edit', { id, question: question.id, text }, options),
  );
}

/** Has a question answered once more; the answers so far stay as versions. */
export function regenerate(question: Message): Promise<void> {
  return again(question, null, (id, options) =>
    call('chat.regenerate', { id, question: question.id }, options),
  );
}

async function again(question: Message, text: string | null, ask: (id: number, options: Options) => Request) {
  const { active: id, live: running, messages } = useChat.getState();
  if (running[id]) return;
  const shown = messages[id] ?? [];
  const at = shown.findIndex((message) => message.id === question.id);
  const after = text === null ? question.id : (shown[at - 1]?.id ?? null);
  const abort = new AbortController();
  setLive(id, started(question.wish, text, after, abort));
  try {
    await converse(id, abort.signal, (options) => ask(id, options));
  } catch (thrown) {
    notifyError(thrown);
  } finally {
    ended(id);
  }
}

interface Options {
  readonly signal: AbortSignal;
  readonly onEvent: (event: AssistantEvent) => void;
}
type Request = Promise<{ readonly messages: readonly Message[] }>;

async function converse(id: number, signal: AbortSignal, ask: (options: Options) => Request): Promise<void> {
  const buffer = createStreamBuffer<AssistantEvent>((events) => applyEvents(id, events));
  try {
    const { messages } = await ask({ signal, onEvent: buffer.push });
    // One update, so that the stored answer replaces the live one without a frame in between.
    useChat.setState((state) => {
      const { [id]: _ended, ...live } = state.live;
      return { live, messages: { ...state.messages, [id]: messages } };
    });
  } catch (thrown) {
    if (wasDeleted(id)) return;
    // What was kept is for the main process to say.
    await loadMessages(id);
    const kept = useChat.getState().messages[id]?.at(-1);
    const told = kept?.role === 'assistant' && kept.state !== 'complete';
    if (toErrorData(thrown).kind !== 'cancelled' && !told) throw thrown;
  } finally {
    buffer.dispose();
  }
}

async function makeConversation(): Promise<number> {
  const made = await call('chat.create', {});
  const stillHere = useChat.getState().active === NEW;
  adoptContext(made.id);
  useChat.setState((state) => ({
    conversations: [made, ...state.conversations],
    messages: { ...state.messages, [made.id]: [] },
    active: stillHere ? made.id : state.active,
  }));
  return made.id;
}

async function request(id: number, text: string, wish: Wish, options: Options): Request {
  if (wish === 'check') {
    const cwd = useSurroundings.getState().folder?.cwd ?? null;
    return call('chat.check', { id, text, cwd }, { signal: options.signal });
  }
  const { items, cwd } = contextFor(id, wish);
  const outcome =
    wish === 'ask'
      ? await call('chat.send', { id, text, context: items }, options)
      : await call('chat.suggest', { id, text, context: items, cwd }, options);
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

function started(wish: Wish, question: string | null, after: number | null, abort: AbortController): Live {
  return { wish, question, after, text: '', reading: null, stop: () => abort.abort() };
}

function ended(id: number): void {
  setLive(id, null);
  void refreshConversations();
}

/** Who deletes a conversation knows why its answer ended. */
function wasDeleted(id: number): boolean {
  return useChat.getState().conversations.every((one) => one.id !== id || one.deletedAt !== null);
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
