import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, expect, it, vi } from 'vitest';

const CORPUS = join(import.meta.dirname, '..', '..', 'engine', 'assistant', 'hostile', 'corpus.jsonl');
const texts = readFileSync(CORPUS, 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as { id: string; text: string });

let render: (text: string) => string;
beforeAll(async () => {
  // The bridge asks for the preload's side as soon as it is loaded.
  vi.stubGlobal('window', { sigma: { send: () => {}, onMessage: () => {} }, addEventListener: () => {} });
  vi.stubGlobal('location', { search: '' });
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => {} });
  const { MarkdownView } = await import('./markdown-view');
  render = (text) => renderToStaticMarkup(<MarkdownView text={text} streaming />);
}, 60_000);

/** Elements that load, run or send something, or leave the page; inside a code span they are text and not tags. */
const ACTIVE =
  /<(?:script|img|iframe|frame|object|embed|video|audio|source|link|style|svg|math|form|input|button|base|meta|webview|portal|template)\b/i;
const ATTRIBUTES = /\s(?:on\w+|src|srcset|style|action|formaction|ping|background|xlink:href|srcdoc)=/i;

it.each(texts)('$id has no active content in an answer', ({ text }) => {
  for (const answer of [
    text,
    text.replace(/^.*? ERROR web /u, ''),
    `Answer:\n\n${text.replace(/^.*? ERROR web /u, '')}\n`,
  ]) {
    const html = render(answer);
    const tags = html.match(/<[^>]*>/g) ?? [];
    for (const tag of tags) {
      expect(tag).not.toMatch(ACTIVE);
      expect(tag).not.toMatch(ATTRIBUTES);
      if (/^<a\b/.test(tag)) {
        // A link shows its whole address, and the main process asks before anything opens.
        const address = /href="([^"]*)"/.exec(tag)?.[1] ?? '';
        expect(address).toMatch(/^https?:\/\//i);
        expect(tag).toContain(`data-tip="${address}"`);
        expect(tag).toContain('rel="noreferrer noopener"');
      }
    }
  }
});

it('would notice what it looks for', () => {
  expect(render('[a](http://x.example/)')).toMatch(/<a [^>]*href="http:\/\/x\.example\/"/);
  expect(render('**b**')).toContain('<strong>');
  expect('<img src="x">').toMatch(ACTIVE);
});
