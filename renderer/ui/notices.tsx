import { CircleAlert, Info, TriangleAlert, X } from 'lucide-react';
import { create } from 'zustand';
import { toErrorData } from '../../engine/contract/errors';
import { Button, IconButton } from './button';

interface Notice {
  readonly id: number;
  readonly tone: 'info' | 'warning' | 'error';
  readonly text: string;
  readonly action: NoticeAction | null;
}

/** Something that can be done about it, such as to undo it. */
export interface NoticeAction {
  readonly label: string;
  readonly run: () => void;
}

const INFO_MS = 7000;
/** What asks for a decision stays longer. */
const ACTION_MS = 20_000;
const MOST = 4;
const useNotices = create<{ readonly notices: readonly Notice[] }>(() => ({ notices: [] }));
let nextId = 1;

function dismiss(id: number): void {
  useNotices.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
}

/** Says something that needs no answer. Errors and warnings stay until they are dismissed. */
export function notify(
  text: string,
  tone: Notice['tone'] = 'info',
  action: NoticeAction | null = null,
): void {
  const id = nextId++;
  useNotices.setState(({ notices }) => ({
    notices: [...notices.filter((notice) => notice.text !== text), { id, tone, text, action }].slice(-MOST),
  }));
  if (tone === 'info') setTimeout(() => dismiss(id), action ? ACTION_MS : INFO_MS);
}

/** Shows a failure, except that of something which the person stopped. */
export function notifyError(thrown: unknown): void {
  const { kind, message } = toErrorData(thrown);
  if (kind !== 'cancelled') notify(message, 'error');
}

export function NoticeLayer() {
  const notices = useNotices((state) => state.notices);
  return (
    <section className="notices" aria-label="Notices" aria-live="polite">
      {notices.map(({ id, tone, text, action }) => (
        <div key={id} className="notice" data-tone={tone} role={tone === 'error' ? 'alert' : 'status'}>
          <ToneIcon tone={tone} />
          <p>{text}</p>
          {action && (
            <Button
              onClick={() => {
                dismiss(id);
                action.run();
              }}
            >
              {action.label}
            </Button>
          )}
          <IconButton label="Dismiss" icon={<X size={14} />} onClick={() => dismiss(id)} />
        </div>
      ))}
    </section>
  );
}

function ToneIcon({ tone }: { readonly tone: Notice['tone'] }) {
  switch (tone) {
    case 'error':
      return <CircleAlert size={15} aria-label="Error" />;
    case 'warning':
      return <TriangleAlert size={15} aria-label="Warning" />;
    case 'info':
      return <Info size={15} aria-label="Notice" />;
  }
}
