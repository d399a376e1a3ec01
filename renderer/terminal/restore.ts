import { SerializeAddon } from '@xterm/addon-serialize';
import type { Terminal } from '@xterm/xterm';
import { z } from 'zod';
import { call } from '../bridge';
import { readStored, writeStored } from '../ui/stored';

/** Lines above the screen that are kept over a restart of the app. */
const KEPT_LINES = 2000;
/** Kept this long after the last output, and while output goes on no more often than `BUSY_MS`. */
const QUIET_MS = 1500;
const BUSY_MS = 30_000;

/** Keeps the text of one terminal from one start of the app to the next, under the name of its pane. */
export class KeptText {
  readonly #serialize = new SerializeAddon();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #changedAt = 0;
  #keptAt = performance.now();

  constructor(
    private readonly key: string,
    terminal: Terminal,
  ) {
    terminal.loadAddon(this.#serialize);
    terminal.onWriteParsed(() => {
      this.#changedAt = performance.now();
      this.#timer ??= setTimeout(() => this.#look(), QUIET_MS);
    });
  }

  /** What was kept when the app last ran; '' for nothing. */
  async before(): Promise<string> {
    try {
      return (await call('terminal.kept', { key: this.key })).text;
    } catch {
      return '';
    }
  }

  /** Keeps the text as it is now. */
  keep(): void {
    this.#keptAt = performance.now();
    const text = this.#serialize.serialize({
      scrollback: KEPT_LINES,
      excludeModes: true,
      excludeAltBuffer: true,
    });
    // Losing it costs a look back; the terminal goes on.
    call('terminal.keep', { key: this.key, text }).catch(() => {});
  }

  /** Its pane was closed by the person. */
  forget(): void {
    this.stop();
    call('terminal.keep', { key: this.key, text: '' }).catch(() => {});
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #look(): void {
    this.#timer = undefined;
    const now = performance.now();
    if (now - this.#changedAt < QUIET_MS && now - this.#keptAt < BUSY_MS)
      this.#timer = setTimeout(() => this.#look(), QUIET_MS);
    else this.keep();
  }
}

const Pane = z.object({ kind: z.literal('pane'), pane: z.string().regex(/^[a-z0-9-]{1,64}$/) });
const Layout = z.union([
  Pane,
  z.object({
    kind: z.literal('split'),
    id: z.string(),
    direction: z.enum(['row', 'column']),
    get children(): z.ZodArray<z.ZodType<LayoutShape>> {
      return z.array(Layout).min(2).max(20);
    },
  }),
]) as z.ZodType<LayoutShape>;
type LayoutShape =
  | { kind: 'pane'; pane: string }
  | { kind: 'split'; id: string; direction: 'row' | 'column'; children: LayoutShape[] };

const Stored = z.object({
  active: z.string(),
  tabs: z
    .array(z.object({ id: z.string(), layout: Layout, focused: z.string() }))
    .min(1)
    .max(50),
  /** How each pane is opened again. */
  origins: z.record(
    z.string(),
    z.object({ profile: z.string().nullable(), target: z.string().nullable(), cwd: z.string().nullable() }),
  ),
});
export type StoredTabs = z.infer<typeof Stored>;

/** The tabs as they were; null where there are none, or not in this form. */
export function readTabs(): StoredTabs | null {
  try {
    return Stored.parse(JSON.parse(readStored('terminal.tabs') ?? ''));
  } catch {
    return null;
  }
}

export function writeTabs(tabs: StoredTabs): void {
  writeStored('terminal.tabs', JSON.stringify(tabs));
}
