import { CircleAlert, CircleX, TriangleAlert } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import type { LogDocument } from '../../engine/contract/logs';
import { formatCount, plural } from '../ui/format';

interface LogSummaryProps {
  readonly document: LogDocument;
  readonly tools: ReactNode;
}

/** Counts over all lines of the log. */
export function LogSummary({ document, tools }: LogSummaryProps) {
  const { severities, warnings, sources } = document;
  const errors = severities.fatal + severities.error;
  const [noted, setNoted] = useState(false);
  const notes = useId();
  const files = sources.map(({ path, name }) => path ?? name).join('\n');
  return (
    <div className="log-summary">
      <ul className="log-counts" aria-label="Summary of the log">
        <li>{plural(document.lineCount, 'line')}</li>
        <li data-severity={errors > 0 ? 'error' : undefined}>
          <CircleX size={13} aria-hidden="true" /> {plural(errors, 'error')}
          {severities.fatal > 0 && (
            <span className="fatal-count"> ({formatCount(severities.fatal)} fatal)</span>
          )}
        </li>
        <li data-severity={severities.warning > 0 ? 'warning' : undefined}>
          <TriangleAlert size={13} aria-hidden="true" /> {plural(severities.warning, 'warning')}
        </li>
        {sources.length > 1 && (
          <li className="dim" data-tip={files}>
            {plural(sources.length, 'file')}
          </li>
        )}
        {document.state === 'reading' && (
          <li className="dim">
            <span className="spinner" /> counts so far
          </li>
        )}
        {document.state === 'following' && <li className="following">following</li>}
        {warnings.length > 0 && (
          <li>
            <button
              type="button"
              className="note-button"
              aria-expanded={noted}
              aria-controls={notes}
              onClick={() => setNoted(!noted)}
            >
              <CircleAlert size={13} aria-hidden="true" /> {plural(warnings.length, 'note')}
            </button>
          </li>
        )}
      </ul>
      {tools}
      <ul id={notes} className="log-warnings" hidden={!noted} aria-label="Notes about this log">
        {warnings.map((warning) => (
          <li key={warning}>{warning}</li>
        ))}
      </ul>
    </div>
  );
}
