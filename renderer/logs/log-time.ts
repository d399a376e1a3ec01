const pad = (value: number, width = 2) => String(value).padStart(width, '0');

/** '2024-01-31 12:00:05.123', UTC as the log process counts; milliseconds only where there are any. */
export function formatTime(ms: number): string {
  return `${formatDay(ms)} ${formatClock(ms)}`;
}

export function formatDay(ms: number): string {
  const date = new Date(ms);
  return `${date.getUTCFullYear()}-${pad(date.getUTCMonth() + 1)}-${pad(date.getUTCDate())}`;
}

export function formatClock(ms: number): string {
  const date = new Date(ms);
  const clock = `${pad(date.getUTCHours())}:${pad(date.getUTCMinutes())}:${pad(date.getUTCSeconds())}`;
  const rest = date.getUTCMilliseconds();
  return rest === 0 ? clock : `${clock}.${pad(rest, 3)}`;
}

const DAY_MS = 86_400_000;

/** Labels of an axis whose marks are `step` ms apart: clocks, with the day where a day begins, or days. */
export function timeLabels(marks: readonly number[], step: number): string[] {
  return marks.map((ms, index) => {
    if (step >= DAY_MS) return formatDay(ms);
    const before = marks[index - 1];
    if (before !== undefined && formatDay(before) !== formatDay(ms)) return formatDay(ms).slice(5);
    return step < 1000 ? formatClock(ms) : formatClock(ms).slice(0, step < 60_000 ? 8 : 5);
  });
}

const DAY = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;
const CLOCK = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,3}))?)?$/;

/**
 * Reads a moment as a person writes it: '2024-01-31', '2024-01-31 12:00', '12:00:05.123'. Without a day it is on
 * that of `near`. UTC; null when it is none.
 */
export function parseTime(text: string, near: number | null): number | null {
  const parts = text
    .trim()
    .replace(/Z$/, '')
    .split(/[\sT]+/);
  const [first = '', second] = parts;
  if (parts.length > 2) return null;
  const day = DAY.test(first)
    ? dayStart(first)
    : second === undefined && near !== null
      ? startOfDay(near)
      : null;
  if (day === null) return null;
  const clock = DAY.test(first) ? second : first;
  if (clock === undefined) return day;
  const match = CLOCK.exec(clock);
  if (!match) return null;
  const [, hours, minutes, seconds = '0', fraction = '0'] = match;
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 60) return null;
  const ms = Number(fraction.padEnd(3, '0'));
  return day + ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + ms;
}

function dayStart(text: string): number | null {
  const [, year, month, day] = DAY.exec(text) ?? [];
  const ms = Date.UTC(Number(year), Number(month) - 1, Number(day));
  // 2024-02-31 is no day, though Date takes it for one in March.
  return new Date(ms).getUTCDate() === Number(day) ? ms : null;
}

function startOfDay(ms: number): number {
  return Math.floor(ms / DAY_MS) * DAY_MS;
}

/** '350 ms', '12.5 s', '3 min', '2 h 5 min', '4 days': how long something lasted, to two figures of its unit. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const seconds = ms / 1000;
  if (seconds < 60) return `${Number(seconds.toFixed(1))} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return `${Math.round(hours / 24)} days`;
}
