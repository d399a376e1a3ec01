import { unwrap } from '../formats/unwrap';
import { createHeaderReader } from '../masks/header';
import { maskMessage } from '../masks/mask';
import { levelWords, severityOf } from '../severity/severity';
import { ambiguousLevels } from '../severity/severity-rules';
import type { Shape } from './shape-table';

const readHeader = createHeaderReader(levelWords, ambiguousLevels);

/**
 * What one skeleton says. A line inside another one (JSON, logfmt, a container runtime's) is described and not the one
 * around it. Words are looked for behind the time, as a message may start like a process name.
 */
export function describeSkeleton(skeleton: string): Shape {
  const inner = unwrap(skeleton);
  const line = inner?.text ?? skeleton;
  const header = readHeader(line);
  return {
    severity: severityOf(inner?.level ?? header.level, line.slice(header.timeEnd)),
    masked: maskMessage(line.slice(header.messageStart)),
  };
}
