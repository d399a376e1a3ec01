import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** Whole lines by number, both ends included, counted from 1. */
export const LineRange = z
  .tuple([z.number().int().min(1), z.number().int().min(1)])
  .refine(([first, last]) => first <= last, 'A range begins before it ends');
export type LineRange = z.infer<typeof LineRange>;

/** What truly went wrong; written from what was done to the program, never from what the product says today. */
export const ExpectedCause = z.strictObject({
  /** Known failures (engine/knowledge/signatures) that name this cause. Empty where none of them does. */
  signatures: z.array(z.string()),
  /**
   * The cause in other words: a text names it if it holds a word of every group, case and line ends aside. A word is
   * found inside longer ones, so stems will do.
   */
  keywords: z.array(z.array(z.string().min(2)).min(1)).min(2),
  /** Lines that show the cause, not what followed from it. */
  lines: z.array(LineRange).min(1),
});
export type ExpectedCause = z.infer<typeof ExpectedCause>;

/**
 * One log and what is true of it. `logs/ORIGIN/ID.log` is the log. Generated ones come out of `scenarios/` by
 * `npm run eval -- diagnosis --generate`; real ones were written by programs that `record/record.sh` made fail.
 */
export const DiagnosisItem = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)+$/),
  origin: z.enum(['generated', 'real']),
  /** How lines look; for real logs also which program wrote them. Names as in reserved.json. */
  format: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/),
  /** What happened, in plain words, for people who read the results. */
  truth: z.string().min(10).max(300),
  /** Null: nothing is wrong. */
  cause: ExpectedCause.nullable(),
  /** Lines that followed from the cause: citing them alone is not right. */
  effects: z.array(LineRange).default([]),
  /** Lines that look like trouble and have nothing to do with it, or were overcome. */
  herrings: z.array(LineRange).default([]),
});
export type DiagnosisItem = z.infer<typeof DiagnosisItem>;

/** What training data must never use; see reserved.json for the words to it. */
export const Reserved = z.strictObject({
  note: z.string(),
  signatures: z.array(z.string()),
  formats: z.array(z.strictObject({ name: z.string(), what: z.string() })),
});
export type Reserved = z.infer<typeof Reserved>;

/** Reads one file of items; a wrong line is a bug of the file, told with its number. */
export function parseDiagnosisItems(text: string, name: string): DiagnosisItem[] {
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    const parsed = DiagnosisItem.safeParse(JSON.parse(line));
    if (!parsed.success) throw new Error(`${name}:${index + 1}: ${z.prettifyError(parsed.error)}`);
    return [parsed.data];
  });
}

/** All items, the generated ones first. `folder`: engine/eval/diagnosis. */
export function readDiagnosisItems(folder: string): DiagnosisItem[] {
  return (['generated', 'real'] as const).flatMap((origin) => {
    const file = join(folder, 'items', `${origin}.jsonl`);
    return existsSync(file) ? parseDiagnosisItems(readFileSync(file, 'utf8'), `${origin}.jsonl`) : [];
  });
}

export const readReserved = (folder: string): Reserved =>
  Reserved.parse(JSON.parse(readFileSync(join(folder, 'reserved.json'), 'utf8')));

/** The file of an item's log. */
export const logFile = (folder: string, { origin, id }: DiagnosisItem): string =>
  join(folder, 'logs', origin, `${id}.log`);

/** True for failing items whose format or one of whose accepted failures no training data may use. */
export function isReserved({ format, cause }: DiagnosisItem, reserved: Reserved): boolean {
  return (
    reserved.formats.some(({ name }) => name === format) ||
    (cause?.signatures.some((id) => reserved.signatures.includes(id)) ?? false)
  );
}

/** True if the text holds a word of every group. */
export function namesCause(text: string, { keywords }: ExpectedCause): boolean {
  const plain = text.toLowerCase().replace(/\s+/g, ' ');
  return keywords.every((group) => group.some((word) => plain.includes(word.toLowerCase())));
}
