import { useEffect, useRef, useState } from 'react';
import { toErrorData } from '../../engine/contract/errors';
import { isGone } from './line-lists';
import { remakeList } from './view-actions';

/** A log that grows is asked again, but not more often than this. */
const AGAIN_MS = 1500;

export interface Answer<T> {
  /** The last answer on this topic; null before the first. */
  readonly value: T | null;
  readonly error: string | null;
  readonly waiting: boolean;
}

const NOTHING = { value: null, error: null, waiting: false } as const;

/**
 * Asks the log process and keeps the answer. Another `topic` drops it and asks at once; another `stamp`, as when a
 * log has grown, keeps it until the new one is there. Null asks nothing. `id` is the log whose filtered list the
 * question may name: when the log process has let that go, it is made anew.
 */
export function useAnswer<T>(
  id: string,
  topic: string | null,
  stamp: string,
  ask: (signal: AbortSignal) => Promise<T>,
): Answer<T> {
  const [state, setState] = useState<Answer<T> & { readonly topic: string | null }>({
    ...NOTHING,
    topic: null,
  });
  const wanted = useRef({ stamp, ask });
  wanted.current = { stamp, ask };
  const look = useRef<() => void>(() => undefined);
  useEffect(() => {
    if (topic === null) return setState({ ...NOTHING, topic: null });
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let answered: string | null = null;
    let busy = false;
    let notBefore = 0;
    setState((old) => ({ ...(old.topic === topic ? old : { ...NOTHING, topic }), waiting: true }));
    const run = async () => {
      busy = true;
      timer = undefined;
      const { stamp: asked } = wanted.current;
      try {
        const value = await wanted.current.ask(abort.signal);
        if (!abort.signal.aborted) setState({ topic, value, error: null, waiting: false });
      } catch (thrown) {
        if (!abort.signal.aborted) onFailure(thrown);
      }
      busy = false;
      answered = asked;
      notBefore = performance.now() + AGAIN_MS;
      look.current();
    };
    const onFailure = (thrown: unknown) => {
      if (isGone(thrown)) return void remakeList(id);
      const { message } = toErrorData(thrown);
      setState((old) => ({ ...old, error: message, waiting: false }));
    };
    look.current = () => {
      if (abort.signal.aborted || busy || timer || wanted.current.stamp === answered) return;
      timer = setTimeout(() => void run(), Math.max(0, notBefore - performance.now()));
    };
    void run();
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [id, topic]);
  useEffect(() => {
    void stamp;
    look.current();
  }, [stamp]);
  return state.topic === topic ? state : { ...NOTHING, waiting: topic !== null };
}
