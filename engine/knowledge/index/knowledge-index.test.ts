import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCommandKnowledge, type ProgramKnowledge } from '../command-knowledge';
import { builtSpecs } from '../fig/built-specs';
import {
  type BuildProgress,
  buildKnowledgeIndex,
  indexFile,
  type KnowledgeIndexOptions,
} from './build-index';
import { infoDocuments, readInfoDirectory } from './info-dir';
import { type KnowledgeIndex, openKnowledgeIndex } from './knowledge-index';
import { readTldrPage, tldrFolders } from './tldr-pages';

const folder = mkdtempSync(join(tmpdir(), 'index-'));
const cacheFolder = join(folder, 'cache');
const home = join(folder, 'home');
const PAGE =
  '# zork\n\n> Plays a game.\n\n- Start a saved adventure:\n\n`zork {{[-f|--file]}} {{path/to/save_file}}`\n';
let knowledge: ProgramKnowledge;
let options: KnowledgeIndexOptions;

beforeAll(() => {
  mkdirSync(join(home, '.cache', 'tldr', 'pages', 'common'), { recursive: true });
  writeFileSync(join(home, '.cache', 'tldr', 'pages', 'common', 'zork.md'), PAGE);
  knowledge = createCommandKnowledge({ path: '', manFolders: [], specsFile: builtSpecs(), fixed: true });
  options = { knowledge, path: '', manFolders: [], home, cacheFolder };
}, 120_000);
afterAll(() => {
  knowledge.close();
  rmSync(folder, { recursive: true });
});

describe('tldr pages of the user', () => {
  it('are found and read, with placeholders that parse', () => {
    expect(tldrFolders(home)).toHaveLength(1);
    expect(tldrFolders(join(home, 'nobody'))).toEqual([]);
    expect(readTldrPage(PAGE, 'zork')).toEqual([
      {
        kind: 'example',
        program: 'zork',
        title: 'Start a saved adventure',
        body: 'zork -f SAVE_FILE',
        source: 'tldr page of zork',
        why: '',
      },
    ]);
  });
});

describe('the index', () => {
  let index: KnowledgeIndex;
  const progress: BuildProgress[] = [];
  beforeAll(async () => {
    const built = await buildKnowledgeIndex(options, { onProgress: (one) => progress.push(one) });
    expect(built.built).toBe(true);
    const opened = openKnowledgeIndex(built.file);
    if (!opened) throw new Error('not opened');
    index = opened;
  }, 120_000);
  afterAll(() => index.close());

  it('is built with progress and is not built twice', async () => {
    expect(progress.length).toBeGreaterThan(3);
    expect(progress.at(-1)?.done).toBeLessThanOrEqual(progress.at(-1)?.total ?? 0);
    expect((await buildKnowledgeIndex(options)).built).toBe(false);
    expect(index.documents).toBeGreaterThan(10_000);
  });

  it('finds examples, options, programs and variables, with their sources', () => {
    const top = (request: string, kind: 'example' | 'option' | 'program' | 'variable') =>
      index.search(request, { limit: 3, kinds: [kind] });
    expect(top('start a saved adventure', 'example')[0]).toMatchObject({
      program: 'zork',
      source: 'tldr page of zork',
    });
    expect(
      top('exclude daemonsets when draining', 'option').some((one) => one.program === 'kubectl drain'),
    ).toBe(true);
    expect(top('list jobs of slurm queue', 'program').map((one) => one.program)).toContain('squeue');
    expect(top('nccl debug log level', 'variable')[0]?.title).toMatch(/^NCCL_DEBUG/);
    expect(
      index
        .search('memory', { limit: 5, kinds: ['option'], programs: ['sbatch'] })
        .every((one) => one.program === 'sbatch'),
    ).toBe(true);
    for (const odd of ['', '"', "'; DROP", 'NEAR(a b)', '*', '- -']) index.search(odd, { limit: 3 });
    expect(index.search('disk', { limit: 0 })).toEqual([]);
  });
});

describe('the directory of info', () => {
  const DIR = `This is the file dir.

* Menu: The list of major topics begins on the next line.

Basics
* Zork: (zork).                 Plays a game
                                  in a cave.  More follows.
* Common options: (coreutils)Common options.
* Finding files: (find).        Operating on files.
* blip: (blips)blip invocation. Prints a blip.
* frob: (frobs)frob invocation. Not from here.
`;
  it('gives programs with their line', () => {
    expect(readInfoDirectory(DIR)).toEqual([
      { name: 'zork', description: 'Plays a game in a cave' },
      { name: 'blip', description: 'Prints a blip' },
      { name: 'frob', description: 'Not from here' },
    ]);
    expect(readInfoDirectory('')).toEqual([]);
  });

  it('tells only of installed programs without a page', () => {
    const share = join(folder, 'share');
    const bin = join(folder, 'info-bin');
    for (const path of [join(share, 'man', 'man1'), join(share, 'info'), bin])
      mkdirSync(path, { recursive: true });
    for (const name of ['blip', 'frob']) writeFileSync(join(bin, name), '');
    writeFileSync(join(share, 'info', 'dir'), DIR);
    writeFileSync(join(share, 'man', 'man1', 'frob.1'), '.SH NAME\nfrob \\- turn around\n');
    const manFolders = [join(share, 'man')];
    const local = createCommandKnowledge({ path: bin, manFolders, specsFile: null });
    expect(infoDocuments(local, manFolders)).toMatchObject([
      { kind: 'program', program: 'blip', body: 'Prints a blip', source: 'info blip' },
    ]);
    const small = { ...options, knowledge: local, home: null, path: bin, manFolders };
    const before = indexFile(small);
    writeFileSync(join(share, 'info', 'dir.gz'), '');
    expect(indexFile(small)).not.toBe(before);
  });
});

describe('building', () => {
  it('leaves nothing when it is stopped', async () => {
    const stopped = { ...options, home: null, cacheFolder: join(folder, 'stopped') };
    const controller = new AbortController();
    const build = buildKnowledgeIndex(stopped, {
      onProgress: () => controller.abort(),
      signal: controller.signal,
    });
    await expect(build).rejects.toThrow();
    expect(readdirSync(stopped.cacheFolder)).toEqual([]);
  });

  it('uses another file when PATH, the pages or the examples change, and removes the old one', async () => {
    const bin = join(folder, 'bin');
    mkdirSync(bin);
    const small = { ...options, home: null, path: bin, cacheFolder: join(folder, 'small'), examples: [] };
    const before = indexFile(small);
    writeFileSync(join(bin, 'new-tool'), '');
    expect(indexFile(small)).not.toBe(before);
    expect(indexFile({ ...small, examples: [{ request: 'r', command: 'c', why: 'w' }] })).not.toBe(
      indexFile(small),
    );
    mkdirSync(small.cacheFolder);
    writeFileSync(before, 'old');
    const { file } = await buildKnowledgeIndex(small);
    expect(readdirSync(small.cacheFolder)).toEqual([file.slice(small.cacheFolder.length + 1)]);
  });

  it('removes a damaged file and opens none', () => {
    const file = join(folder, 'knowledge-bad.db');
    writeFileSync(file, 'damaged');
    expect(openKnowledgeIndex(file)).toBeNull();
    expect(existsSync(file)).toBe(false);
    expect(openKnowledgeIndex(file)).toBeNull();
  });
});
