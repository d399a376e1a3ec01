import { useEffect, useRef, useState } from 'react';
import { completedSentences } from './sentences';

interface SentenceAnnouncerProps {
  /** The whole text so far. */
  readonly text: string;
  readonly done: boolean;
  /** Whose text it is: the text of another one is another text. */
  readonly subject?: number;
}

/**
 * Reads a streaming text to a screen reader, a sentence at a time. Only what is written while it is watched is read:
 * not what was there at first, nor another text that takes its place at rest.
 */
export function SentenceAnnouncer({ text, done, subject = 0 }: SentenceAnnouncerProps) {
  const [spoken, setSpoken] = useState('');
  const position = useRef(done ? text.length : 0);
  const before = useRef({ done, subject });
  useEffect(() => {
    const { done: wasDone, subject: old } = before.current;
    before.current = { done, subject };
    // A text begins, or one at rest takes the place of another: what was read before says nothing of it.
    if (done && (wasDone || subject !== old)) position.current = text.length;
    else if (!done && (wasDone || subject !== old)) position.current = 0;
    if (text.length <= position.current) return;
    const { spoken: sentence, next } = completedSentences(text, position.current, done);
    position.current = next;
    if (sentence) setSpoken(sentence);
  }, [text, done, subject]);
  return (
    <div className="visually-hidden" aria-live="polite">
      {spoken}
    </div>
  );
}
