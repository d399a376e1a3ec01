/** The `most` items with the lowest values, lowest first; the order of equals stays. */
export function lowestOf<T>(items: readonly T[], value: (item: T) => number, most: number): T[] {
  return [...items].sort((a, b) => value(a) - value(b)).slice(0, most);
}

/** Value below which a share `q` (0 to 1) of sorted values lies. */
export function quantile(sorted: ArrayLike<number>, q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}
