import type { Severity } from '../../../engine/contract/log-views';

/** Colours of the page as the canvas needs them: resolved for the theme that is on. */
export interface ThemeColours {
  readonly dim: string;
  readonly line: string;
  readonly focus: string;
  readonly severities: Readonly<Record<Severity, string>>;
}

const TOKENS: Readonly<Record<Severity, string>> = {
  fatal: '--error',
  error: '--error',
  warning: '--warning',
  info: '--bar-info',
  debug: '--bar-debug',
  none: '--bar-none',
};

let known: { readonly theme: string; readonly colours: ThemeColours } | null = null;

/** Asks the browser, since `light-dark()` is resolved only where a colour is used. */
export function themeColours(host: HTMLElement): ThemeColours {
  const theme = `${document.documentElement.dataset.theme ?? 'system'} ${matchMedia('(prefers-color-scheme: dark)').matches}`;
  if (known?.theme === theme) return known.colours;
  const probe = document.createElement('span');
  host.append(probe);
  const read = (token: string) => {
    probe.style.color = `var(${token})`;
    return getComputedStyle(probe).color;
  };
  const severities = Object.fromEntries(Object.entries(TOKENS).map(([name, token]) => [name, read(token)]));
  const colours = {
    dim: read('--text-dim'),
    line: read('--line-strong'),
    focus: read('--accent'),
    severities: severities as Record<Severity, string>,
  };
  probe.remove();
  known = { theme, colours };
  return colours;
}

const SIZE = 6;
const patterns = new Map<string, CanvasPattern>();

/** Colour and pattern: fatal is crossed, error striped, warning dotted; colour alone would not do. */
export function severityFill(
  context: CanvasRenderingContext2D,
  severity: Severity,
  host: HTMLElement,
): string | CanvasPattern {
  const colour = themeColours(host).severities[severity];
  if (severity !== 'fatal' && severity !== 'error' && severity !== 'warning') return colour;
  const key = `${severity} ${colour} ${devicePixelRatio}`;
  const made = patterns.get(key) ?? patternOf(context, severity, colour);
  if (!made) return colour;
  patterns.set(key, made);
  return made;
}

function patternOf(
  context: CanvasRenderingContext2D,
  severity: 'fatal' | 'error' | 'warning',
  colour: string,
): CanvasPattern | null {
  const tile = document.createElement('canvas');
  const size = Math.round(SIZE * devicePixelRatio);
  tile.width = size;
  tile.height = size;
  const brush = tile.getContext('2d');
  if (!brush) return null;
  brush.globalAlpha = severity === 'fatal' ? 1 : 0.55;
  brush.fillStyle = colour;
  brush.fillRect(0, 0, size, size);
  brush.globalAlpha = 1;
  brush.strokeStyle = colour;
  brush.lineWidth = size / 3;
  brush.beginPath();
  if (severity === 'warning') brush.arc(size / 2, size / 2, size / 5, 0, 2 * Math.PI);
  else if (severity === 'error') {
    // Three strokes, so that neighbouring tiles meet.
    for (const shift of [-size, 0, size]) {
      brush.moveTo(shift, size);
      brush.lineTo(shift + size, 0);
    }
  }
  brush.stroke();
  return context.createPattern(tile, 'repeat');
}
