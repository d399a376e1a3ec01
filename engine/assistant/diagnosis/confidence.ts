import type { Confidence } from '../../contract/diagnosis';
import { isRootKind, type RootCause } from './root-cause';

/** How sure a cause is, and why, for people. */
export interface Judged {
  readonly confidence: Confidence;
  readonly because: string;
}

const ORDER: readonly Confidence[] = ['low', 'medium', 'high'];

export const lower = (a: Confidence, b: Confidence): Confidence =>
  ORDER.indexOf(a) <= ORDER.indexOf(b) ? a : b;

/** From this share of the serious pieces on, a failure explains most of what went wrong. */
const MOST = 0.6;

/**
 * How sure a known failure is the cause:
 * - high: the log has its words, and most of the trouble begins with it or after it;
 * - medium: much of the trouble was there before it, it is a warning by itself, or it is a symptom that any program may
 *   have and the trouble begins with it;
 * - low: such a symptom after the trouble began, or as a warning.
 */
export function judge({ failure, explains, isFirst }: RootCause): Judged {
  if (failure.shown.severity === 'warning') {
    return failure.generic
      ? { confidence: 'low', because: 'The only known failure is a warning that any program may write.' }
      : {
          confidence: 'medium',
          because: 'The log has the words of a known failure, which is a warning by itself.',
        };
  }
  // 'Connection refused' is felt and says little; a full disk is a cause whoever writes it.
  if (failure.generic && !isRootKind(failure.shown.id)) {
    return isFirst || explains >= MOST
      ? {
          confidence: 'medium',
          because:
            'Any program may write it, and what is behind it is not shown, but the trouble begins with it.',
        }
      : { confidence: 'low', because: 'Any program may write it, and other errors came before it.' };
  }
  if (explains >= MOST) {
    const where = isFirst ? 'no error came before it' : 'most errors come after it';
    return { confidence: 'high', because: `The log has the very words of a known failure, and ${where}.` };
  }
  return {
    confidence: 'medium',
    because: 'The log has the very words of a known failure, but other errors came before it.',
  };
}

export const NOTHING_KNOWN: Judged = {
  confidence: 'low',
  because: 'No known failure is shown; this is only where the trouble begins.',
};
