import { Children, isValidElement, memo, type ReactNode } from 'react';
import Markdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import type { CommandSuggestion } from '../../engine/contract/assistant';
import { CommandCard } from '../commands/command-card';
import { markdownBlocks } from './markdown-blocks';
import { shellCommands } from './shell-blocks';

interface MarkdownViewProps {
  readonly text: string;
  /** While it streams, a fenced block is still growing and is not a command yet. */
  readonly streaming: boolean;
}

/** A model's answer. HTML in it stays text, and nothing that it names is loaded. */
export function MarkdownView({ text, streaming }: MarkdownViewProps) {
  return (
    <div className="markdown">
      {markdownBlocks(text).map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a text grows at its end only
        <MarkdownBlock key={index} text={block} streaming={streaming} />
      ))}
    </div>
  );
}

const PLUGINS = [remarkGfm];

const MarkdownBlock = memo(function MarkdownBlock({ text, streaming }: MarkdownViewProps) {
  return (
    <Markdown remarkPlugins={PLUGINS} components={streaming ? STREAMING : COMPLETE}>
      {text}
    </Markdown>
  );
});

const BASE: Components = {
  // The window opens nothing by itself: the main process shows the address and asks.
  a: ({ href, children }) =>
    href && /^https?:/i.test(href) ? (
      <a href={href} target="_blank" rel="noreferrer noopener" data-tip={href}>
        {children}
      </a>
    ) : (
      <span>{children}</span>
    ),
  img: ({ alt, src }) => <span className="dim">[image: {alt || String(src ?? '')}]</span>,
  table: ({ children }) => (
    <div className="table-scroll">
      <table>{children}</table>
    </div>
  ),
  h1: ({ children }) => <h3>{children}</h3>,
  h2: ({ children }) => <h3>{children}</h3>,
  h4: ({ children }) => <h3>{children}</h3>,
  h5: ({ children }) => <h3>{children}</h3>,
  h6: ({ children }) => <h3>{children}</h3>,
  input: ({ checked }) => <span>{checked ? '[x] ' : '[ ] '}</span>,
};

const STREAMING: Components = { ...BASE, pre: ({ children }) => <pre>{children}</pre> };
const COMPLETE: Components = { ...BASE, pre: ({ children }) => <CodeBlock>{children}</CodeBlock> };

/** A card out of the answer's text: checked by the card itself. */
const FROM_MODEL = {
  commandSource: { kind: 'model' as const },
  whySource: { kind: 'model' as const },
  check: null,
  explanation: [],
  values: {},
} satisfies Omit<CommandSuggestion, 'command' | 'why'>;

function CodeBlock({ children }: { readonly children?: ReactNode }) {
  const code = Children.toArray(children)[0];
  const { className, children: inner } = isValidElement<{ className?: string; children?: ReactNode }>(code)
    ? code.props
    : {};
  const language = /language-(\S+)/.exec(className ?? '')?.[1] ?? null;
  const commands = shellCommands(language, Children.toArray(inner).join(''));
  if (!commands) return <pre>{children}</pre>;
  return (
    <>
      {commands.map(({ command, why, multiLine }) => (
        <CommandCard key={command} copyOnly={multiLine} suggestion={{ ...FROM_MODEL, command, why }} />
      ))}
    </>
  );
}
