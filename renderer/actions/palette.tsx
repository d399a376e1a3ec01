import { Command } from 'cmdk';
import { flushSync } from 'react-dom';
import { create } from 'zustand';
import { useSettings } from '../settings/settings-store';
import { Dialog } from '../ui/dialog';
import { type Action, GROUPS, isAvailable, useActions } from './action';
import { boundKeys, keyName } from './keymap';

const usePalette = create<{ readonly open: boolean }>(() => ({ open: false }));

export function openPalette(): void {
  usePalette.setState({ open: true });
}

function closePalette(): void {
  usePalette.setState({ open: false });
}

export function PaletteLayer() {
  const open = usePalette((state) => state.open);
  return open && <Palette />;
}

/** Every action with its shortcuts. What can't be done now is there too, but can't be chosen. */
function Palette() {
  const actions = useActions((state) => state.actions);
  const custom = useSettings(({ settings }) => settings.keys);
  return (
    <Dialog title="Commands" hideTitle className="palette" onClose={closePalette}>
      <Command label="Commands" loop filter={matchWords}>
        <Command.Input
          data-first=""
          placeholder="What do you want to do?"
          aria-label="Search for a command"
        />
        <Command.List label="Commands">
          <Command.Empty>No command has these words.</Command.Empty>
          {GROUPS.map((group) => (
            <Command.Group key={group} heading={group}>
              {actions
                .filter((action) => action.group === group && action.id !== 'app.palette')
                .map((action) => (
                  <Item key={action.id} action={action} keys={boundKeys(action, custom)} />
                ))}
            </Command.Group>
          ))}
        </Command.List>
      </Command>
    </Dialog>
  );
}

/** How well an action's words fit what was typed, 0 to 1: each word of it must be there. */
function matchWords(_id: string, typed: string, keywords: readonly string[] = []): number {
  const text = keywords.join(' ').toLowerCase();
  const wanted = typed.trim().toLowerCase();
  if (!wanted.split(/\s+/).every((word) => text.includes(word))) return 0;
  return text.startsWith(wanted) ? 1 : text.includes(wanted) ? 0.8 : 0.5;
}

function Item({ action, keys }: { readonly action: Action; readonly keys: readonly string[] }) {
  const checked = action.checked?.();
  return (
    <Command.Item
      value={action.id}
      keywords={[action.title, action.group]}
      disabled={!isAvailable(action)}
      onSelect={() => {
        // The keyboard is back where it was before the action looks where it is.
        flushSync(closePalette);
        action.run();
      }}
    >
      <span className="cut">
        {action.title}
        {checked && <span className="dim"> (on)</span>}
      </span>
      <span className="palette-keys">
        {keys.map((key) => (
          <kbd key={key}>{keyName(key)}</kbd>
        ))}
      </span>
    </Command.Item>
  );
}
