import type { ITerminalOptions } from '@xterm/xterm';
import { DARK_PALETTE, LIGHT_PALETTE } from './palette';

/** Cells are whole pixels wide; at 0.6 em, as most monospace fonts have it, this comes to 8 and not to a cramped 7. */
export const DEFAULT_FONT_SIZE = 13.4;
const SCROLLBACK_LINES = 10_000;
const MONO =
  'ui-monospace, "SF Mono", "Cascadia Mono", "JetBrains Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace';

export interface Look {
  readonly dark: boolean;
  readonly screenReader: boolean;
  /** '' for the system's own monospace font. */
  readonly fontFamily: string;
  /** CSS px. */
  readonly fontSize: number;
  readonly cursorBlink: boolean;
}

/**
 * How our terminals behave. What a program may ask for is left at xterm's careful defaults: it can't read the title,
 * the clipboard or the window's size back, nor move the window.
 */
export function terminalOptions(look: Look): ITerminalOptions {
  return {
    ...lookOptions(look),
    scrollback: SCROLLBACK_LINES,
    lineHeight: 1.15,
    minimumContrastRatio: 4.5,
    macOptionIsMeta: false,
    // Widths by graphemes and marks beside the text are still "proposed" in xterm; both are pinned by its version.
    allowProposedApi: true,
    overviewRuler: { width: 10 },
    logLevel: 'off',
  };
}

/** The part that follows settings while a terminal is open. */
export function lookOptions({ dark, screenReader, fontFamily, fontSize, cursorBlink }: Look) {
  return {
    theme: dark ? DARK_PALETTE : LIGHT_PALETTE,
    screenReaderMode: screenReader,
    fontFamily: fontFamily === '' ? MONO : `${fontFamily}, ${MONO}`,
    fontSize,
    cursorBlink,
  } satisfies ITerminalOptions;
}
