import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadSentenceEncoder, type SentenceEncoder } from './sentence-encoder';

const FOLDER = join(import.meta.dirname, '..', '..', '..', 'assets', 'encoder');

const cosine = (a: Float32Array, b: Float32Array) =>
  a.reduce((sum, value, at) => sum + value * (b[at] as number), 0);

describe('the sentence encoder', () => {
  let encoder: SentenceEncoder;
  beforeAll(async () => {
    encoder = await loadSentenceEncoder(FOLDER);
  });
  afterAll(() => encoder.dispose());

  it('gives the published checkpoint’s vectors but for rounding', async () => {
    // First values of all-MiniLM-L6-v2's fp32 vectors, computed with engine/eval/cmd_score.py.
    const known: [string, number[]][] = [
      ['show disk usage of the current directory', [0.05898, 0.04756, -0.0321, 0.01742, 0.03272, -0.06037]],
      ['kubectl get pods in namespace prod', [0.01102, -0.022, 0.01097, -0.00547, -0.02272, -0.01111]],
    ];
    for (const [text, start] of known) {
      const vector = await encoder.encode(text);
      for (const [at, value] of start.entries())
        expect(Math.abs((vector[at] as number) - value)).toBeLessThan(2e-3);
    }
  });

  it('puts what means alike close together, whatever the words', async () => {
    const [ask, alike, other] = await Promise.all(
      ['how long has this machine been running', 'uptime of the server', 'delete all stopped containers'].map(
        (text) => encoder.encode(text),
      ),
    );
    expect(cosine(ask as Float32Array, alike as Float32Array)).toBeGreaterThan(
      cosine(ask as Float32Array, other as Float32Array) + 0.2,
    );
  });

  it('takes any text: none, very long, control characters, the tokenizer’s own marks', async () => {
    for (const text of ['', 'x '.repeat(5000), '\u0000\u202e\ud800', '[CLS] [SEP] [MASK]', '日本語 ✓']) {
      const vector = await encoder.encode(text);
      expect(cosine(vector, vector)).toBeCloseTo(1, 4);
    }
  });

  it('names a folder that is none', async () => {
    await expect(loadSentenceEncoder('/nowhere')).rejects.toMatchObject({ kind: 'model' });
  });
});
