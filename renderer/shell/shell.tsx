import { useEffect } from 'react';
import { PaletteLayer } from '../actions/palette';
import { ChatPane } from '../chat/chat-pane';
import { LogsPane } from '../logs/logs-pane';
import { TerminalPane } from '../terminal/terminal-pane';
import { ConfirmLayer } from '../ui/confirm';
import { useMediaQuery } from '../ui/media';
import { NoticeLayer } from '../ui/notices';
import { focusPane, PANE_TITLES, PANES, showPane, usePanes } from '../ui/panes';
import { SplitView } from '../ui/split-view';
import { useThemeAttribute } from '../ui/theme';
import { TooltipLayer } from '../ui/tooltip';
import { DropLayer } from './drop-layer';
import { EngineAlert } from './engine-alert';
import { StatusBar } from './status-bar';

/** Below this the panes do not fit side by side, as at 200 % zoom; one is shown at a time. */
const COMPACT = '(max-width: 860px), (max-height: 480px)';

export function Shell() {
  useThemeAttribute();
  useEffect(() => focusPane('chat'), []);
  const compact = useMediaQuery(COMPACT);
  const active = usePanes((state) => state.active);
  // All panes stay mounted and in the same places of the tree, so that a resize never restarts the shell.
  return (
    <div className="shell" data-compact={compact || undefined} data-active-pane={active}>
      {compact && <PaneSwitch />}
      <main className="panes">
        <h1 className="visually-hidden">Sigma Ops</h1>
        <SplitView
          id="chat"
          label="Resize chat"
          direction="row"
          initial={0.42}
          minFirst={340}
          minSecond={400}
          first={<ChatPane />}
          second={
            <SplitView
              id="logs"
              label="Resize logs"
              direction="column"
              initial={0.62}
              minFirst={200}
              minSecond={110}
              first={<LogsPane />}
              second={<TerminalPane />}
            />
          }
        />
        <NoticeLayer />
      </main>
      <EngineAlert />
      <StatusBar />
      <DropLayer />
      <TooltipLayer />
      <PaletteLayer />
      <ConfirmLayer />
    </div>
  );
}

function PaneSwitch() {
  const active = usePanes((state) => state.active);
  return (
    <nav className="pane-switch" aria-label="Panes">
      {PANES.map((pane) => (
        <button
          key={pane}
          type="button"
          aria-current={pane === active ? 'true' : undefined}
          onClick={() => showPane(pane)}
        >
          {PANE_TITLES[pane]}
        </button>
      ))}
    </nav>
  );
}
