import type { EvidencePack, EvidencePiece, EvidenceReason, LogDocument } from '../../engine/contract/logs';
import { call } from '../bridge';
import { formatCount, plural } from '../ui/format';
import { visibleText } from '../ui/visible-text';
import { Citations } from './citations';
import { formatDuration, formatTime } from './log-time';
import { PanelState } from './panel-state';
import { SeverityMark } from './severity-mark';
import { useAnswer } from './use-answer';

const REASONS: Readonly<Record<EvidenceReason, string>> = {
  'known-failure': 'known failure',
  'first-error': 'among the first errors',
  burst: 'burst',
  rare: 'rare',
  'frequent-error': 'frequent',
};

interface EvidenceViewProps {
  readonly document: Pick<LogDocument, 'id' | 'lineCount' | 'state'>;
  /** Heading of the pieces; none where they stand inside something that says it. */
  readonly title?: string;
}

/** What a diagnosis rests on, before it is asked for and after: pieces out of all lines, best first, no model. */
export function EvidenceView({ document, title }: EvidenceViewProps) {
  const { id, lineCount, state } = document;
  const answer = useAnswer(id, id, `${lineCount} ${state}`, (signal) =>
    call('logs.evidence', { id }, { signal }),
  );
  const pack = answer.value;
  return (
    <PanelState
      answer={answer}
      empty={pack?.pieces.length === 0 ? 'Nothing in this log points to trouble.' : null}
    >
      {pack && (
        <section className="evidence" aria-label="Evidence pack">
          {title && <h3>{title}</h3>}
          {pack.healthy && (
            <p>Nothing in this log points to trouble. This is what stands out all the same.</p>
          )}
          <ol className="findings" aria-label="Pieces of evidence">
            {pack.pieces.map((piece, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a piece is known by its place
              <Piece key={index} documentId={id} piece={piece} />
            ))}
          </ol>
          <Rest pack={pack} />
        </section>
      )}
    </PanelState>
  );
}

function Piece({ documentId, piece }: { readonly documentId: string; readonly piece: EvidencePiece }) {
  const { severity, pattern, count, firstLine, lastLine, reason, patterns, failures, time, lines, before } =
    piece;
  const where =
    firstLine === lastLine
      ? `line ${formatCount(firstLine)}`
      : `lines ${formatCount(firstLine)} to ${formatCount(lastLine)}`;
  const asCitations = (shown: EvidencePiece['lines']) =>
    shown.map(({ number, text }) => ({ file: '', line: number, text }));
  return (
    <li className="finding" data-testid="evidence-piece">
      <p className="finding-subject">
        <SeverityMark severity={severity} />{' '}
        <span className="finding-pattern mono">{visibleText(pattern)}</span>{' '}
        <span className="dim">
          {formatCount(count)}×, {where}
        </span>
      </p>
      <p className="finding-labels dim">
        {REASONS[reason]}
        {time &&
          `, ${time.from === time.to ? formatTime(time.from) : `${formatTime(time.from)} to ${formatTime(time.to)}`}`}
        {patterns > 1 && `, told by ${plural(patterns, 'pattern')}`}
      </p>
      {failures.map(({ id, title }) => (
        <p key={id} className="finding-claim">
          {title}
        </p>
      ))}
      <Citations documentId={documentId} citations={asCitations(lines)} />
      {before.length > 0 && (
        <>
          <p className="dim">Before it</p>
          <Citations documentId={documentId} citations={asCitations(before)} />
        </>
      )}
    </li>
  );
}

/** Silences, and what was left out. */
function Rest({ pack: { leftOut, gaps } }: { readonly pack: EvidencePack }) {
  return (
    <>
      {gaps.map(({ line, from, to }) => (
        <p key={line} className="dim">
          Silence of {formatDuration(to - from)} before line {formatCount(line)}
        </p>
      ))}
      <p className="dim">
        {leftOut > 0
          ? `${plural(leftOut, 'further pattern')} with signs of trouble ${leftOut === 1 ? 'was' : 'were'} left out.`
          : 'No pattern with signs of trouble was left out.'}
      </p>
    </>
  );
}
