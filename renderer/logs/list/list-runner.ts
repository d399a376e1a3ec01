/** What only the list of lines can do: it knows which rows there are and where they stand. */
export type ListAction =
  | 'up'
  | 'down'
  | 'pageUp'
  | 'pageDown'
  | 'top'
  | 'end'
  | 'whole'
  | 'selectAll'
  | 'copy'
  | 'copyNumbered'
  | 'menu';
export type ListRunner = (action: ListAction, extend: boolean) => void;

let current: ListRunner | null = null;

/** The list that is shown does what is asked for from now on; returns how to end that. */
export function setListRunner(runner: ListRunner): () => void {
  current = runner;
  return () => {
    if (current === runner) current = null;
  };
}

export function hasList(): boolean {
  return current !== null;
}

/** `extend` takes the selection along. */
export function runInList(action: ListAction, extend = false): void {
  current?.(action, extend);
}
