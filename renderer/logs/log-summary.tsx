import { CircleAlert, CircleX, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { LogDocument } from '../../engine/contract/logs';
import { Disclosure } from '../ui/disclosure';
import { formatBytes, formatCount, plural } from '../ui/format';

interface LogSummaryProps {
  readonly document: LogDocument;
  readonly tools: ReactNode;
}

/** Counts over all lines of the log. */
export function LogSummary({ document, tools }: LogSummaryProps) {
  const { severities, warnings, sources } = document;
  const errors = severities.fatal + severities.error;
  const files = sources.map(({ path, name }) => path ?? name).join('\n');
  return (
    <div className="log-summary">
      <ul className="log-counts" aria-label="Summary of the log">
        <li>{plural(document.lineCount, 'line')}</li>
        <li data-severity={errors > 0 ? 'error' : undefined}>
          <CircleX size={13} aria-hidden="true" /> {plural(errors, 'error')}
          {severities.fatal > 0 && <span> ({formatCount(severities.fatal)} fatal)</span>}
        </li>
        <li data-severity={severities.warning > 0 ? 'warning' : undefined}>
          <TriangleAlert size={13} aria-hidden="true" /> {plural(severities.warning, 'warning')}
        </li>
        <li>{plural(document.patternCount, 'pattern')}</li>
        <li className="dim">{formatBytes(document.bytes)}</li>
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
      </ul>
      {tools}
      {warnings.length > 0 && (
        <div className="log-warnings">
          <Disclosure
            title={
              <span>
                <CircleAlert size={13} aria-hidden="true" /> {plural(warnings.length, 'note')} about this log
              </span>
            }
          >
            <ul>
              {warnings.map((warning) => (
                <li key={warning}>{warning}</li>
              ))}
            </ul>
          </Disclosure>
        </div>
      )}
    </div>
  );
}
