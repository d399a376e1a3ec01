/** How the panes of one tab are divided. Pure: shells and screens are known by their names only. */
export type Layout = PaneLeaf | Split;

export interface PaneLeaf {
  readonly kind: 'pane';
  readonly pane: string;
}

export interface Split {
  readonly kind: 'split';
  readonly id: string;
  /** 'row': side by side; 'column': one above the other. */
  readonly direction: Direction;
  /** Two at least. */
  readonly children: readonly Layout[];
}

export type Direction = 'row' | 'column';

export const leaf = (pane: string): PaneLeaf => ({ kind: 'pane', pane });

/** The panes from left to right and from top to bottom. */
export function panesOf(layout: Layout): string[] {
  return layout.kind === 'pane' ? [layout.pane] : layout.children.flatMap(panesOf);
}

/** Puts `added` beside or below `pane`. In a split of the same direction it becomes one part more. */
export function splitPane(layout: Layout, pane: string, direction: Direction, added: string): Layout {
  if (layout.kind === 'pane') {
    if (layout.pane !== pane) return layout;
    return { kind: 'split', id: `s-${added}`, direction, children: [layout, leaf(added)] };
  }
  const here = layout.children.findIndex((child) => child.kind === 'pane' && child.pane === pane);
  if (here >= 0 && layout.direction === direction) {
    const children = [...layout.children];
    children.splice(here + 1, 0, leaf(added));
    return { ...layout, children };
  }
  return { ...layout, children: layout.children.map((child) => splitPane(child, pane, direction, added)) };
}

/** The layout without `pane`; a split with one part left is that part. Null when nothing is left. */
export function removePane(layout: Layout, pane: string): Layout | null {
  if (layout.kind === 'pane') return layout.pane === pane ? null : layout;
  const children = layout.children.flatMap((child) => removePane(child, pane) ?? []);
  return children.length > 1 ? { ...layout, children } : (children[0] ?? null);
}

/** The pane that has the keyboard after `pane` is gone: the one before it, or else the one after. */
export function neighbour(layout: Layout, pane: string): string | null {
  const panes = panesOf(layout);
  const index = panes.indexOf(pane);
  return panes[index - 1] ?? panes[index + 1] ?? null;
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export type Side = 'left' | 'right' | 'up' | 'down';

/** The nearest pane on that side; of several the one that shares the longest edge. Null at the border. */
export function paneOnSide(boxes: ReadonlyMap<string, Box>, from: string, side: Side): string | null {
  const own = boxes.get(from);
  if (!own) return null;
  const across = side === 'left' || side === 'right';
  let best: { readonly pane: string; readonly gap: number; readonly shared: number } | null = null;
  for (const [pane, box] of boxes) {
    if (pane === from) continue;
    const gap = {
      left: own.left - box.right,
      right: box.left - own.right,
      up: own.top - box.bottom,
      down: box.top - own.bottom,
    }[side];
    const shared = across
      ? Math.min(own.bottom, box.bottom) - Math.max(own.top, box.top)
      : Math.min(own.right, box.right) - Math.max(own.left, box.left);
    // Edges lie a splitter apart, with fractions of a pixel.
    if (gap < -1 || shared <= 0) continue;
    if (!best || gap < best.gap - 1 || (gap <= best.gap + 1 && shared > best.shared))
      best = { pane, gap, shared };
  }
  return best?.pane ?? null;
}
