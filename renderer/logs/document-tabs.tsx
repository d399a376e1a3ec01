import { FileText, X } from 'lucide-react';
import type { LogDocument } from '../../engine/contract/logs';
import { IconButton } from '../ui/button';
import { forgetCursor } from './cursor-store';
import { forgetDiagnosis } from './diagnosis-store';
import { closeDocument, selectDocument, useLogs } from './logs-store';
import { forgetView } from './view-store';

/** Open logs. A list of buttons and not a `tablist`, which may not hold the buttons that close. */
export function DocumentTabs() {
  const documents = useLogs((state) => state.documents);
  const active = useLogs((state) => state.active);
  return (
    <nav className="tabs grow" aria-label="Open logs">
      <ul>
        {documents.map((document) => (
          <Tab key={document.id} document={document} selected={document.id === active} />
        ))}
      </ul>
    </nav>
  );
}

function Tab({ document, selected }: { readonly document: LogDocument; readonly selected: boolean }) {
  const { id, name, path } = document;
  const close = () => {
    forgetDiagnosis(id);
    forgetView(id);
    forgetCursor(id);
    void closeDocument(id);
  };
  return (
    <li className="tab" data-selected={selected || undefined}>
      <button
        type="button"
        className="tab-name"
        aria-current={selected ? 'true' : undefined}
        data-tip={path ?? name}
        onClick={() => selectDocument(id)}
        onAuxClick={(event) => {
          if (event.button === 1) close();
        }}
      >
        <FileText size={13} aria-hidden="true" />
        <span className="cut">{name}</span>
      </button>
      <IconButton label={`Close ${name}`} icon={<X size={13} aria-hidden="true" />} onClick={close} />
    </li>
  );
}
