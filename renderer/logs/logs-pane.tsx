import { ClipboardPaste, FolderOpen } from 'lucide-react';
import type { ClipboardEvent } from 'react';
import { Button } from '../ui/button';
import { DocumentTabs } from './document-tabs';
import { IngestList } from './ingest-list';
import { LogView } from './log-view';
import { useActiveDocument } from './logs-store';
import { OpenDialog } from './open-dialog';
import { chooseFiles, openPaths, openText, pasteClipboard, pathsOf } from './open-logs';

export function LogsPane() {
  const document = useActiveDocument();
  const onPaste = (event: ClipboardEvent) => {
    if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) return;
    const { files } = event.clipboardData;
    const text = event.clipboardData.getData('text/plain');
    // A file manager copies files with their names as text.
    if (files.length > 0) void openPaths(pathsOf(files));
    else if (text.trim() !== '') void openText(text);
    else return;
    event.preventDefault();
  };
  return (
    <section className="pane logs-pane" aria-label="Logs" data-pane="logs" onPaste={onPaste}>
      <header className="pane-header">
        <h2 className="pane-title">Logs</h2>
        <DocumentTabs />
        <Button kind="plain" onClick={() => void chooseFiles()}>
          <FolderOpen size={14} aria-hidden="true" /> Open…
        </Button>
        <Button kind="plain" onClick={() => void pasteClipboard()}>
          <ClipboardPaste size={14} aria-hidden="true" /> Paste
        </Button>
      </header>
      <IngestList />
      {document ? <LogView key={document.id} document={document} /> : <EmptyLogs />}
      <OpenDialog />
    </section>
  );
}

function EmptyLogs() {
  return (
    <div className="logs-empty">
      <h3>No log is open</h3>
      <p className="dim">
        Open files, paste text, or drop files anywhere in the window. Every line is read, counted and grouped
        by pattern here on this machine; <strong>Diagnose</strong> then asks the model about what stands out,
        with the lines it rests on. Files are only read, never changed.
      </p>
    </div>
  );
}
