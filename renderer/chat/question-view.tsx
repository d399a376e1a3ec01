import { Copy, Paperclip, Pencil, Quote, Trash2 } from 'lucide-react';
import { type KeyboardEvent, memo, useEffect, useRef, useState } from 'react';
import type { Message } from '../../app/contract/window-api';
import { call } from '../bridge';
import { Button, IconButton } from '../ui/button';
import { formatCount } from '../ui/format';
import { notify, notifyError } from '../ui/notices';
import { deleteMessage } from './branches';
import { WISH_LIMITS } from './paste-policy';
import { quote } from './quote';
import { edit } from './send';
import { VersionSwitch } from './version-switch';

/** A question that is on its way. */
export function LiveQuestion({ text }: { readonly text: string }) {
  return (
    <article className="message" data-role="user" aria-label="Your question">
      <h3 className="message-author">You</h3>
      <p className="message-question">{text}</p>
    </article>
  );
}

interface QuestionViewProps {
  readonly message: Message;
  /** An answer is being written: nothing here can be changed. */
  readonly busy: boolean;
}

export const QuestionView = memo(function QuestionView({ message, busy }: QuestionViewProps) {
  const { id, content, context } = message;
  const [editing, setEditing] = useState(false);
  const article = useRef<HTMLElement>(null);
  const copy = () => {
    call('clipboard.write', { text: content }).then(() => notify('Question copied.'), notifyError);
  };
  return (
    <article
      ref={article}
      id={`message-${id}`}
      className="message"
      data-role="user"
      aria-label="Your question"
      tabIndex={-1}
    >
      <header className="message-header">
        <h3 className="message-author">You</h3>
        {!editing && (
          <>
            <IconButton label="Copy question" icon={<Copy size={13} aria-hidden="true" />} onClick={copy} />
            <IconButton
              label="Quote question"
              icon={<Quote size={13} aria-hidden="true" />}
              // A press would take the selection away before it could be quoted.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => quote(article.current, content)}
            />
            <IconButton
              label="Edit question"
              icon={<Pencil size={13} aria-hidden="true" />}
              disabled={busy}
              onClick={() => setEditing(true)}
            />
            <IconButton
              label="Delete question"
              icon={<Trash2 size={13} aria-hidden="true" />}
              disabled={busy}
              onClick={() => void deleteMessage(message)}
            />
          </>
        )}
        <VersionSwitch message={message} disabled={busy} />
      </header>
      {editing ? (
        <QuestionEditor
          message={message}
          onClose={() => {
            setEditing(false);
            article.current?.focus();
          }}
        />
      ) : (
        <p className="message-question">{content}</p>
      )}
      {context.length > 0 && (
        <p className="message-note">
          <Paperclip size={13} aria-hidden="true" /> With {context.map(({ label }) => label).join(' · ')}
        </p>
      )}
    </article>
  );
});

function QuestionEditor({ message, onClose }: { readonly message: Message; readonly onClose: () => void }) {
  const [text, setText] = useState(message.content);
  const box = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const element = box.current;
    element?.focus();
    element?.setSelectionRange(element.value.length, element.value.length);
  }, []);
  const { most, what } = WISH_LIMITS[message.wish];
  const submit = () => {
    const words = text.trim();
    if (words === '') return;
    if (words.length > most) {
      notify(
        `${what} may have ${formatCount(most)} characters; this has ${formatCount(words.length)}.`,
        'error',
      );
      return;
    }
    onClose();
    void edit(message, words);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === 'Escape') onClose();
    else if (event.key === 'Enter' && !event.shiftKey) submit();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <form className="question-editor" aria-label="Edit question" onSubmit={(event) => event.preventDefault()}>
      <textarea
        ref={box}
        aria-label="Edited question"
        value={text}
        rows={2}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <div className="question-editor-buttons">
        <span className="dim">The question as it was is kept as a version.</span>
        <Button onClick={onClose}>Cancel</Button>
        <Button kind="primary" disabled={text.trim() === ''} onClick={submit}>
          Ask again
        </Button>
      </div>
    </form>
  );
}
