import { CircleAlert, CircleStop, Copy, Quote, RefreshCw, ScanText, Trash2 } from 'lucide-react';
import { memo, useRef } from 'react';
import type { Message, Wish } from '../../app/contract/window-api';
import { call } from '../bridge';
import { CommandCandidates } from '../commands/command-candidates';
import { IconButton } from '../ui/button';
import { formatCount, plural } from '../ui/format';
import { notify, notifyError } from '../ui/notices';
import { Progress, percentOf } from '../ui/progress';
import { statsWords } from './answer-stats';
import { deleteMessage } from './branches';
import type { Live } from './chat-store';
import { MarkdownView } from './markdown-view';
import { showModelInput } from './model-input-dialog';
import { quote } from './quote';
import { regenerate } from './send';
import { VersionSwitch } from './version-switch';

interface AnswerViewProps {
  readonly message: Message;
  /** What it answers; null where that is not shown. */
  readonly question: Message | null;
  /** An answer is being written: nothing here can be changed. */
  readonly busy: boolean;
}

export const AnswerView = memo(function AnswerView({ message, question, busy }: AnswerViewProps) {
  const { id, content, state, error, commands, stats } = message;
  const article = useRef<HTMLElement>(null);
  return (
    <article
      ref={article}
      id={`message-${id}`}
      className="message"
      data-role="assistant"
      data-state={state}
      aria-label="Answer"
      tabIndex={-1}
    >
      <header className="message-header">
        <h3 className="message-author">Sigma Ops</h3>
        <AnswerActions message={message} question={question} busy={busy} article={article} />
        <VersionSwitch message={message} disabled={busy} />
      </header>
      {content && <MarkdownView text={content} streaming={false} />}
      <CommandCandidates candidates={commands} />
      {state === 'partial' && (
        <p className="message-note">
          <CircleStop size={13} aria-hidden="true" /> {error ?? 'Stopped. This answer is not complete.'}
        </p>
      )}
      {state === 'failed' && (
        <p className="message-note" data-tone="error">
          <CircleAlert size={13} aria-hidden="true" /> {error ?? 'No answer came.'}
        </p>
      )}
      {stats && stats.turnsLeftOut > 0 && (
        <p className="message-note">
          {plural(stats.turnsLeftOut, 'older message')} did not fit into the model’s context.
        </p>
      )}
      {stats && (
        <ul className="answer-stats" aria-label="Figures of this answer">
          {statsWords(stats).map(({ text, tip }) => (
            <li key={text} data-tip={tip}>
              {text}
            </li>
          ))}
        </ul>
      )}
    </article>
  );
});

interface AnswerActionsProps extends AnswerViewProps {
  readonly article: { readonly current: HTMLElement | null };
}

function AnswerActions({ message, question, busy, article }: AnswerActionsProps) {
  const { id, content, commands, hasModelInput } = message;
  const copy = () => {
    call('clipboard.write', { text: content }).then(() => notify('Answer copied.'), notifyError);
  };
  return (
    <>
      {content && (
        <>
          <IconButton label="Copy answer" icon={<Copy size={13} aria-hidden="true" />} onClick={copy} />
          <IconButton
            label="Quote answer"
            icon={<Quote size={13} aria-hidden="true" />}
            // A press would take the selection away before it could be quoted.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => quote(article.current, content)}
          />
        </>
      )}
      {question && (
        <IconButton
          label={commands.length > 0 ? 'Look again' : 'Answer again'}
          icon={<RefreshCw size={13} aria-hidden="true" />}
          disabled={busy}
          onClick={() => void regenerate(question)}
        />
      )}
      {hasModelInput && (
        <IconButton
          label="What the model saw"
          icon={<ScanText size={13} aria-hidden="true" />}
          onClick={() => showModelInput(id)}
        />
      )}
      <IconButton
        label="Delete answer"
        icon={<Trash2 size={13} aria-hidden="true" />}
        disabled={busy}
        onClick={() => void deleteMessage(message)}
      />
    </>
  );
}

const WORKING: Readonly<Record<Wish, string>> = {
  ask: 'Working…',
  suggest: 'Looking for a command…',
  check: 'Checking the command…',
};

/** The answer that is being written. */
export function LiveAnswer({ live }: { readonly live: Live }) {
  const { text, reading, wish } = live;
  return (
    <article
      className="message"
      data-role="assistant"
      data-state="streaming"
      aria-label="Answer"
      aria-busy="true"
    >
      <header className="message-header">
        <h3 className="message-author">Sigma Ops</h3>
      </header>
      {reading && (
        <div className="message-reading">
          <span>
            Reading… {percentOf(reading.done, reading.total)} % of {formatCount(reading.total)} tokens
          </span>
          <Progress label="Reading the conversation" done={reading.done} total={reading.total} />
        </div>
      )}
      {!reading && text === '' && (
        <p className="message-reading">
          <span>
            <span className="spinner" /> {WORKING[wish]}
          </span>
        </p>
      )}
      {text &&
        (wish !== 'ask' ? (
          <pre className="live-command">{text}</pre>
        ) : (
          <MarkdownView text={text} streaming />
        ))}
    </article>
  );
}
