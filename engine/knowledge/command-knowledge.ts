import { shellBuiltins } from './builtins';
import type { CommandKnowledge, CommandSpec } from './command-spec';
import { openSpecFile, type SpecFile } from './fig/spec-file';
import { createManLibrary } from './man/man-library';
import { isShell, readManSpec } from './man/man-spec';
import { BASE_UTILITIES, SUBPAGE_PARENTS, subcommandsOfPages } from './man/subpages';
import { describeFrom, flagsFrom, mergeSpecs } from './merge-specs';
import { programsOnPath } from './programs';
import { hasVendorTool, LINUX_SOURCE, vendorToolSpec, vendorTools } from './vendor';

export interface CommandKnowledgeOptions {
  /** PATH; '' counts as none. */
  readonly path: string;
  /** Folders of manual pages, as `manFolders` lists them. */
  readonly manFolders: readonly string[];
  /** The file of completion specs that ships with the app; null where it is missing. */
  readonly specsFile: string | null;
  /** For an evaluation that gives the same on every machine: only what ships is used, PATH and pages are not read. */
  readonly fixed?: boolean;
  /** Programs of macOS differ from the GNU ones that completion specs often describe. */
  readonly platform?: NodeJS.Platform;
}

/** The knowledge of programs with lists of what it holds, for the index. */
export interface ProgramKnowledge extends CommandKnowledge {
  /** All programs that anything is known of, and those on PATH. */
  programs(): Set<string>;
  readonly installed: ReadonlySet<string>;
  /** As `spec`, for going through all programs once: nothing is kept. */
  describe(program: string): CommandSpec | null;
  /** Package and version of the shipped completion specs. */
  readonly specsOrigin: string;
  /** In one sentence, what is missing on this machine; '' where nothing is. */
  status(): string;
  close(): void;
}

/** Pages that were parsed are kept: a request's candidates ask for the same few programs again and again. */
const MOST_KEPT = 400;

/** Programs that hand their options on to another: what that one takes, they take. */
const HANDS_ON: ReadonlyMap<string, string> = new Map(
  Object.entries({
    zgrep: 'grep',
    zegrep: 'grep',
    zfgrep: 'grep',
    bzgrep: 'grep',
    xzgrep: 'grep',
    zstdgrep: 'grep',
    zcmp: 'cmp',
    zdiff: 'diff',
    xzdiff: 'diff',
    zless: 'less',
    bzless: 'less',
    xzless: 'less',
    fsck: 'e2fsck',
    sudoedit: 'sudo',
  }),
);

function openSpecs(path: string | null): SpecFile | null {
  try {
    return path === null ? null : openSpecFile(path);
  } catch {
    // The file is part of the app; without it pages and our own data remain, and status() says so.
    return null;
  }
}

/** Knowledge of programs, read without running any. Nothing but the spec file's table is read before it is asked for. */
export function createCommandKnowledge(options: CommandKnowledgeOptions): ProgramKnowledge {
  const { fixed = false, platform = process.platform } = options;
  const specs = openSpecs(options.specsFile);
  const man = createManLibrary(fixed ? [] : options.manFolders);
  let onPath: ReadonlySet<string> | undefined;
  const installed = () => {
    onPath ??= fixed || options.path === '' ? new Set() : programsOnPath(options.path);
    return onPath;
  };
  const kept = new Map<string, CommandSpec | null>();

  const manSpec = (program: string): CommandSpec | null => {
    const place = man.find(program);
    const source = place ? man.read(place) : null;
    const spec = place && source !== null ? readManSpec(source, program, place.section) : null;
    if (!SUBPAGE_PARENTS.has(program)) return spec;
    const subcommands = subcommandsOfPages(program, man);
    if (!spec || subcommands.length === 0) return spec;
    // Here the program's own options stand before the subcommand only.
    const listed = spec.subcommands.map((one) => ({ ...one, options: [], complete: false }));
    const pages = {
      ...spec,
      options: [],
      complete: false,
      subcommands,
      takesSubcommand: 'optional' as const,
    };
    return mergeSpecs([{ ...spec, subcommands: listed }, pages]);
  };

  const parts = (program: string): CommandSpec[] => {
    const page = manSpec(program);
    const written = vendorToolSpec(program);
    const isBase = BASE_UTILITIES.has(program);
    // Each system has its own variant of the base utilities: GNU's data is not for a Mac, a completion spec (written on
    // a Mac) not for Linux, where it only lends its words.
    const vendor = isBase && platform === 'darwin' && written?.source.name === LINUX_SOURCE ? null : written;
    const isForeign = isBase && platform !== 'darwin' && (page?.complete || vendor?.complete);
    const fig = specs?.spec(program) ?? null;
    const own = [page && vendor ? flagsFrom(page, vendor) : page, vendor].filter((part) => part !== null);
    const described = fig && own.length > 0 ? [describeFrom(mergeSpecs(own), fig)] : own;
    return fig && !isForeign ? [...own, fig] : described;
  };

  /** Options that a program takes as another one does: its page names few of them or none. */
  const handedOn = (program: string): CommandSpec[] => {
    const set = isShell(program) ? shellBuiltins().get('set') : undefined;
    const other = HANDS_ON.get(program);
    const found = other === undefined ? [] : parts(other);
    return [
      ...(set ? [{ ...set, names: [program], complete: false }] : []),
      ...(found.length > 0
        ? [{ ...mergeSpecs(found), names: [program], description: '', subcommands: [] }]
        : []),
    ];
  };

  const specOf = (program: string): CommandSpec | null => {
    const builtin = shellBuiltins().get(program);
    // What the shell carries out itself has the shell's options, whatever program has the same name.
    const found = builtin ? [builtin] : parts(program);
    const all = [...found, ...handedOn(program)];
    return all.length === 0 ? null : mergeSpecs(all);
  };

  return {
    describe: specOf,
    looksAtPath: !fixed && options.path !== '',
    specsOrigin: specs?.origin ?? '',
    spec(program) {
      const known = kept.get(program);
      if (known !== undefined) return known;
      const found = specOf(program);
      if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value ?? '');
      kept.set(program, found);
      return found;
    },
    get installed() {
      return installed();
    },
    program(word) {
      if (shellBuiltins().has(word)) return 'builtin';
      if (installed().has(word)) return 'installed';
      const isShipped = hasVendorTool(word) || specs?.programs.has(word) === true;
      return isShipped || man.find(word) ? 'documented' : 'unknown';
    },
    programs: () =>
      new Set([
        ...(specs?.programs.keys() ?? []),
        ...vendorTools(),
        ...man.names(),
        ...shellBuiltins().keys(),
        ...installed(),
      ]),
    status() {
      const hasPages = fixed || !man.names().next().done;
      if (!specs && !hasPages)
        return 'No manual pages and no completion specs were found; only own data on programs is used.';
      if (!specs) return 'The file of completion specs is missing; manual pages and own data are used.';
      return hasPages
        ? ''
        : 'This machine has no manual pages; options come from the data that ships with the app.';
    },
    close: () => specs?.close(),
  };
}
