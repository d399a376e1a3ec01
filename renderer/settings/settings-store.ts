import { create } from 'zustand';
import { DEFAULT_SETTINGS, type Settings, type SettingsChange } from '../../app/contract/settings';
import { call } from '../bridge';
import { notifyError } from '../ui/notices';

/** The settings as the main process has them; it is the only one that writes the file. */
export const useSettings = create<{ readonly settings: Settings }>(() => ({ settings: DEFAULT_SETTINGS }));

export function watchSettings(): void {
  call('settings.watch', {}, { onEvent: (settings) => useSettings.setState({ settings }) }).catch(
    notifyError,
  );
}

/** Shows a change at once and keeps it; what could not be kept is taken back and told. */
export function changeSettings(change: SettingsChange): void {
  const before = useSettings.getState().settings;
  useSettings.setState({ settings: { ...before, ...change } as Settings });
  call('settings.set', change).catch((thrown: unknown) => {
    useSettings.setState({ settings: before });
    notifyError(thrown);
  });
}
