import type { Citation } from '../../engine/contract/assistant';
import { visibleText } from '../ui/visible-text';
import { LineButton } from './line-button';

interface CitationsProps {
  readonly documentId: string;
  readonly citations: readonly Citation[];
}

/** Lines that something rests on; each leads to its place. */
export function Citations({ documentId, citations }: CitationsProps) {
  if (citations.length === 0) return null;
  return (
    <ul className="citations" aria-label="Cited lines">
      {citations.map(({ line, text }) => (
        <li key={line}>
          <LineButton documentId={documentId} line={line} />
          <span className="citation-text mono" title={visibleText(text)}>
            {visibleText(text)}
          </span>
        </li>
      ))}
    </ul>
  );
}
