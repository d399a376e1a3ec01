import type { CacheFormName } from '../../runtime/kv-cache';

/** One way to run the shipped model. */
export interface Variant {
  readonly name: string;
  readonly arithmetic: 'exact' | 'fast';
  readonly cache: CacheFormName;
  /** With the weights that are made from the model's at first use (engine/runtime/prefill-weights.ts). */
  readonly derived: boolean;
  /** What users get: held to the limit. */
  readonly isShipped: boolean;
}

const measured = { isShipped: false, derived: false };

/** What all others are compared with. */
export const REFERENCE: Variant = { ...measured, name: 'reference', arithmetic: 'exact', cache: 'fp32' };

/** One change at a time, then all that ship together. */
export const VARIANTS: readonly Variant[] = [
  { ...measured, name: 'cache fp16', arithmetic: 'exact', cache: 'fp16' },
  { ...measured, name: 'cache int8', arithmetic: 'exact', cache: 'int8' },
  { ...measured, name: 'cache mixed', arithmetic: 'exact', cache: 'mixed' },
  { ...measured, name: 'arithmetic of decode', arithmetic: 'fast', cache: 'fp32' },
  { ...measured, name: 'arithmetic of prefill', arithmetic: 'fast', cache: 'fp32', derived: true },
  { name: 'shipped, as in decode', arithmetic: 'fast', cache: 'int8', derived: false, isShipped: true },
  { name: 'shipped, as in prefill', arithmetic: 'fast', cache: 'int8', derived: true, isShipped: true },
];
