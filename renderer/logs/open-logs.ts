import { create } from 'zustand';
import type { LogFile } from '../../app/contract/window-api';
import { toErrorData } from '../../engine/contract/errors';
import { type IngestProgress, type LogDocument, PASTE_LIMIT } from '../../engine/contract/logs';
import { call, pathForFile } from '../bridge';
import { formatBytes } from '../ui/format';
import { notify, notifyError } from '../ui/notices';
import { showPane } from '../ui/panes';
import { documentOf, dropDocument, putDocument, selectDocument } from './logs-store';

/** A log that is being read. */
export interface Ingest {
  readonly key: number;
  readonly name: string;
  readonly progress: IngestProgress;
  readonly cancel: () => void;
}

interface OpenStore {
  readonly ingests: readonly Ingest[];
  /** Files that raise a question before they are opened: several at once, or with earlier parts beside them. */
  readonly asked: readonly LogFile[] | null;
}

export const useOpening = create<OpenStore>(() => ({ ingests: [], asked: null }));
let nextKey = 1;

export interface OpenChoice {
  /** One log of all files, merged by time; else each is a log of its own. */
  readonly together: boolean;
  readonly rotated: boolean;
  readonly follow: boolean;
}

/** Shows the system's dialog and opens what is chosen there. */
export async function chooseFiles(): Promise<void> {
  try {
    offer(await call('logs.choose', {}));
  } catch (thrown) {
    notifyError(thrown);
  }
}

/** Paths of files that were dropped or pasted; of one that is nowhere on this machine the person is told. */
export function pathsOf(files: Iterable<File>): string[] {
  return [...files].flatMap((file) => {
    const path = pathForFile(file);
    if (path) return [path];
    notify(`${file.name} has no path on this machine, so it cannot be opened. Save it first.`, 'error');
    return [];
  });
}

/** Opens files that were dropped or pasted. */
export async function openPaths(paths: readonly string[]): Promise<void> {
  try {
    offer(await call('logs.inspect', { paths: [...paths] }));
  } catch (thrown) {
    notifyError(thrown);
  }
}

/** Opens what the command line or the desktop asks for, from now on. */
export function watchOpenRequests(): void {
  call(
    'app.openRequests',
    {},
    {
      onEvent: ({ files, follow }) => {
        if (follow) void openFiles(files, { together: false, rotated: false, follow });
        else offer(files);
      },
    },
  ).catch(notifyError);
}

/** One file that stands alone is opened; anything else is asked about. */
function offer(files: readonly LogFile[]): void {
  const [file, ...others] = files;
  if (!file) return;
  if (others.length === 0 && file.rotated.length === 0)
    void openFiles(files, { together: false, rotated: false, follow: false });
  else useOpening.setState({ asked: files });
}

export function dismissOffer(): void {
  useOpening.setState({ asked: null });
}

export async function openFiles(files: readonly LogFile[], choice: OpenChoice): Promise<void> {
  const { together, rotated, follow } = choice;
  const groups = together ? [files] : files.map((file) => [file]);
  await Promise.all(
    groups.map((group) => {
      const paths = group.map(({ path }) => path);
      const name = group.length === 1 ? (group[0]?.name ?? '') : `${group.length} files`;
      return ingest(name, (options) => call('logs.open', { kind: 'file', paths, rotated, follow }, options));
    }),
  );
}

/** Opens text as a log of its own. */
export function openText(text: string, name = 'Pasted log'): Promise<LogDocument | null> {
  if (text.length > PASTE_LIMIT) {
    notify(
      `The text is too large (${formatBytes(text.length)}). Save it to a file and open that; files may be larger.`,
      'error',
    );
    return Promise.resolve(null);
  }
  return ingest(name, (options) => call('logs.open', { kind: 'text', name, text }, options));
}

export async function pasteClipboard(): Promise<void> {
  try {
    const { text } = await call('clipboard.read', {});
    if (text.trim() === '') notify('The clipboard holds no text.');
    else await openText(text);
  } catch (thrown) {
    notifyError(thrown);
  }
}

interface IngestOptions {
  readonly signal: AbortSignal;
  readonly onEvent: (progress: IngestProgress) => void;
}

/** Reads a log; its first lines are shown while the rest is on the way. */
async function ingest(
  name: string,
  run: (options: IngestOptions) => Promise<LogDocument>,
): Promise<LogDocument | null> {
  const key = nextKey++;
  const abort = new AbortController();
  let shown: string | null = null;
  const onEvent = (progress: IngestProgress) => {
    useOpening.setState(({ ingests }) => {
      const entry: Ingest = { key, name, progress, cancel: () => abort.abort() };
      const known = ingests.some((other) => other.key === key);
      return {
        ingests: known ? ingests.map((other) => (other.key === key ? entry : other)) : [...ingests, entry],
      };
    });
    const { document } = progress;
    // What is on its way after the person has closed the log, or stopped, shows nothing.
    if (!document || abort.signal.aborted || (shown && !documentOf(document.id))) return;
    if (!shown) showPane('logs');
    shown = document.id;
    putDocument(document);
  };
  try {
    const document = await run({ signal: abort.signal, onEvent });
    if (!shown || documentOf(document.id)) {
      putDocument(document);
      if (!shown) {
        selectDocument(document.id);
        showPane('logs');
      }
    }
    return document;
  } catch (thrown) {
    const { kind, message } = toErrorData(thrown);
    // Several files may be on their way; a message has to say which one it is about.
    if (kind !== 'cancelled') notify(message.includes(name) ? message : `${name}: ${message}`, 'error');
    if (shown) void dropIfGone(shown);
    return null;
  } finally {
    useOpening.setState(({ ingests }) => ({ ingests: ingests.filter((other) => other.key !== key) }));
  }
}

/** After a failure the log process may have kept what was read, or not. */
async function dropIfGone(id: string): Promise<void> {
  const listed = await call('logs.list', {}).catch(() => []);
  const kept = listed.find((document) => document.id === id);
  if (kept) putDocument(kept);
  else dropDocument(id);
}
