import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import type { Profile } from '../../app/contract/pty';
import { call } from '../bridge';
import { IconButton } from '../ui/button';
import { Menu, type MenuItem } from '../ui/menu';
import { notify, notifyError } from '../ui/notices';
import { focusTerminal } from './actions';
import { addTab, USUAL } from './terminal-store';

interface Shown {
  readonly label: string;
  readonly items: readonly MenuItem[];
  readonly at: { readonly x: number; readonly y: number };
}

/** Another shell, a host, a container or a pod in a new tab. */
export function ProfileButton() {
  const [shown, setShown] = useState<Shown | null>(null);
  const open = (profile: string, target: string | null) =>
    focusTerminal(addTab({ ...USUAL, profile, target }));

  const chooseTarget = async ({ id, name, target }: Profile, at: Shown['at']) => {
    const targets = await call('terminal.targets', { profile: id });
    if (targets.length === 0)
      notify(`${name}: no ${target?.toLowerCase() ?? 'target'} was found to choose from.`);
    else setShown({ label: name, at, items: targets.map((to) => ({ label: to, run: () => open(id, to) })) });
  };
  const choose = async (at: Shown['at']) => {
    const profiles = await call('terminal.profiles', {});
    const items = profiles.map((profile): MenuItem => {
      if (profile.target === null) return { label: profile.name, run: () => open(profile.id, null) };
      return { label: `${profile.name}…`, run: () => void chooseTarget(profile, at).catch(notifyError) };
    });
    setShown({ label: 'New terminal with', items, at });
  };
  return (
    <>
      <IconButton
        label="New terminal with another shell, host or container"
        icon={<ChevronDown size={13} aria-hidden="true" />}
        onClick={(event) => {
          const { left, bottom } = event.currentTarget.getBoundingClientRect();
          choose({ x: left, y: bottom }).catch(notifyError);
        }}
      />
      {shown && (
        <Menu
          key={shown.label}
          label={shown.label}
          at={shown.at}
          groups={[shown.items]}
          onClose={() => setShown((now) => (now === shown ? null : now))}
        />
      )}
    </>
  );
}
