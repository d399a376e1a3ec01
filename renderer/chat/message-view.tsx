import { CircleAlert, CircleStop, Copy } from 'lucide-react';
import { memo } from 'react';
import type { Message } from '../../app/contract/window-api';
import { call } from '../bridge';
import { CommandCandidates } from '../commands/command-candidates';
import { IconButton } from '../ui/button';
import { formatCount, plural } from '../ui/format';
import { notify, notifyError } from '../ui/notices';
import { Progress, percentOf } from '../ui/progress';
import type { Live, Wish } from './chat-store';
import { MarkdownView } from './markdown-view';

export function QuestionView({ text }: { readonly text: string }) {
  return (
    <article className="message" data-role="user" aria-label="Your question">
      <h3 className="message-author">You</h3>
      <p className="message-question">{text}</p>
    </article>
  );
}

interface AnswerViewProps {
  readonly message: Message;
  readonly turnsLeftOut: number;
}

export const AnswerView = memo(function AnswerView({ message, turnsLeftOut }: AnswerViewProps) {
  const { content, state, error, commands } = message;
  const copy = () => {
    call('clipboard.write', { text: content }).then(() => notify('Answer copied.'), notifyError);
  };
  return (
    <article className="message" data-role="assistant" data-state={state} aria-label="Answer">
      <header className="message-header">
        <h3 className="message-author">Sigma Ops</h3>
        {content && (
          <IconButton label="Copy answer" icon={<Copy size={13} aria-hidden="true" />} onClick={copy} />
        )}
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
      {turnsLeftOut > 0 && (
        <p className="message-note">
          {plural(turnsLeftOut, 'older message')} did not fit into the model’s context.
        </p>
      )}
    </article>
  );
});

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
