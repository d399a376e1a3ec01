import { useEffect, useState } from 'react';
import type { LogRow } from '../../../engine/contract/log-views';
import { LINE_VIEW_LIMIT } from '../../../engine/contract/logs';
import { call } from '../../bridge';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { formatCount } from '../../ui/format';
import { notifyError } from '../../ui/notices';
import { visibleText } from '../../ui/visible-text';

/** Longest text that the dialog draws; a line may have megabytes. */
const SHOWN = 100_000;

interface WholeLineProps {
  readonly id: string;
  readonly line: LogRow | undefined;
  readonly onClose: () => void;
}

/** A line from its beginning to its end, wrapped. */
export function WholeLine({ id, line, onClose }: WholeLineProps) {
  const [whole, setWhole] = useState<string | null>(null);
  const number = line?.number;
  const cut = (line?.text.length ?? 0) >= LINE_VIEW_LIMIT;
  useEffect(() => {
    if (number === undefined || !cut) return;
    let over = false;
    // The list has lines up to a limit; the table has all of them.
    call('logs.sql', { id, query: `SELECT text FROM log WHERE line = ${number}` }).then(({ rows }) => {
      const text = rows[0]?.[0];
      if (!over && typeof text === 'string') setWhole(text);
    }, notifyError);
    return () => {
      over = true;
    };
  }, [id, number, cut]);
  if (!line) return null;
  const text = whole ?? line.text;
  const copy = () => call('clipboard.write', { text }).catch(notifyError);
  return (
    <Dialog title={`Line ${formatCount(line.number)}`} wide onClose={onClose}>
      <p className="dim">
        {formatCount(text.length)} characters
        {text.length > SHOWN && `, of which the first ${formatCount(SHOWN)} are shown`}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long text is scrolled by keyboard */}
      <pre className="whole-line" tabIndex={0}>
        {visibleText(text.slice(0, SHOWN))}
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
