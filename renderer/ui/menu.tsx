import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';

export interface MenuItem {
  readonly label: string;
  readonly icon?: ReactNode;
  /** Keys that do the same. */
  readonly keys?: string;
  readonly disabled?: boolean;
  readonly run: () => void;
}

interface MenuProps {
  readonly label: string;
  /** Where it was asked for, CSS px of the window. */
  readonly at: { readonly x: number; readonly y: number };
  /** Groups, with a line between them. */
  readonly groups: readonly (readonly MenuItem[])[];
  readonly onClose: () => void;
}

const EDGE = 6;

/** A menu at a point. The keyboard is on it until it closes, and then where it was before. */
export function Menu({ label, at, groups, onClose }: MenuProps) {
  const menu = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = menu.current;
    if (!element) return;
    const left = Math.max(EDGE, Math.min(at.x, innerWidth - element.offsetWidth - EDGE));
    const top = Math.max(EDGE, Math.min(at.y, innerHeight - element.offsetHeight - EDGE));
    element.style.transform = `translate(${left}px, ${top}px)`;
  }, [at]);
  useEffect(() => {
    const before = document.activeElement;
    menu.current?.querySelector<HTMLElement>('[role="menuitem"]:not(:disabled)')?.focus();
    const onPress = (event: Event) => {
      if (!menu.current?.contains(event.target as Node)) onClose();
    };
    window.addEventListener('pointerdown', onPress, true);
    window.addEventListener('blur', onClose);
    window.addEventListener('resize', onClose);
    return () => {
      window.removeEventListener('pointerdown', onPress, true);
      window.removeEventListener('blur', onClose);
      window.removeEventListener('resize', onClose);
      // What an item has opened keeps the focus.
      const inside =
        document.activeElement === document.body || menu.current?.contains(document.activeElement);
      if (inside && before instanceof HTMLElement) before.focus();
    };
  }, [onClose]);

  const onKeyDown = (event: KeyboardEvent) => {
    const items = [
      ...(menu.current?.querySelectorAll<HTMLElement>('[role="menuitem"]:not(:disabled)') ?? []),
    ];
    const index = items.indexOf(document.activeElement as HTMLElement);
    const to: Record<string, number> = {
      ArrowDown: (index + 1) % items.length,
      ArrowUp: (index - 1 + items.length) % items.length,
      Home: 0,
      End: items.length - 1,
    };
    const next = to[event.key];
    if (next !== undefined) items[next]?.focus();
    else if (event.key === 'Escape' || event.key === 'Tab') onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div ref={menu} className="menu" role="menu" tabIndex={-1} aria-label={label} onKeyDown={onKeyDown}>
      {groups
        .filter((group) => group.length > 0)
        .map((group, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: groups keep their places
          // biome-ignore lint/a11y/useSemanticElements: a fieldset may not stand in a menu
          <div key={index} role="group" className="menu-group">
            {group.map((item) => (
              <button
                key={item.label}
                type="button"
                role="menuitem"
                tabIndex={-1}
                disabled={item.disabled}
                onClick={() => {
                  onClose();
                  item.run();
                }}
              >
                <span className="menu-icon">{item.icon}</span>
                <span className="cut">{item.label}</span>
                {item.keys && <kbd>{item.keys}</kbd>}
              </button>
            ))}
          </div>
        ))}
    </div>
  );
}
