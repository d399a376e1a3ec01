import type { Finding } from '../../engine/contract/assistant';

const BARS = { low: 1, medium: 2, high: 3 } as const;

/** How sure something is, in a word and in bars. */
export function Confidence({ level }: { readonly level: Finding['confidence'] }) {
  return (
    <span className="confidence">
      <span className="confidence-bars" data-level={BARS[level]} aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      {level} confidence
    </span>
  );
}
