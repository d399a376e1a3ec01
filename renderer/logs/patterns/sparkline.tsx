import { memo } from 'react';
import { sparkPath } from './patterns-model';

const WIDTH = 64;
const HEIGHT = 16;

/** How the lines of a pattern lie over the log. The counts beside it say how many. */
export const Sparkline = memo(function Sparkline({ spark }: { readonly spark: readonly number[] }) {
  return (
    <svg
      className="sparkline"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      aria-hidden="true"
      preserveAspectRatio="none"
    >
      <path d={sparkPath(spark, WIDTH, HEIGHT)} />
    </svg>
  );
});
