import type { CommandSpec } from '../command-spec';
import { VENDOR_FILES } from './data';
import { type VendorTool, vendorSpec } from './vendor-spec';

/** A variable that programs read, such as NCCL_DEBUG. */
export interface EnvironmentVariable {
  readonly name: string;
  readonly description: string;
  readonly source: string;
}

interface Entry {
  readonly name: string;
  readonly tool: VendorTool;
  readonly source: string;
  spec?: CommandSpec;
}

/** Documentation of the GNU and Linux variants of utilities that other systems have too. */
export const LINUX_SOURCE = 'documentation of GNU and Linux utilities';

let entries: ReadonlyMap<string, Entry> | undefined;
let variables: readonly EnvironmentVariable[] | undefined;

function allEntries(): ReadonlyMap<string, Entry> {
  entries ??= new Map(
    VENDOR_FILES.flatMap(({ source, tools }) =>
      Object.entries(tools).flatMap(([name, tool]) => {
        const entry: Entry = { name, tool, source };
        return [name, ...(tool.aliases ?? [])].map((one): [string, Entry] => [one, entry]);
      }),
    ),
  );
  return entries;
}

/** Names of the tools that we wrote down from their documentation; aliases too. */
export const vendorTools = (): Iterable<string> => allEntries().keys();

export const hasVendorTool = (name: string): boolean => allEntries().has(name);

/** What we wrote down of a tool; its options are read when it is first asked for. */
export function vendorToolSpec(name: string): CommandSpec | null {
  const entry = allEntries().get(name);
  if (!entry) return null;
  entry.spec ??= vendorSpec(entry.name, entry.tool, { kind: 'vendor', name: entry.source });
  return entry.spec;
}

export function environmentVariables(): readonly EnvironmentVariable[] {
  variables ??= VENDOR_FILES.flatMap(({ source, variables: listed }) =>
    Object.entries(listed ?? {}).map(([name, description]) => ({ name, description, source })),
  );
  return variables;
}
