import { z } from 'zod';

/** The five parts of AIMicius' CMDGen, one file of items each: `items/PART.jsonl`. */
export const PARTS = ['nvidia', 'amd', 'linux', 'containers', 'cloud'] as const;
export const Part = z.enum(PARTS);
export type Part = z.infer<typeof Part>;

export const SPLITS = ['dev', 'held'] as const;
export const Split = z.enum(SPLITS);
export type Split = z.infer<typeof Split>;

/**
 * What must be equal for a command to have the reference's effect: its output, its output in any order of lines, the
 * tree of files that it leaves, or output and tree. A command that must not touch files is `stdout`: the tree is
 * compared then too, so that printing the right thing and also deleting a file is not right.
 */
export const COMPARES = ['stdout', 'stdout-unordered', 'files', 'both'] as const;
export const Compare = z.enum(COMPARES);
export type Compare = z.infer<typeof Compare>;

/**
 * One request with one or more commands that fulfil it. With `fixture` and `compare` it is run in the sandbox, in a
 * copy of that fixture's tree; without, only its text is compared.
 */
export const EvalItem = z
  .strictObject({
    id: z.string().regex(/^[a-z]+-\d{3}$/),
    part: Part,
    split: Split,
    request: z.string().min(8).max(400),
    references: z.array(z.string().min(2).max(600)).min(1),
    fixture: z
      .string()
      .regex(/^[a-z][a-z0-9-]*$/)
      .optional(),
    compare: Compare.optional(),
  })
  .refine((item) => item.id.startsWith(`${item.part}-`), 'The id must begin with the part')
  .refine(
    (item) => (Number(item.id.slice(-3)) % 2 === 1 ? 'dev' : 'held') === item.split,
    'Odd numbers are dev, even ones held',
  )
  .refine((item) => (item.fixture === undefined) === (item.compare === undefined), {
    message: 'fixture and compare come together',
  })
  .refine((item) => new Set(item.references).size === item.references.length, 'A reference stands twice')
  .refine(
    (item) =>
      [item.request, ...item.references].every((text) => text === text.trim() && !/[\r\n]/.test(text)),
    {
      message: 'Requests and references are one line without space around them',
    },
  );
export type EvalItem = z.infer<typeof EvalItem>;

/** Reads one file of items; a wrong line is a bug of the file, told with its number. */
export function parseItems(text: string, name: string): EvalItem[] {
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    const where = `${name}:${index + 1}`;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      throw new Error(`${where} is no JSON`);
    }
    const parsed = EvalItem.safeParse(value);
    if (!parsed.success) throw new Error(`${where}: ${z.prettifyError(parsed.error)}`);
    return [parsed.data];
  });
}
