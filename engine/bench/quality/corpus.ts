import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ModelTokenizer } from '../../tokenizer/tokenizer';

export interface CorpusText {
  readonly name: string;
  readonly ids: readonly number[];
}

/** The repository's own prose, one long text: only behind many tokens the form of the cache matters. */
const MARKDOWN = ['README.md', 'ARCHITECTURE.md', 'CHANGELOG.md'];
const MARKDOWN_TOKENS = 4000;
const TEXTS = 'engine/runtime/fixtures/texts';

/** The texts that perplexity is measured on, from the project's root. */
export function corpus(root: string, tokenizer: ModelTokenizer): CorpusText[] {
  const read = (...path: string[]) => readFileSync(join(root, ...path), 'utf8');
  const texts = readdirSync(join(root, TEXTS))
    .sort()
    .map((file) => ({ name: file, ids: tokenizer.encode(read(TEXTS, file)) }));
  const markdown = MARKDOWN.map((file) => read(file)).join('\n\n');
  const ids = tokenizer.encode(markdown).slice(0, MARKDOWN_TOKENS);
  return [...texts, { name: 'markdown', ids }];
}
