import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Answer } from './use-answer';

interface PanelStateProps {
  readonly answer: Answer<unknown>;
  /** What is said where there is nothing to show. */
  readonly empty: string | null;
  readonly children: ReactNode;
}

/** The body of a panel: what was found, or that it is on its way, failed or empty. */
export function PanelState({ answer, empty, children }: PanelStateProps) {
  const { value, error, waiting } = answer;
  let body = children;
  if (value === null && error === null)
    body = (
      <p className="dim panel-note">
        <span className="spinner" /> Counting…
      </p>
    );
  else if (value === null || empty !== null) body = error ? null : <p className="dim panel-note">{empty}</p>;
  return (
    <div className="panel-body" aria-busy={waiting}>
      {error && (
        <p className="field-error panel-note" role="alert">
          <CircleAlert size={14} aria-hidden="true" /> {error}
        </p>
      )}
      {body}
    </div>
  );
}
