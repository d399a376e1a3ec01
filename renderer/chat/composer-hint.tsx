import { formatCount } from '../ui/format';
import { ASK_LIMIT } from './paste-policy';

export const isMac = navigator.userAgent.includes('Macintosh');
/** The key that is held for a shortcut. */
export const CTRL = isMac ? '⌘' : 'Ctrl';
/** The count of characters shows from here on. */
const NEAR_LIMIT = ASK_LIMIT - 2000;

interface ComposerHintProps {
  readonly hindrance: string | null;
  readonly length: number;
}

export function ComposerHint({ hindrance, length }: ComposerHintProps) {
  if (hindrance)
    return (
      <span className="composer-hint">
        {hindrance} Suggestions come from examples alone; checks need no model.
      </span>
    );
  if (length > NEAR_LIMIT) {
    return (
      <span className="composer-hint">
        {formatCount(length)} of {formatCount(ASK_LIMIT)} characters
      </span>
    );
  }
  return (
    <span className="composer-hint composer-keys">
      <kbd>Enter</kbd> asks, <kbd>{CTRL}+Enter</kbd> suggests a command
    </span>
  );
}
