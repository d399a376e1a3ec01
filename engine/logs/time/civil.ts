/** Arithmetic of the proleptic Gregorian calendar, without Date objects. All moments are ms since 1970, UTC. */

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const DAYS_IN_MONTH = [0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Midnight of a date (month and day from 1), or NaN where there is no such date. */
export function dateMs(year: number, month: number, day: number): number {
  if (month < 1 || month > 12 || day < 1 || day > (DAYS_IN_MONTH[month] as number)) return Number.NaN;
  if (month === 2 && day === 29 && !isLeapYear(year)) return Number.NaN;
  // Years that start in March have their leap day last; 400 of them are 146,097 days.
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = (((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) | 0) + day - 1;
  const dayOfEra = yearOfEra * 365 + ((yearOfEra / 4) | 0) - ((yearOfEra / 100) | 0) + dayOfYear;
  return (era * 146_097 + dayOfEra - 719_468) * DAY;
}

/** Time of day in ms, or NaN. A leap second (60) counts as the next minute's first. */
export function clockMs(hour: number, minute: number, second: number): number {
  if (hour > 23 || minute > 59 || second > 60) return Number.NaN;
  return hour * HOUR + minute * MINUTE + second * SECOND;
}

/** The year that a moment lies in. */
export function yearOf(ms: number): number {
  let year = 1970 + Math.floor(ms / (365.2425 * DAY));
  while (dateMs(year, 1, 1) > ms) year--;
  while (dateMs(year + 1, 1, 1) <= ms) year++;
  return year;
}
