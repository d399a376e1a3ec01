import { checkParsed } from '../commands/check';
import { explainCommand } from '../commands/explain';
import { machineView } from '../commands/machine-view';
import { shippedParser } from '../commands/parse/shipped-parser';
import type { ShellParser } from '../commands/parse/syntax';
import { readShellNames } from '../commands/shell-names';
import type { ShellNames } from '../commands/unwrap/walk';
import type { CommandCheck, ExplainedPart } from '../contract/commands';
import { createCommandKnowledge, type ProgramKnowledge } from '../knowledge/command-knowledge';
import { type BuildProgress, buildKnowledgeIndex, indexFile } from '../knowledge/index/build-index';
import {
  examplesInMemory,
  type KnowledgeIndex,
  openKnowledgeIndex,
} from '../knowledge/index/knowledge-index';
import { tldrFolders } from '../knowledge/index/tldr-pages';
import { type MachineNames, readMachineNames } from '../knowledge/machine-names';
import { manFolders } from '../knowledge/man/man-library';
import type { RequestMeaning } from '../knowledge/request-meaning';
import { shippedEncoder, shippedFile } from '../knowledge/shipped-file';

import { type MeaningOfRequests, openMeanings } from './example-meanings';

/** What is known of programs comes from here. */
export interface KnowledgeSetting {
  readonly environment: {
    readonly PATH?: string | undefined;
    readonly MANPATH?: string | undefined;
    readonly SHELL?: string | undefined;
  };
  /** For the user's tldr pages, kubeconfig and shell start-up files; null where they are not to be read. */
  readonly home: string | null;
  /** Where the index is kept. */
  readonly cacheFolder: string;
  /** For an evaluation that gives the same on every machine: only what ships with the app. */
  readonly fixed?: boolean;
  /** Where the code runs from its sources, the file that the build would ship. */
  readonly specsFile?: string;
}

/** Everything that is known without a model. */
export interface MachineKnowledge {
  readonly parser: ShellParser;
  readonly programs: ProgramKnowledge;
  /** The whole index where it was built, else one of the examples that ship with the app. */
  readonly index: KnowledgeIndex;
  /** Relative paths are looked up in `cwd`; null: nothing is said of paths. */
  check(command: string, cwd: string | null): { check: CommandCheck; explanation: ExplainedPart[] };
  /** How alike a request is to those of the shipped examples; null where that can't be told. */
  meaning(request: string): Promise<RequestMeaning | null>;
  /** Builds the index unless it stands; resolves when it does. Later calls find out whether PATH has changed. */
  gather(options: {
    readonly onProgress?: (progress: BuildProgress) => void;
    readonly signal?: AbortSignal;
  }): Promise<{ documents: number; missing: string[] }>;
  /** Once gathered: looks at most once a minute at PATH and the shell's aliases, and gathers anew behind the caller's back. */
  refresh(): void;
  /** Names of units, contexts and the like; empty unless `offerNames(true)` was called. */
  names(cwd: string | null): MachineNames | null;
  offerNames(use: boolean): void;
  close(): void;
}

/** How often PATH is looked at, in milliseconds. */
const REFRESH_MS = 60_000;

export async function openMachineKnowledge(setting: KnowledgeSetting): Promise<MachineKnowledge> {
  const { environment, home, cacheFolder, fixed = false } = setting;
  const parser = await shippedParser();
  const path = fixed ? '' : (environment.PATH ?? '');
  const folders = fixed ? [] : manFolders(environment);
  const specsFile = setting.specsFile ?? shippedFile('command-specs.bin');
  const encoderFolder = shippedEncoder();
  const openPrograms = () => createCommandKnowledge({ path, manFolders: folders, specsFile, fixed });
  const options = (knowledge: ProgramKnowledge) => ({
    knowledge,
    path,
    manFolders: folders,
    home,
    cacheFolder,
  });

  let programs = openPrograms();
  let file = '';
  let index: KnowledgeIndex | null = null;
  let building: Promise<unknown> = Promise.resolve();
  let namesOn = false;
  let shellNames: ShellNames | null = null;
  let meanings: Promise<MeaningOfRequests | null> | undefined;
  let lookedAt = Number.NEGATIVE_INFINITY;

  /** Takes the index of the machine's present state, where there is one. */
  function openIndex(): KnowledgeIndex | null {
    const current = indexFile(options(programs));
    if (current === file && index) return index;
    const opened = openKnowledgeIndex(current);
    if (!opened) return null;
    index?.close();
    index = opened;
    file = current;
    return opened;
  }

  async function build(
    onProgress?: (progress: BuildProgress) => void,
    signal?: AbortSignal,
  ): Promise<{ documents: number; missing: string[] }> {
    if (!(file !== '' && indexFile(options(programs)) === file)) {
      // Programs may have come since: what is on PATH is read anew.
      const fresh = openPrograms();
      await buildKnowledgeIndex(options(fresh), {
        ...(onProgress ? { onProgress } : {}),
        ...(signal ? { signal } : {}),
      });
      programs.close();
      programs = fresh;
      openIndex();
    }
    return { documents: index?.documents ?? 0, missing: missingSources(programs, home, encoderFolder) };
  }

  function gather(
    onProgress?: (progress: BuildProgress) => void,
    signal?: AbortSignal,
  ): Promise<{ documents: number; missing: string[] }> {
    // One at a time: a second call waits, and then finds it done.
    const next = building.catch(() => {}).then(() => build(onProgress, signal));
    building = next.catch(() => {});
    return next;
  }

  return {
    parser,
    get programs() {
      return programs;
    },
    get index() {
      index ??= openIndex() ?? examplesInMemory();
      return index;
    },
    check(command, cwd) {
      const machine = cwd === null ? null : machineView(cwd);
      shellNames ??= readShellNames(home, environment.SHELL ?? '', parser);
      const parsed = parser.parse(command);
      return {
        check: checkParsed(command, parsed, { parser, knowledge: programs, machine, aliases: shellNames }),
        explanation: explainCommand(command, parsed, programs),
      };
    },
    async meaning(request) {
      meanings ??=
        encoderFolder === null ? Promise.resolve(null) : openMeanings(encoderFolder).catch(() => null);
      return (await meanings)?.of(request) ?? null;
    },
    gather: ({ onProgress, signal }) => gather(onProgress, signal),
    refresh() {
      if (file === '' || performance.now() - lookedAt < REFRESH_MS) return;
      lookedAt = performance.now();
      shellNames = null;
      // What was known stays in use until then, and if it fails.
      gather().catch(() => {});
    },
    names: (cwd) => (namesOn ? readMachineNames(home, cwd) : null),
    offerNames(use) {
      namesOn = use;
    },
    close() {
      index?.close();
      programs.close();
      void meanings?.then((open) => open?.close());
    },
  };
}

function missingSources(
  programs: ProgramKnowledge,
  home: string | null,
  encoderFolder: string | null,
): string[] {
  const status = programs.status();
  const noTldr = home !== null && tldrFolders(home).length === 0;
  return [
    ...(status === '' ? [] : [status]),
    ...(programs.installed.size === 0 ? ['No programs were found on PATH.'] : []),
    ...(encoderFolder === null
      ? ['The sentence encoder is missing: examples are found by their words alone.']
      : []),
    ...(noTldr ? ['There is no tldr cache; its examples would be used too.'] : []),
  ];
}
