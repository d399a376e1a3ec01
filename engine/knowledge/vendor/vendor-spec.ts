import { z } from 'zod';
import type { CommandSpec, KnowledgeSource, OptionSpec } from '../command-spec';
import { readOptionTag } from '../man/option-tag';

/**
 * A tool as we write it down from its vendor's documentation. Options are written as a manual page would:
 * `"-i, --id=ID": "Choose the GPU."`; `[=WHEN]` is optional, `NAME...` takes several values.
 */
export interface VendorTool {
  readonly description: string;
  readonly aliases?: readonly string[] | undefined;
  readonly options?: Readonly<Record<string, string>> | undefined;
  /** Options that may also stand behind each subcommand. */
  readonly everywhere?: Readonly<Record<string, string>> | undefined;
  /** Documented values of an option, by one of its spellings. */
  readonly values?: Readonly<Record<string, readonly string[]>> | undefined;
  readonly subcommands?: Readonly<Record<string, VendorTool>> | undefined;
  /** 'optional' where the program does something without one. */
  readonly subcommand?: 'required' | 'optional' | undefined;
  /** All options are written down. False where we are not sure. */
  readonly complete?: boolean | undefined;
  readonly style?: 'clustered' | 'whole' | undefined;
}

const Lines = z.record(z.string().regex(/^-/), z.string());

export const VendorTool: z.ZodType<VendorTool> = z.strictObject({
  description: z.string(),
  aliases: z.array(z.string().min(1)).optional(),
  options: Lines.optional(),
  everywhere: Lines.optional(),
  values: z.record(z.string().regex(/^-/), z.array(z.string().min(1))).optional(),
  subcommands: z.lazy(() => z.record(z.string().regex(/^[\w.:-]+$/), VendorTool)).optional(),
  subcommand: z.enum(['required', 'optional']).optional(),
  complete: z.boolean().optional(),
  style: z.enum(['clustered', 'whole']).optional(),
});

/** A data file: tools of one vendor, and environment variables that they read. */
export const VendorFile = z.strictObject({
  /** For people: 'NVIDIA's nvidia-smi documentation'. */
  source: z.string().min(1),
  tools: z.record(z.string().regex(/^[\w.+-]+$/), VendorTool),
  variables: z.record(z.string().regex(/^[A-Z][A-Z0-9_]*$/), z.string().min(1)).optional(),
});
export type VendorFile = z.infer<typeof VendorFile>;

function readOptions(
  lines: Readonly<Record<string, string>> | undefined,
  values: VendorTool['values'],
): OptionSpec[] {
  return Object.entries(lines ?? {}).map(([tag, description]) => {
    const option = readOptionTag(
      tag.replace(/(?<=\s|=|\[)[A-Z][A-Z0-9_,:.-]*/g, (word) => `\ue001${word}\ue002`),
    );
    if (!option) throw new Error(`'${tag}' is no option.`);
    const documented = option.names.map((name) => values?.[name]).find((list) => list !== undefined);
    return { ...option, description, ...(documented ? { values: documented } : {}) };
  });
}

/** A tool's spec; throws where the data is broken, which the tests of the data show. */
export function vendorSpec(
  name: string,
  tool: VendorTool,
  source: KnowledgeSource,
  above: readonly OptionSpec[] = [],
): CommandSpec {
  const own = readOptions(tool.options, tool.values);
  const taken = new Set(own.flatMap((option) => option.names));
  const everywhere = [...readOptions(tool.everywhere, tool.values), ...above].filter(
    (option) => !option.names.some((one) => taken.has(one)),
  );
  const subcommands = Object.entries(tool.subcommands ?? {}).map(([word, one]) =>
    vendorSpec(word, { style: tool.style, ...one }, source, everywhere),
  );
  return {
    names: [name, ...(tool.aliases ?? [])],
    description: tool.description,
    source,
    options: [...own, ...everywhere],
    subcommands,
    ...(everywhere.length > 0 ? { persistentOptions: everywhere } : {}),
    takesSubcommand: subcommands.length === 0 ? 'never' : (tool.subcommand ?? 'required'),
    complete: tool.complete ?? false,
    optionStyle: tool.style ?? 'clustered',
  };
}
