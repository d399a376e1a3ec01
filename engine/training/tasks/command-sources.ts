import { readFileSync } from 'node:fs';
import { loadExamples } from '../../knowledge/examples';
import { plainCommand } from '../../knowledge/index/tldr-pages';
import type { Pair } from './vary';

/** Pairs of one origin and how often each is asked in another way or with other values. */
export interface PairSource {
  readonly name: string;
  readonly licence: string;
  readonly pairs: readonly Pair[];
  readonly variants: number;
}

/** Where public sets lie; each may be missing, and is then left out. */
export interface PublicSets {
  readonly nl2bash: string | null;
  readonly tldr: string | null;
}

const lines = (file: string) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');

/** Every pair of this project and of the public sets that are there. */
export function pairSources({ nl2bash, tldr }: PublicSets): PairSource[] {
  return [
    {
      name: 'examples of the app',
      licence: 'Apache-2.0, this project',
      pairs: loadExamples(),
      variants: 4,
    },
    ...(nl2bash ? [{ name: 'NL2Bash', licence: 'MIT', pairs: nl2bashPairs(nl2bash), variants: 1 }] : []),
    ...(tldr ? [{ name: 'tldr-pages', licence: 'CC-BY 4.0', pairs: tldrPairs(tldr), variants: 0 }] : []),
  ];
}

function nl2bashPairs(file: string): Pair[] {
  return lines(file).map((line) => {
    const { nl, cmd } = JSON.parse(line) as { nl: string; cmd: string };
    return { request: nl.trim(), command: cmd.trim() };
  });
}

/** Pages for all systems and for Linux. A request that does not name its program says so, as many are the same else. */
function tldrPairs(file: string): Pair[] {
  return lines(file).flatMap((line) => {
    const page = JSON.parse(line) as {
      platform: string;
      page: string;
      examples: { nl: string; cmd: string }[];
    };
    if (page.platform !== 'common' && page.platform !== 'linux') return [];
    return page.examples.map(({ nl, cmd }) => {
      const request = nl
        .replace(/`/g, '')
        .replace(/\[(\w)\]/g, '$1')
        .trim();
      const named = request.toLowerCase().includes(page.page.toLowerCase());
      return { request: named ? request : `${request} with ${page.page}`, command: plainCommand(cmd) };
    });
  });
}
