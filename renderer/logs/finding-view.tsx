import type { Finding } from '../../engine/contract/assistant';
import { formatCount } from '../ui/format';
import { SourceLabel } from '../ui/source-label';
import { visibleText } from '../ui/visible-text';
import type { StreamedFinding } from './diagnosis-model';
import { LineButton } from './line-button';
import { SeverityMark } from './severity-mark';

interface FindingViewProps {
  readonly documentId: string;
  readonly streamed: StreamedFinding;
  readonly writing: boolean;
}

/**
 * A counted pattern, what the model says of it, and lines of it. The claim is the model's; pattern, counts and
 * lines are the log's.
 */
export function FindingView({ documentId, streamed, writing }: FindingViewProps) {
  const { subject, claim, finding } = streamed;
  return (
    <li className="finding" data-testid="finding">
      {subject && <Subject subject={subject} />}
      <p className="finding-claim" data-writing={writing || undefined}>
        {claim}
      </p>
      {finding && (
        <>
          <p className="finding-labels">
            <Confidence level={finding.confidence} />
            <SourceLabel source={{ kind: 'model' }} what="claim" />
          </p>
          <Citations documentId={documentId} finding={finding} />
        </>
      )}
    </li>
  );
}

function Subject({ subject }: { readonly subject: NonNullable<Finding['subject']> }) {
  const { severity, count, pattern, firstLine, lastLine } = subject;
  const where =
    firstLine === lastLine
      ? `line ${formatCount(firstLine)}`
      : `lines ${formatCount(firstLine)} to ${formatCount(lastLine)}`;
  return (
    <p className="finding-subject">
      <SeverityMark severity={severity} />{' '}
      <span className="finding-pattern mono">{visibleText(pattern)}</span>{' '}
      <span className="dim">
        {formatCount(count)}×, {where}
      </span>
    </p>
  );
}

const BARS = { low: 1, medium: 2, high: 3 } as const;

function Confidence({ level }: { readonly level: Finding['confidence'] }) {
  return (
    <span className="confidence">
      <span className="confidence-bars" data-level={BARS[level]} aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      {level} confidence
    </span>
  );
}

function Citations({ documentId, finding }: { readonly documentId: string; readonly finding: Finding }) {
  if (finding.citations.length === 0) return <p className="dim">No line was cited for this.</p>;
  return (
    <ul className="citations" aria-label="Cited lines">
      {finding.citations.map(({ line, text }) => (
        <li key={line}>
          <LineButton documentId={documentId} line={line} />
          <span className="citation-text mono" title={visibleText(text)}>
            {visibleText(text)}
          </span>
        </li>
      ))}
    </ul>
  );
}
