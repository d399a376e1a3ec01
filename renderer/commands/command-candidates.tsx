import type { CommandSuggestion } from '../../engine/contract/assistant';
import { Disclosure } from '../ui/disclosure';
import { CommandCard } from './command-card';

/** The first candidate, and the others on demand: one is to be looked at, not picked from a heap. */
export function CommandCandidates({ candidates }: { readonly candidates: readonly CommandSuggestion[] }) {
  const [first, ...others] = candidates;
  if (!first) return null;
  return (
    <>
      <CommandCard key={first.command} suggestion={first} />
      {others.length > 0 && (
        <div className="other-candidates">
          <Disclosure title={`Other candidates (${others.length})`}>
            {others.map((suggestion) => (
              <CommandCard key={suggestion.command} suggestion={suggestion} quiet />
            ))}
          </Disclosure>
        </div>
      )}
    </>
  );
}

/** Said once below a group of cards. */
export function InsertHint() {
  return (
    <p className="insert-hint">Insert puts it on the prompt. Nothing runs until you press Enter there.</p>
  );
}
