import { z } from 'zod';
import { ChordText } from './keys';
import { TerminalSettings } from './pty';

export const Theme = z.enum(['system', 'light', 'dark', 'contrast']);
export type Theme = z.infer<typeof Theme>;

/** What can be set, field by field. A field's default stands in `DEFAULT_SETTINGS`. */
const fields = {
  /** 'contrast': black, white and strong lines. 'system' follows the system's wish for more contrast too. */
  theme: Theme,
  /** 'compact': less room around what is shown. */
  density: z.enum(['normal', 'compact']),
  /** Size of the whole page; 1 is as it is drawn. */
  zoom: z.number().min(0.5).max(3),
  /** Shortcuts by action, in place of its own; an empty list takes them away. */
  keys: z.record(z.string(), z.array(ChordText).max(4)),
  /** Folder of the person's own model; null for the shipped one. */
  model: z.string().nullable(),
  /** Names of this machine, such as units and namespaces, may be read and offered as values. */
  machineNames: z.boolean(),
  terminal: TerminalSettings,
};

const Fields = z.object(fields);
export type Settings = z.infer<typeof Fields>;
/** Names that this version does not know are kept: another one may. */
export const Settings = z.looseObject(fields);

/** Some of the settings, as the window changes them. */
export const SettingsChange = Fields.partial();
export type SettingsChange = z.infer<typeof SettingsChange>;

export const DEFAULT_SETTINGS: Settings = {
  theme: 'system',
  density: 'normal',
  zoom: 1,
  keys: {},
  model: null,
  machineNames: false,
  terminal: TerminalSettings.parse({}),
};

/**
 * Settings out of what a file held. A field that is not as it must be gets its default and is named in `wrong`.
 */
export function readSettings(found: Readonly<Record<string, unknown>>): {
  settings: Settings;
  wrong: string[];
} {
  const wrong: string[] = [];
  const read = Object.fromEntries(
    Object.entries(fields).map(([name, field]) => {
      const fallback = DEFAULT_SETTINGS[name as keyof Settings];
      if (!(name in found)) return [name, fallback];
      const parsed = field.safeParse(found[name]);
      if (!parsed.success) wrong.push(name);
      return [name, parsed.success ? parsed.data : fallback];
    }),
  );
  return { settings: Settings.parse({ ...found, ...read }), wrong };
}
