import { CircleX, TriangleAlert } from 'lucide-react';
import type { CommandFinding } from '../../engine/contract/commands';
import { visibleText } from '../ui/visible-text';

/** What does not fit the documentation or this machine. */
export function FindingsList({ findings }: { readonly findings: readonly CommandFinding[] }) {
  if (findings.length === 0) return null;
  return (
    <ul className="command-findings" aria-label="Findings" data-testid="command-findings">
      {findings.map(({ severity, message, start }) => (
        <li key={`${start} ${message}`} data-severity={severity}>
          {severity === 'error' ? (
            <CircleX size={13} aria-label="Error:" />
          ) : (
            <TriangleAlert size={13} aria-label="Warning:" />
          )}
          <span>{visibleText(message)}</span>
        </li>
      ))}
    </ul>
  );
}
