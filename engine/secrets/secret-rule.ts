/** One form of secret, as data. */
export interface SecretRule {
  /** What stands in its place: '[masked: LABEL]'. */
  readonly label: string;
  /** Lower-case words; a text that has none of them has no such secret. They spare the pattern most texts. */
  readonly hints: readonly string[];
  /**
   * Global, with a group `value`: what is masked. Each repetition has an upper bound, so that a hostile text
   * costs a fixed number of steps a character.
   */
  readonly pattern: RegExp;
  /** Whether the value is a secret, where its form alone does not tell. */
  readonly holds?: (value: string, match: SecretMatch) => boolean;
}

export interface SecretMatch {
  /** The group `key`: the name that the value was given to; empty where the pattern has none. */
  readonly key: string;
  /** The group `sep`: what stands between the two, such as '=' or ': '. */
  readonly separator: string;
  /** Whether the match's name opens its line, as in a settings file. */
  readonly opensLine: boolean;
  readonly quoted: boolean;
}
