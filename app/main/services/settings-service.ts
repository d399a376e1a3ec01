import type { SettingsStore } from '../../stores/settings';
import { type Service, untilAborted } from './service';

export function settingsService(settings: SettingsStore): Service<'settings'> {
  return {
    'settings.get': () => settings.get(),
    'settings.watch': (_params, { emit, signal }) => {
      settings.watch(emit, signal);
      emit(settings.get());
      return untilAborted(signal);
    },
    'settings.set': (changes) => settings.change(changes),
  };
}
