import { Fragment } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import type { Layout } from './layout-tree';
import type { Look } from './terminal-options';
import { TerminalSlot } from './terminal-slot';

/** Smallest size of a pane, CSS px: a prompt and some words still fit. */
const LEAST = 70;

interface TerminalLayoutProps {
  readonly layout: Layout;
  readonly focused: string;
  readonly look: Look;
}

/** The panes of a tab with splitters between them; the same keys and pointers as other splitters. */
export function TerminalLayout({ layout, focused, look }: TerminalLayoutProps) {
  if (layout.kind === 'pane')
    return <TerminalSlot pane={layout.pane} focused={layout.pane === focused} look={look} />;
  const { direction, children } = layout;
  return (
    <Group className="terminal-group" orientation={direction === 'row' ? 'horizontal' : 'vertical'}>
      {children.map((child, index) => {
        const id = child.kind === 'pane' ? child.pane : child.id;
        return (
          <Fragment key={id}>
            {index > 0 && <Separator className="splitter terminal-splitter" aria-label="Resize terminals" />}
            <Panel id={id} minSize={LEAST} className="terminal-panel">
              <TerminalLayout layout={child} focused={focused} look={look} />
            </Panel>
          </Fragment>
        );
      })}
    </Group>
  );
}
