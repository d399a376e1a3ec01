import { create } from 'zustand';
import type { KnowledgeStatus } from '../../app/contract/window-api';
import { call } from '../bridge';
import { changeSettings, useSettings } from '../settings/settings-store';
import { confirm } from '../ui/confirm';
import { notifyError } from '../ui/notices';

/** What the main process says about the knowledge of programs. */
export const useKnowledge = create<{ readonly status: KnowledgeStatus }>(() => ({
  status: { state: 'waiting' },
}));

export function watchKnowledge(): void {
  call('engine.watchKnowledge', {}, { onEvent: (status) => useKnowledge.setState({ status }) }).catch(
    notifyError,
  );
}

/** Names of units, namespaces and the like are read only after a yes, and no longer after a second look here. */
export async function askForMachineNames(): Promise<void> {
  const { machineNames } = useSettings.getState().settings;
  const yes = await confirm({
    title: machineNames ? 'Stop offering names of this machine?' : 'Offer names of this machine?',
    text:
      'Names of systemd units, Kubernetes contexts and namespaces, and services of compose files can be read from ' +
      'this machine’s files and offered where a command needs one. They stay on this machine.',
    confirm: machineNames ? 'Stop' : 'Offer names',
  });
  if (yes) changeSettings({ machineNames: !machineNames });
}
