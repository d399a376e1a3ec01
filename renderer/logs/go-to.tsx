import { type FormEvent, useId, useState } from 'react';
import type { LogDocument } from '../../engine/contract/logs';
import { Button } from '../ui/button';
import { formatCount } from '../ui/format';
import { notifyError } from '../ui/notices';
import { focusPane } from '../ui/panes';
import { lineOf } from './compare/compare-model';
import { formatTime, parseTime } from './log-time';
import { jumpToLine } from './logs-store';
import { lineAtTime } from './steps';

interface GoToProps {
  readonly document: LogDocument;
  readonly onClose: () => void;
}

/** Goes to a line by its number, or to the first line at or after a moment. */
export function GoTo({ document, onClose }: GoToProps) {
  const { id, lineCount, time } = document;
  const [text, setText] = useState('');
  const [error, setError] = useState<string | null>(null);
  const errorId = useId();
  const line = text.trim() === '' ? null : lineOf(text, 1);
  const moment = time && line === null ? parseTime(text, time.from) : null;
  const valid = (line !== null && line <= lineCount) || moment !== null;
  const close = () => {
    onClose();
    focusPane('logs');
  };
  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    if (!valid) return;
    try {
      const target = line ?? (moment === null ? null : await lineAtTime(id, moment));
      if (target === null)
        return setError(time ? `The last line is of ${formatTime(time.to)}.` : 'There is no such line.');
      jumpToLine(id, target);
      close();
    } catch (thrown) {
      notifyError(thrown);
    }
  };
  const problem =
    error ?? (line !== null && line > lineCount ? `The log has ${formatCount(lineCount)} lines.` : null);
  return (
    <form
      className="go-to"
      onSubmit={(event) => void onSubmit(event)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') close();
      }}
    >
      <label>
        {time ? 'Go to line or time' : 'Go to line'}{' '}
        <input
          // biome-ignore lint/a11y/noAutofocus: the person has just asked for this field
          autoFocus
          className="field"
          placeholder={time ? `1 or ${formatTime(time.from).slice(0, 16)}` : ''}
          value={text}
          aria-invalid={text !== '' && !valid}
          aria-describedby={problem ? errorId : undefined}
          onChange={(event) => {
            setText(event.target.value);
            setError(null);
          }}
        />
      </label>
      <Button type="submit" disabled={!valid}>
        Go
      </Button>
      <Button kind="plain" onClick={close}>
        Cancel
      </Button>
      <span id={errorId} className={problem ? 'field-error' : 'dim'} role={problem ? 'alert' : undefined}>
        {problem ?? `${formatCount(lineCount)} lines`}
      </span>
    </form>
  );
}
