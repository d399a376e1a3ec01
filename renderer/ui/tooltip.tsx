import { useEffect, useLayoutEffect, useRef, useState } from 'react';

const DELAY_MS = 450;
const GAP = 6;

interface Target {
  readonly text: string;
  readonly wide: boolean;
  /** What is below belongs to the same thing and should stay in sight. */
  readonly above: boolean;
  readonly box: DOMRect;
}

/**
 * One tooltip for the whole window: shows the `data-tip` of what is pointed at or focused by keyboard.
 * It only repeats accessible names and descriptions, so it is hidden from assistive technology.
 */
export function TooltipLayer() {
  const [target, setTarget] = useState<Target | null>(null);
  const element = useRef<HTMLDivElement>(null);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = (event: Event, delay: number) => {
      clearTimeout(timer);
      const source = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-tip]') : null;
      if (!source) return setTarget(null);
      timer = setTimeout(() => {
        const text = source.dataset.tip;
        if (text && source.isConnected)
          setTarget({
            text,
            wide: source.dataset.tipWide !== undefined,
            above: source.dataset.tipAbove !== undefined,
            box: source.getBoundingClientRect(),
          });
      }, delay);
    };
    const onPoint = (event: Event) => show(event, DELAY_MS);
    const onFocus = (event: FocusEvent) => {
      if (event.target instanceof Element && event.target.matches(':focus-visible')) show(event, 0);
    };
    const hide = () => {
      clearTimeout(timer);
      setTarget(null);
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') hide();
    };
    document.addEventListener('pointerover', onPoint);
    document.addEventListener('focusin', onFocus);
    document.addEventListener('focusout', hide);
    document.addEventListener('pointerdown', hide);
    document.addEventListener('scroll', hide, true);
    document.addEventListener('keydown', onKey);
    return () => {
      hide();
      document.removeEventListener('pointerover', onPoint);
      document.removeEventListener('focusin', onFocus);
      document.removeEventListener('focusout', hide);
      document.removeEventListener('pointerdown', hide);
      document.removeEventListener('scroll', hide, true);
      document.removeEventListener('keydown', onKey);
    };
  }, []);

  useLayoutEffect(() => {
    const tip = element.current;
    if (!tip || !target) return;
    const { box } = target;
    const over = box.top - GAP - tip.offsetHeight;
    const fitsBelow = box.bottom + GAP + tip.offsetHeight < innerHeight;
    const below = fitsBelow && !(target.above && over >= GAP);
    const top = below ? box.bottom + GAP : Math.max(GAP, over);
    const wish = box.left + box.width / 2 - tip.offsetWidth / 2;
    const left = Math.min(Math.max(GAP, wish), innerWidth - tip.offsetWidth - GAP);
    tip.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  }, [target]);

  if (!target) return null;
  return (
    <div
      ref={element}
      className="tooltip"
      data-wide={target.wide || undefined}
      aria-hidden="true"
      style={{ top: 0, left: 0 }}
    >
      {target.text}
    </div>
  );
}
