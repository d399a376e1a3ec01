import { useEffect, useSyncExternalStore } from 'react';
import type { Theme } from '../../app/contract/settings';
import { changeSettings, useSettings } from '../settings/settings-store';

const systemDark = matchMedia('(prefers-color-scheme: dark)');

export function setTheme(theme: Theme): void {
  changeSettings({ theme });
}

export function useTheme(): Theme {
  return useSettings(({ settings }) => settings.theme);
}

/** What is really shown, for parts that cannot use CSS `light-dark()`. */
export function useDark(): boolean {
  const theme = useTheme();
  const system = useSyncExternalStore(
    (changed) => {
      systemDark.addEventListener('change', changed);
      return () => systemDark.removeEventListener('change', changed);
    },
    () => systemDark.matches,
  );
  return theme === 'system' ? system : theme !== 'light';
}

/** Puts theme and density on the root element, where the tokens read them. */
export function useThemeAttribute(): void {
  const theme = useTheme();
  const density = useSettings(({ settings }) => settings.density);
  useEffect(() => {
    document.documentElement.dataset.density = density;
  }, [density]);
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }, [theme]);
}
