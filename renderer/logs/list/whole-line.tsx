import { useEffect, useState } from 'react';
import type { LogRow } from '../../../engine/contract/log-views';
import { LINE_VIEW_LIMIT } from '../../../engine/contract/logs';
import { call } from '../../bridge';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { formatCount } from '../../ui/format';
import { notifyError } from '../../ui/notices';
import { visibleText } from '../../ui/visible-text';

/** Longest text that the dialog draws, in characters; a line may have megabytes. */
const SHOWN = 96_000;
/** A value of an answer is cut, so a long text comes in parts. */
const PART = 8000;

/** Asks for the length of a line and its beginning. */
function wholeQuery(line: number): string {
  const parts = Array.from(
    { length: SHOWN / PART },
    (_, part) => `substr(text, ${part * PART + 1}, ${PART})`,
  );
  return `SELECT length(text), ${parts.join(', ')} FROM log WHERE line = ${line}`;
}

interface WholeLineProps {
  readonly id: string;
  readonly line: LogRow | undefined;
  readonly onClose: () => void;
}

/** A line from its beginning to its end, wrapped. */
export function WholeLine({ id, line, onClose }: WholeLineProps) {
  const [whole, setWhole] = useState<{ readonly length: number; readonly text: string } | null>(null);
  const number = line?.number;
  const cut = (line?.text.length ?? 0) >= LINE_VIEW_LIMIT;
  useEffect(() => {
    if (number === undefined || !cut) return;
    let over = false;
    // The list has lines up to a limit; the table has all of them.
    call('logs.sql', { id, query: wholeQuery(number) }).then(({ rows }) => {
      const [length, ...parts] = rows[0] ?? [];
      if (!over && typeof length === 'number') setWhole({ length, text: parts.join('') });
    }, notifyError);
    return () => {
      over = true;
    };
  }, [id, number, cut]);
  if (!line) return null;
  const { length, text } = whole ?? { length: line.text.length, text: line.text };
  const copy = () => call('clipboard.write', { text }).catch(notifyError);
  return (
    <Dialog title={`Line ${formatCount(line.number)}`} wide onClose={onClose}>
      <p className="dim">
        {formatCount(length)} characters
        {length > SHOWN && `, of which the first ${formatCount(SHOWN)} are shown`}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long text is scrolled by keyboard */}
      <pre className="whole-line" tabIndex={0}>
        {visibleText(text)}
      </pre>
      <div className="dialog-buttons">
        <Button onClick={() => void copy()}>Copy</Button>
        <Button kind="primary" onClick={onClose}>
          Close
        </Button>
      </div>
    </Dialog>
  );
}
