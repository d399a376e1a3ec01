import { SendHorizontal, ShieldCheck, Square, SquareTerminal } from 'lucide-react';
import type { ClipboardEvent, KeyboardEvent } from 'react';
import type { Wish } from '../../app/contract/window-api';
import { ContextChips } from '../context/context-chips';
import { refreshSurroundings } from '../context/surroundings';
import { openText } from '../logs/open-logs';
import { useEngineHindrance } from '../shell/engine-store';
import { Button } from '../ui/button';
import { formatCount, plural } from '../ui/format';
import { notify } from '../ui/notices';
import { setDraft, useChat } from './chat-store';
import { ComposerHint, CTRL, isMac } from './composer-hint';
import { ASK_LIMIT, isLogPaste, WISH_LIMITS } from './paste-policy';
import { send } from './send';

export function Composer() {
  const draft = useChat((state) => state.draft);
  const active = useChat((state) => state.active);
  const live = useChat((state) => state.live[state.active]);
  const hindrance = useEngineHindrance();
  // Only talk needs the model: examples answer requests, and checks are done by parsing.
  const ready = draft.trim() !== '' && !live;
  const canAsk = ready && hindrance === null;

  const submit = (wish: Wish) => {
    if (wish === 'ask' ? !canAsk : !ready) return;
    const text = draft.trim();
    const { most, what } = WISH_LIMITS[wish];
    if (text.length > most) {
      notify(
        `${what} may have ${formatCount(most)} characters; this has ${formatCount(text.length)}.`,
        'error',
      );
      return;
    }
    void send(text, wish);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method composes, Enter picks a candidate. 229 is how older ones say so.
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || event.keyCode === 229) return;
    const held = isMac ? event.metaKey : event.ctrlKey;
    if (event.shiftKey && !held) return;
    event.preventDefault();
    submit(!held ? 'ask' : event.shiftKey ? 'check' : 'suggest');
  };
  return (
    <form className="composer" aria-label="Question" onSubmit={(event) => event.preventDefault()}>
      <textarea
        aria-label="Message"
        placeholder="Ask, describe the command you need, or write one to check"
        rows={2}
        maxLength={ASK_LIMIT}
        value={draft}
        data-pane-focus=""
        onChange={(event) => setDraft(event.target.value)}
        onFocus={() => void refreshSurroundings()}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
      />
      <ContextChips conversation={active} />
      <div className="composer-row">
        <ComposerHint hindrance={hindrance} length={draft.length} />
        {live ? (
          <Button onClick={live.stop} data-tip="Stop (Esc)">
            <Square size={12} fill="currentColor" aria-hidden="true" /> Stop
          </Button>
        ) : (
          <>
            <Button
              disabled={!ready}
              data-tip={`Rate and explain a command that you wrote, without the model (${CTRL}+Shift+Enter)`}
              onClick={() => submit('check')}
            >
              <ShieldCheck size={14} aria-hidden="true" /> Check
            </Button>
            <Button
              disabled={!ready}
              data-tip={`Suggest a command (${CTRL}+Enter)`}
              onClick={() => submit('suggest')}
            >
              <SquareTerminal size={14} aria-hidden="true" /> Suggest command
            </Button>
            <Button
              kind="primary"
              disabled={!canAsk}
              data-tip="Answer in words (Enter)"
              onClick={() => submit('ask')}
            >
              <SendHorizontal size={14} aria-hidden="true" /> Ask
            </Button>
          </>
        )}
      </div>
    </form>
  );
}

/** A long paste is a log: it opens there and never fills the box. */
function onPaste(event: ClipboardEvent<HTMLTextAreaElement>): void {
  const text = event.clipboardData.getData('text/plain');
  if (!isLogPaste(text)) return;
  event.preventDefault();
  void openText(text).then((document) => {
    if (document)
      notify(`The pasted text was long (${plural(document.lineCount, 'line')}), so it was opened as a log.`);
  });
}
