import { z } from 'zod';

/**
 * One form of logs, as a file in `data/` describes it. `line` and `samples` only name the form for people and
 * tell it from others. `wrap` alone changes what is masked: it says where lines of this form carry another line or
 * a message inside them; header, level and template are then read from that.
 */
export const Format = z.strictObject({
  /** For people: `syslog (RFC 3164)`. */
  name: z.string(),
  /** Forms of a lower rank are tried first: a form that others are special cases of has a higher one. */
  rank: z.number().int().min(1),
  /** A regular expression of a line that begins a record; its groups are `time`, `level` and `message`. */
  line: z.string(),
  wrap: z
    .discriminatedUnion('kind', [
      /** Fields of a JSON object or of `key=value` pairs. Nested fields have names with dots. */
      z.strictObject({
        kind: z.enum(['json', 'logfmt']),
        /** Fields that must be there, beside a message. */
        requires: z.array(z.string()),
        /** Fields with the message and the level; the first one that is there counts. */
        message: z.array(z.string()).min(1),
        level: z.array(z.string()),
        /** Fields that are put behind the message as `name=value`, as they say what went wrong. */
        also: z.array(z.string()),
        /** A message without a line end at its end goes on in the next line. */
        partialWithoutLineEnd: z.boolean().default(false),
      }),
      /** What matches `prefix` stands before the line inside; its first group is `partial` where that goes on. */
      z.strictObject({ kind: z.literal('prefix'), prefix: z.string(), partial: z.string() }),
    ])
    .optional(),
  /** Lines of this form, out of documentation or real logs. A test holds them against every form. */
  samples: z.array(z.string()).min(1),
});
export type Format = z.infer<typeof Format>;
export type Wrap = NonNullable<Format['wrap']>;
