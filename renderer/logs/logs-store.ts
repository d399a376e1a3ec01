import { create } from 'zustand';
import type { LogDocument } from '../../engine/contract/logs';
import { call } from '../bridge';
import { notifyError } from '../ui/notices';
import { showPane } from '../ui/panes';

/** A wish to show a line; `serial` tells two wishes for the same line apart. */
export interface Jump {
  readonly id: string;
  readonly line: number;
  readonly serial: number;
}

interface LogsStore {
  readonly documents: readonly LogDocument[];
  readonly active: string | null;
  readonly jump: Jump | null;
}

export const useLogs = create<LogsStore>(() => ({ documents: [], active: null, jump: null }));

export function useActiveDocument(): LogDocument | null {
  return useLogs(({ documents, active }) => documents.find(({ id }) => id === active) ?? null);
}

export function activeDocument(): LogDocument | null {
  const { active } = useLogs.getState();
  return active === null ? null : documentOf(active);
}

export function documentOf(id: string): LogDocument | null {
  return useLogs.getState().documents.find((document) => document.id === id) ?? null;
}

export function loadDocuments(): void {
  call('logs.list', {}).then((listed) => {
    // A log may have been opened while the list was on its way.
    useLogs.setState(({ documents, active }) => {
      const known = new Set(documents.map(({ id }) => id));
      const all = [...documents, ...listed.filter(({ id }) => !known.has(id))];
      return { documents: all, active: active ?? all[0]?.id ?? null };
    });
  }, notifyError);
}

/** Takes over what the log process says of a document; one that is new comes to the front. */
export function putDocument(document: LogDocument): void {
  useLogs.setState(({ documents, active }) =>
    documents.some(({ id }) => id === document.id)
      ? { documents: documents.map((other) => (other.id === document.id ? document : other)), active }
      : { documents: [document, ...documents], active: document.id },
  );
}

export function selectDocument(id: string): void {
  useLogs.setState({ active: id });
}

/** Takes a document out of the window; the one beside it comes to the front. */
export function dropDocument(id: string): void {
  useLogs.setState(({ documents, active }) => {
    const index = documents.findIndex((document) => document.id === id);
    const left = documents.filter((document) => document.id !== id);
    const neighbour = left[Math.min(index, left.length - 1)]?.id ?? null;
    return { documents: left, active: active === id ? neighbour : active };
  });
}

export async function closeDocument(id: string): Promise<void> {
  try {
    await call('logs.close', { id });
  } catch (thrown) {
    return notifyError(thrown);
  }
  dropDocument(id);
}

/** Shows a line of a log and marks it; citations come here. */
export function jumpToLine(id: string, line: number): void {
  useLogs.setState(({ jump }) => ({ active: id, jump: { id, line, serial: (jump?.serial ?? 0) + 1 } }));
  showPane('logs');
}

let shownJump = 0;

/** The list has carried out a jump. Lists come and go with tabs; one of them only does. */
export function jumpShown({ serial }: Jump): void {
  shownJump = serial;
}

export function isJumpShown({ serial }: Jump): boolean {
  return serial <= shownJump;
}

/** The line that a jump is on its way to in this log; null where none is. */
export function lineAhead(id: string): number | null {
  const { jump } = useLogs.getState();
  return jump?.id === id && !isJumpShown(jump) ? jump.line : null;
}

/** Starts or stops waiting for what is appended to a log's file. */
export async function setFollowing(id: string, on: boolean): Promise<void> {
  try {
    putDocument(await call('logs.follow', { id, on }));
  } catch (thrown) {
    notifyError(thrown);
  }
}

/** Hears of a document's growth until the returned function is called. */
export function watchDocument(id: string): () => void {
  const abort = new AbortController();
  call('logs.watch', { id }, { signal: abort.signal, onEvent: putIfOpen }).catch((thrown: unknown) => {
    if (!abort.signal.aborted) notifyError(thrown);
  });
  return () => abort.abort();
}

/** A document that was closed meanwhile does not come back. */
function putIfOpen(document: LogDocument): void {
  if (documentOf(document.id)) putDocument(document);
}
