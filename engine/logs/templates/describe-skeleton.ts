import { createHeaderReader } from '../masks/header';
import { maskMessage } from '../masks/mask';
import { levelWords, severityOf } from '../severity/severity';
import { ambiguousLevels } from '../severity/severity-rules';
import type { Shape } from './shape-table';

const readHeader = createHeaderReader(levelWords, ambiguousLevels);

/** What one skeleton says. Words are looked for behind the time, as a message may start like a process name. */
export function describeSkeleton(skeleton: string): Shape {
  const header = readHeader(skeleton);
  return {
    severity: severityOf(header.level, skeleton.slice(header.timeEnd)),
    masked: maskMessage(skeleton.slice(header.messageStart)),
  };
}
