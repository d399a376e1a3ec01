import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test, vi } from 'vitest';
import { FUZZ_TIMEOUT_MS, fuzz, mutated } from '../../engine/fuzz/fuzz';
import { markdownBlocks } from './markdown-blocks';
import { MarkdownView } from './markdown-view';

// The page's bridge is there before any module of the page; nothing is asked of it here.
vi.hoisted(() => {
  const nothing = () => undefined;
  const sigma = { send: nothing, onMessage: nothing, pathForFile: () => '' };
  vi.stubGlobal('window', { sigma, addEventListener: nothing });
  vi.stubGlobal('location', { search: '' });
});

const ANSWERS = [
  '# Title\n\nSome *text* with `code` and **bold**.\n\n1. one\n2. two\n\n```sh\nls -l\n```\n',
  '[click](javascript:alert(1)) ![x](http://evil/x.png) <img src=x onerror=alert(1)> <script>x</script>',
  '| a | b |\n| - | - |\n| [x](data:text/html,x) | https://example.com |\n\n> quote\n> - [ ] task',
  '<a href="vbscript:x">y</a> [a][b]\n\n[b]: file:///etc/passwd "t"\n\n~~~\nopen fence',
  '<http://host/%00> [^1]\n\n[^1]: note ![](//host/x) &lt;svg/onload=1&gt;',
];
/** Tags that load or run something; the view makes none of them, and every < of the text is escaped. */
const ACTIVE =
  /<(?:script|img|iframe|object|embed|svg|link|style|form|video|audio|base|meta)\b|<[a-z][^>]*\son[a-z]+=/i;

test('blocks join to the text, and nothing active is ever rendered', {
  timeout: FUZZ_TIMEOUT_MS,
}, async () => {
  await fuzz('markdown blocks', 1500, mutated(ANSWERS), (text) => {
    expect(markdownBlocks(text).join('')).toBe(text);
  });
  await fuzz('markdown rendering', 150, mutated(ANSWERS), (text) => {
    const html = renderToStaticMarkup(<MarkdownView text={text} streaming />);
    expect(html).not.toMatch(ACTIVE);
    for (const [, href] of html.matchAll(/\shref="([^"]*)"/g)) expect(href).toMatch(/^https?:/i);
  });
});
