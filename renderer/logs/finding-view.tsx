import type { Finding } from '../../engine/contract/assistant';
import { formatCount } from '../ui/format';
import { SourceLabel } from '../ui/source-label';
import { visibleText } from '../ui/visible-text';
import { Citations } from './citations';
import { Confidence } from './confidence';
import { SeverityMark } from './severity-mark';

interface FindingViewProps {
  readonly documentId: string;
  readonly finding: Finding;
}

/** A piece of evidence and what is known or said of it. Pattern, counts and lines are the log's. */
export function FindingView({ documentId, finding }: FindingViewProps) {
  const { subject, claim, source, confidence, citations, failure } = finding;
  return (
    <li className="finding" data-testid="finding">
      {subject && <Subject subject={subject} />}
      <p className="finding-claim">{claim}</p>
      <p className="finding-labels">
        <Confidence level={confidence} />
        <SourceLabel source={source} what="claim" />
        {failure && failure.title !== claim && <span>{failure.title}</span>}
      </p>
      {citations.length > 0 ? (
        <Citations documentId={documentId} citations={citations} />
      ) : (
        <p className="dim">No line was cited for this.</p>
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
