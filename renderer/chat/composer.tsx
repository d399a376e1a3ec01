import { SendHorizontal, ShieldCheck, Square, SquareTerminal } from 'lucide-react';
import type { ClipboardEvent } from 'react';
import { useKeyHint } from '../actions/use-keys';
import { ContextChips } from '../context/context-chips';
import { refreshSurroundings } from '../context/surroundings';
import { openText } from '../logs/open-logs';
import { useEngineHindrance } from '../shell/engine-store';
import { Button } from '../ui/button';
import { plural } from '../ui/format';
import { notify } from '../ui/notices';
import { setDraft, useChat } from './chat-store';
import { ComposerHint } from './composer-hint';
import { ASK_LIMIT, isLogPaste } from './paste-policy';
import { submit } from './submit';

export function Composer() {
  const draft = useChat((state) => state.draft);
  const active = useChat((state) => state.active);
  const live = useChat((state) => state.live[state.active]);
  const hindrance = useEngineHindrance();
  const suggestKeys = useKeyHint('chat.suggest');
  const checkKeys = useKeyHint('chat.check');
  // Only talk needs the model: examples answer requests, and checks are done by parsing.
  const ready = draft.trim() !== '' && !live;
  const canAsk = ready && hindrance === null;

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
        data-keys="composer"
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
              data-tip={`Rate and explain a command that you wrote, without the model (${checkKeys})`}
              onClick={() => submit('check')}
            >
              <ShieldCheck size={14} aria-hidden="true" /> Check
            </Button>
            <Button
              disabled={!ready}
              data-tip={`Suggest a command (${suggestKeys})`}
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
