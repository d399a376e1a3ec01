import { copyFileSync, renameSync } from 'node:fs';
import { DEFAULT_SETTINGS, readSettings, type Settings, type SettingsChange } from '../contract/settings';
import { readText, writeAtomically } from './json-file';

/** What the person chose. The main process has the only one, so the file has one writer. */
export interface SettingsStore {
  get(): Settings;
  /** Lays changes over the settings, keeps them and tells; a field that is absent keeps its value. Returns all. */
  change(changes: { readonly [K in keyof SettingsChange]: SettingsChange[K] | undefined }): Settings;
  /** Told of every change until aborted. */
  watch(watcher: (settings: Settings, before: Settings) => void, signal: AbortSignal): void;
  /** Set when the file, or a part of it, could not be used: says what was kept. */
  readonly notice: string | null;
}

/** Opens the file; one that is not there yet holds the defaults. Nothing is ever thrown away with it. */
export function openSettings(path: string): SettingsStore {
  const watchers = new Set<(settings: Settings, before: Settings) => void>();
  const opened = readFile(path);
  let settings = opened.settings;
  return {
    notice: opened.notice,
    get: () => settings,
    change: (changes) => {
      const given = Object.entries(changes).filter(([, value]) => value !== undefined);
      const before = settings;
      const { settings: next, wrong } = readSettings({ ...before, ...Object.fromEntries(given) });
      if (wrong.length > 0) throw new Error(`Not a setting: ${wrong.join(', ')}.`);
      writeAtomically(path, `${JSON.stringify(next, null, 2)}\n`);
      settings = next;
      for (const watcher of [...watchers]) watcher(settings, before);
      return settings;
    },
    watch: (watcher, signal) => {
      watchers.add(watcher);
      signal.addEventListener('abort', () => watchers.delete(watcher), { once: true });
    },
  };
}

function readFile(path: string): { settings: Settings; notice: string | null } {
  const text = readText(path);
  if (text === null) return { settings: DEFAULT_SETTINGS, notice: null };
  const keptAs = `${path}.broken`;
  const found = parseObject(text);
  if (!found) {
    renameSync(path, keptAs);
    return {
      settings: DEFAULT_SETTINGS,
      notice: `The file with your settings could not be understood. It was kept as ${keptAs}, and the defaults are used.`,
    };
  }
  const { settings, wrong } = readSettings(found);
  if (wrong.length === 0) return { settings, notice: null };
  copyFileSync(path, keptAs);
  const which =
    wrong.length === 1 ? `The setting “${wrong[0]}” has` : `The settings ${wrong.join(', ')} have`;
  return {
    settings,
    notice: `${which} a value that cannot be used, so the default is used there. The others are as you set them; the file as it was is kept as ${keptAs}.`,
  };
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
