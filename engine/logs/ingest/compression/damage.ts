/** Compressed bytes that end too early or make no sense. What was unpacked before has been handed on. */
export class Damage extends Error {
  override readonly name = 'Damage';
  constructor(
    readonly kind: 'truncated' | 'corrupt' | 'unsupported',
    message: string,
  ) {
    super(message);
  }
}
