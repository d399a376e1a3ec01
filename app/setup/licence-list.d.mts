/** What the lock file says of a package. */
interface Locked {
  readonly dev?: boolean;
  readonly devOptional?: boolean;
}
/** A part of a package of the app. */
export interface Part {
  readonly name: string;
  readonly version?: string;
  readonly licence: string;
  readonly author?: string;
  readonly texts: readonly string[];
}
export const ALLOWED: ReadonlySet<string>;
export const BUILT_IN: readonly string[];
export function nameOf(path: string): string;
export function shippedPaths(packages: Readonly<Record<string, Locked>>): string[];
export function mayShip(name: string, licence: string): boolean;
export function withTexts(packages: readonly Part[]): Part[];
export function licenceText(parts: readonly Part[]): string;
/** As much of a bill of materials (CycloneDX) as is changed. */
export interface Bill {
  readonly bomFormat: string;
  readonly metadata: { readonly component: Readonly<Record<string, unknown>> };
  readonly components: readonly Readonly<Record<string, unknown>>[];
}
export function completeBill(
  bill: Bill,
  runtimes: readonly { readonly type: string; readonly name: string; readonly version: string }[],
): Bill;
