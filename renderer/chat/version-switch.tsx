import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { Message } from '../../app/contract/window-api';
import { IconButton } from '../ui/button';
import { showMessage } from './branches';

interface VersionSwitchProps {
  readonly message: Pick<Message, 'id' | 'role' | 'versions'>;
  readonly disabled: boolean;
}

/** Goes through the versions of a message; each has its own continuation. */
export function VersionSwitch({ message: { id, role, versions }, disabled }: VersionSwitchProps) {
  if (versions.length < 2) return null;
  const what = role === 'user' ? 'question' : 'answer';
  const at = versions.indexOf(id);
  const to = (index: number) => {
    const version = versions[index];
    if (version !== undefined) void showMessage(version);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <span className="versions" role="group" aria-label={`Versions of this ${what}`}>
      <IconButton
        label={`Previous ${what}`}
        icon={<ChevronLeft size={13} aria-hidden="true" />}
        disabled={disabled || at <= 0}
        onClick={() => to(at - 1)}
      />
      <span className="version-count">
        {at + 1} of {versions.length}
      </span>
      <IconButton
        label={`Next ${what}`}
        icon={<ChevronRight size={13} aria-hidden="true" />}
        disabled={disabled || at === versions.length - 1}
        onClick={() => to(at + 1)}
      />
    </span>
  );
}
