import { X } from 'lucide-react';
import type { LogDocument } from '../../engine/contract/logs';
import { IconButton } from '../ui/button';
import { BookmarksPanel } from './bookmarks/bookmarks-panel';
import { ComparePanel } from './compare/compare-panel';
import { DiagnosisPanel } from './diagnosis-panel';
import { forgetDiagnosis, useDiagnosis } from './diagnosis-store';
import { EvidenceView } from './evidence-view';
import { PatternsPanel } from './patterns/patterns-panel';
import { RelatedPanel } from './related-panel';
import { SignalsPanel } from './signals/signals-panel';
import { SqlPanel } from './sql/sql-panel';
import { changeView, PANEL_TITLES, type PanelName } from './view-store';

interface LogPanelProps {
  readonly document: LogDocument;
  readonly name: PanelName;
}

/** Their forms take much of a low panel, so form and results scroll together. */
const LONG_FORMS: ReadonlySet<PanelName> = new Set(['sql', 'compare']);

/** What stands beside the lines. */
export function LogPanel({ document, name }: LogPanelProps) {
  const { id } = document;
  const title = PANEL_TITLES[name];
  const close = () => {
    if (name === 'diagnosis') forgetDiagnosis(id);
    changeView(id, { panel: null, front: 'lines' });
  };
  return (
    <section className="log-panel" data-panel={name} aria-label={title}>
      <header className="panel-header">
        <h3>{title}</h3>
        <IconButton
          label={`Close ${title.toLowerCase()}`}
          icon={<X size={14} aria-hidden="true" />}
          onClick={close}
        />
      </header>
      {LONG_FORMS.has(name) ? (
        <div className="panel-scroll">
          <Body document={document} name={name} />
        </div>
      ) : (
        <Body document={document} name={name} />
      )}
    </section>
  );
}

function Body({ document, name }: LogPanelProps) {
  const diagnosis = useDiagnosis(document.id);
  switch (name) {
    case 'patterns':
      return <PatternsPanel document={document} />;
    case 'signals':
      return <SignalsPanel document={document} />;
    case 'related':
      return <RelatedPanel document={document} />;
    case 'bookmarks':
      return <BookmarksPanel document={document} />;
    case 'compare':
      return <ComparePanel document={document} />;
    case 'sql':
      return <SqlPanel document={document} />;
    case 'diagnosis':
      return diagnosis ? (
        <DiagnosisPanel document={document} view={diagnosis.view} />
      ) : (
        <div className="diagnosis">
          <p className="dim">
            Press Diagnose to have this explained. The model is shown the first of these pieces.
          </p>
          <EvidenceView document={document} title="Evidence" />
        </div>
      );
  }
}
