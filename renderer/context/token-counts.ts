import { useEffect, useState } from 'react';
import { call } from '../bridge';
import { useEngineHindrance } from '../shell/engine-store';

/** So many counts are remembered; a folder's text changes with every file. */
const MOST_KNOWN = 200;
const known = new Map<string, number>();

/** Tokens of each text as the loaded model counts them; undefined until they were counted. */
export function useTokenCounts(texts: readonly string[]): (text: string) => number | undefined {
  const [, draw] = useState(0);
  const ready = useEngineHindrance() === null;
  const unknown = texts.filter((text) => !known.has(text));
  const key = ready ? unknown.join('\0') : '';
  useEffect(() => {
    if (key === '') return;
    const asked = key.split('\0');
    const abort = new AbortController();
    call('context.tokens', { texts: asked }, { signal: abort.signal }).then(
      ({ tokens }) => {
        if (known.size > MOST_KNOWN) known.clear();
        tokens?.forEach((count, index) => {
          known.set(asked[index] ?? '', count);
        });
        draw((count) => count + 1);
      },
      // A count is not worth a message: the chip does without.
      () => {},
    );
    return () => abort.abort();
  }, [key]);
  return (text) => known.get(text);
}
