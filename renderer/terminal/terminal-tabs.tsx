import { BellRing, SquareTerminal, X } from 'lucide-react';
import { IconButton } from '../ui/button';
import { closeTab, keysOf, openTab } from './actions';
import { panesOf } from './layout-tree';
import { type PaneState, type TerminalTab, useTerminals } from './terminal-store';

/** Open terminals. Like the list of logs: buttons and not a `tablist`, which may not hold the buttons that close. */
export function TerminalTabs() {
  const tabs = useTerminals((state) => state.tabs);
  const active = useTerminals((state) => state.active);
  return (
    <nav className="tabs grow" aria-label="Open terminals">
      <ul>
        {tabs.map((tab) => (
          <Tab key={tab.id} tab={tab} selected={tab.id === active} only={tabs.length === 1} />
        ))}
      </ul>
    </nav>
  );
}

/** What a terminal is called: by its program, or else by its shell. */
export function terminalName({ title, told, shell }: PaneState): string {
  if (title !== '') return title;
  if (told?.program) return told.program;
  return shell.state === 'running' ? (shell.shell.split('/').at(-1) ?? shell.shell) : 'Shell';
}

interface TabProps {
  readonly tab: TerminalTab;
  readonly selected: boolean;
  readonly only: boolean;
}

function Tab({ tab, selected, only }: TabProps) {
  const panes = panesOf(tab.layout);
  const name = useTerminals((state) => {
    const focused = state.panes[tab.focused];
    return focused ? terminalName(focused) : '';
  });
  const rang = useTerminals((state) => panes.some((pane) => state.panes[pane]?.rang));
  const close = () => void closeTab(tab.id);
  return (
    <li className="tab" data-selected={selected || undefined}>
      <button
        type="button"
        className="tab-name"
        aria-current={selected ? 'true' : undefined}
        data-tip={name}
        onClick={() => openTab(tab.id)}
        onAuxClick={(event) => {
          if (event.button === 1) close();
        }}
      >
        {rang ? (
          <BellRing size={13} className="terminal-bell" aria-label="The bell rang" />
        ) : (
          <SquareTerminal size={13} aria-hidden="true" />
        )}
        <span className="cut">{name}</span>
        {panes.length > 1 && <span className="tab-count">{panes.length}</span>}
      </button>
      {!only && (
        <IconButton
          label={`Close terminal ${name}`}
          keys={selected ? keysOf('terminal.close') : undefined}
          icon={<X size={13} aria-hidden="true" />}
          onClick={close}
        />
      )}
    </li>
  );
}
