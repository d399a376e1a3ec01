import { CircleAlert, CircleCheck } from 'lucide-react';
import { visibleText } from '../ui/visible-text';
import type { Outcome } from './use-prompt';

/** How Insert or Copy went, and which values are still missing. */
export function OutcomeLine({ outcome }: { readonly outcome: Outcome }) {
  if (outcome.kind === 'failed') {
    return (
      <p className="command-outcome" data-tone="error" role="status">
        <CircleAlert size={13} aria-hidden="true" /> {outcome.message} You can copy it instead.
      </p>
    );
  }
  const { left } = outcome;
  const parts = [
    outcome.kind === 'copied' ? 'Copied.' : 'On the prompt.',
    ...(outcome.kind === 'inserted' && outcome.removed.length > 0
      ? [`Taken out: ${outcome.removed.map(visibleText).join(', ')}.`]
      : []),
    ...(left.length > 0 ? [`Still to fill in: ${left.join(', ')}.`] : []),
  ];
  return (
    <p className="command-outcome" role="status">
      <CircleCheck size={13} aria-hidden="true" /> {parts.join(' ')}
    </p>
  );
}
