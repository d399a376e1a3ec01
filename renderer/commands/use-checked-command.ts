import { useEffect, useState } from 'react';
import type { CommandSuggestion } from '../../engine/contract/assistant';
import type { CommandCheck, ExplainedPart } from '../../engine/contract/commands';
import { toErrorData } from '../../engine/contract/errors';
import { call } from '../bridge';
import { useSurroundings } from '../context/surroundings';
import { fillPlaceholders, type Values } from './fill-placeholders';

/** What was found out about exactly this text. */
export interface Checked {
  readonly command: string;
  readonly check: CommandCheck;
  readonly explanation: readonly ExplainedPart[];
}

/** After the last key, before the command is checked again. */
const DEBOUNCE_MS = 180;

/**
 * A suggestion with the values that the person gave it. It is checked again whenever its text changes, and at first
 * if it came without a check: out of a chat answer, or stored by a version that had none.
 */
export function useCheckedCommand({ command: written, check: given, explanation }: CommandSuggestion) {
  const [template, setTemplate] = useState<Checked | null>(
    () => given && { command: written, check: given, explanation },
  );
  const [latest, setLatest] = useState(template);
  const [problem, setProblem] = useState<string | null>(null);
  const [values, setValues] = useState<Values>({});
  const placeholders = template?.check.placeholders ?? [];
  const filled = fillPlaceholders(written, placeholders, values);
  const { command } = filled;
  const checked = template?.command === command ? template : latest;
  const known = checked?.command === command;

  useEffect(() => {
    setProblem(null);
    if (known) return;
    const abort = new AbortController();
    const cwd = useSurroundings.getState().folder?.cwd ?? null;
    const ask = () =>
      call('command.check', { command, cwd }, { signal: abort.signal }).then(
        (result) => {
          if (abort.signal.aborted) return;
          setLatest({ command, ...result });
          if (command === written) setTemplate({ command, ...result });
        },
        (thrown: unknown) => {
          if (!abort.signal.aborted) setProblem(toErrorData(thrown).message);
        },
      );
    const timer = setTimeout(ask, command === written ? 0 : DEBOUNCE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [command, known, written]);

  return {
    ...filled,
    placeholders,
    values,
    setValue: (name: string, value: string) => setValues((old) => ({ ...old, [name]: value })),
    /** The last that is known, for ratings; `current` only if it is of this text, for marks in it. */
    check: checked?.check ?? null,
    current: known ? checked : null,
    pending: !known && problem === null,
    problem,
  };
}
