import { describe, expect, it } from 'vitest';
import type { Measured } from './measure';
import { decodePlot } from './plot';
import { rowsOf, withAttention } from './report';
import type { BenchReport, BenchRow } from './rows';
import { tableText } from './table';

const row = (contender: string, context: number, ms: number | null): BenchRow => ({
  contender,
  context,
  decodeMsPerToken: ms,
  prefillTokensPerSecond: ms === null ? null : 1000 / ms,
  attentionMsPerToken: null,
  cache: 'mixed',
  cacheBytesPerToken: 30720,
  residentMB: 300,
  setting: 'a & b',
  steps: 72,
});

const report: BenchReport = {
  machine: {
    cpu: 'A processor',
    cores: 2,
    threads: 2,
    memoryGB: 23.5,
    bandwidthGBps: { oneThread: 10, twoThreads: 18 },
    loadBefore: 0,
    platform: 'linux x64',
    node: '20.20.2',
    onnxruntime: '1.30.0',
    nodeLlamaCpp: null,
    date: '2025-01-01T00:00:00.000Z',
  },
  rows: [
    row('diffqkv', 4096, 10),
    row('llama.cpp', 4096, 15),
    row('diffqkv', 512, 5),
    row('std-1.5b', 512, null),
  ],
  notes: 'Something was left out.',
};

function measured(name: string, setting: string, stepMs: number[], prefill: number | null): Measured {
  return {
    job: {
      name,
      context: 512,
      threads: 2,
      prompt: { tokenizerDir: '', tokens: 512 },
      program:
        prefill === null
          ? { kind: 'attention-stack', config: 'gqa-135m', form: 'mixed' }
          : { kind: 'filled-cache', config: 'gqa-135m', folder: '', tokenizerDir: '' },
    },
    cache: 'mixed',
    cacheBytesPerToken: 100,
    setting,
    prefillTokensPerSecond: prefill,
    stepMs,
    residentMB: 200.4,
  };
}

describe('rowsOf', () => {
  it('gives each figure of the setting that is best at it', () => {
    const [best, other] = rowsOf([
      measured('llama.cpp', 'A', [9, 5, 1], 700),
      measured('llama.cpp', 'B', [8, 4, 4], 500),
      measured('gqa', 'C', [2], 50),
    ]);
    expect(best).toMatchObject({ decodeMsPerToken: 4, prefillTokensPerSecond: 700, residentMB: 200 });
    expect(best?.setting).toBe('B; prefill with A');
    expect(other).toMatchObject({ contender: 'gqa', setting: 'C', steps: 1 });
  });

  it('joins the attention of the same contender, else gives it a row', () => {
    const attention = rowsOf([measured('gqa', 'S', [3], null), measured('std-1.5b', 'S', [7], null)]);
    const joined = withAttention(rowsOf([measured('gqa', 'C', [2], 50)]), attention);
    expect(joined).toMatchObject([
      { contender: 'gqa', decodeMsPerToken: 2, attentionMsPerToken: 3 },
      { contender: 'std-1.5b', decodeMsPerToken: null, attentionMsPerToken: 7 },
    ]);
  });
});

it('prints rows by context with speeds against llama.cpp', () => {
  const lines = tableText(report).split('\n');
  const cells = lines.filter((line) => /^ *\d/.test(line)).map((line) => line.trim().split(/ {2,}/));
  expect(cells.map(([context, contender]) => `${contender} ${context}`)).toEqual([
    'diffqkv 512',
    'std-1.5b 512',
    'diffqkv 4096',
    'llama.cpp 4096',
  ]);
  expect(cells[2]?.slice(2, 6)).toEqual(['10', '1.50x', '100', '1.50x']);
  expect(cells[0]?.[3]).toBe('-');
  expect(lines.at(-1)).toBe('Something was left out.');
});

describe('decodePlot', () => {
  it('is well-formed, with a line and a name for each contender that decodes', () => {
    const svg = decodePlot([...report.rows, row('a<b&"c"', 512, 7)]);
    expect(tagsAreBalanced(svg)).toBe(true);
    expect(svg).toContain('a&lt;b&amp;&quot;c&quot;');
    expect(svg.match(/<g>/g)).toHaveLength(3);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    expect(svg).not.toContain('std-1.5b');
  });

  it('survives one point and none', () => {
    for (const rows of [[], [row('diffqkv', 512, 5)]]) {
      expect(decodePlot(rows)).not.toMatch(/NaN|Infinity|undefined/);
      expect(tagsAreBalanced(decodePlot(rows))).toBe(true);
    }
  });
});

/** Every element is closed in order and no bare < or & is left. */
function tagsAreBalanced(svg: string): boolean {
  const open: string[] = [];
  const rest = svg.replaceAll(
    /<(\/?)(\w+)((?:\s[\w:-]+="[^"<]*")*)(\/?)>/g,
    (_, end, name, _attributes, empty) => {
      if (end) return open.pop() === name ? '' : '<';
      if (!empty) open.push(name);
      return '';
    },
  );
  return open.length === 0 && !/[<]|&(?!amp;|lt;|quot;)/.test(rest);
}
