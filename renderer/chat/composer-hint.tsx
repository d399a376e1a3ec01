import { useKeyHint } from '../actions/use-keys';
import { formatCount } from '../ui/format';
import { ASK_LIMIT } from './paste-policy';

/** The count of characters shows from here on. */
const NEAR_LIMIT = ASK_LIMIT - 2000;

interface ComposerHintProps {
  readonly hindrance: string | null;
  readonly length: number;
}

export function ComposerHint({ hindrance, length }: ComposerHintProps) {
  const ask = useKeyHint('chat.ask');
  const suggest = useKeyHint('chat.suggest');
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
      <kbd>{ask}</kbd> asks, <kbd>{suggest}</kbd> suggests a command
    </span>
  );
}
