/** The part of a keyboard event that decides. */
export interface KeyPress {
  readonly type: string;
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
}

/** Keys as people write them: modifiers and the key, joined by `+`, e.g. `Ctrl+Shift+T`. */
export type Keys = string;

/** Whether a key event is these keys. Letters are compared without case, as Shift may be held. */
export function pressed(press: KeyPress, keys: Keys): boolean {
  const parts = keys.split('+');
  const key = parts.pop() ?? '';
  const held = (name: string) => parts.includes(name);
  return (
    press.type === 'keydown' &&
    press.key.toLowerCase() === key.toLowerCase() &&
    press.ctrlKey === held('Ctrl') &&
    press.shiftKey === held('Shift') &&
    press.altKey === held('Alt') &&
    press.metaKey === held('Cmd')
  );
}
