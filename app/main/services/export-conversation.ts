import { maskSecrets } from '../../../engine/secrets/mask-secrets';
import type { Conversation, Message } from '../../contract/window-api';

export type ExportFormat = 'markdown' | 'json';

/** A conversation as it leaves the app: the branch that is shown, secrets masked. The only way out for its text. */
export function exportedText(
  conversation: Conversation,
  messages: readonly Message[],
  format: ExportFormat,
): { readonly text: string; readonly masked: number } {
  let masked = 0;
  const mask = (text: string): string => {
    const { text: safe, count } = maskSecrets(text);
    masked += count;
    return safe;
  };
  const text =
    format === 'json' ? asJson(conversation, messages, mask) : asMarkdown(conversation, messages, mask);
  return { text, masked };
}

/** A file name that every system takes. */
export function exportName(title: string, format: ExportFormat): string {
  const name = maskSecrets(title)
    .text.replace(/[^\p{L}\p{N} ._-]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .replace(/^[. ]+|[. ]+$/gu, '')
    .slice(0, 60);
  return `${name || 'conversation'}.${format === 'json' ? 'json' : 'md'}`;
}

type Mask = (text: string) => string;

function asMarkdown(conversation: Conversation, messages: readonly Message[], mask: Mask): string {
  const parts = messages.map(({ role, content, commands, context, createdAt, state, error }) => {
    const cards = commands.map(({ command, why }) =>
      [fenced(mask(command)), mask(why)].filter(Boolean).join('\n\n'),
    );
    return [
      `## ${role === 'user' ? 'You' : 'Sigma Ops'}, ${createdAt}`,
      mask(content),
      ...cards,
      ...(context.length > 0 ? [`_With: ${context.map(({ label }) => mask(label)).join(', ')}_`] : []),
      ...(state === 'complete' ? [] : [`_${state === 'partial' ? 'Not complete.' : (error ?? 'Failed.')}_`]),
    ].filter(Boolean);
  });
  return `${[`# ${mask(conversation.title)}`, ...parts.flat()].join('\n\n')}\n`;
}

/** A fence that is longer than any inside. */
function fenced(code: string): string {
  const longest = Math.max(2, ...[...code.matchAll(/`+/gu)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}bash\n${code}\n${fence}`;
}

function asJson(conversation: Conversation, messages: readonly Message[], mask: Mask): string {
  const whole = {
    format: 'sigma-ops-conversation',
    version: 1,
    title: mask(conversation.title),
    folder: conversation.folder === null ? null : mask(conversation.folder),
    updatedAt: conversation.updatedAt,
    messages: messages.map(({ role, content, state, commands, context, stats, createdAt }) => ({
      role,
      createdAt,
      state,
      content: mask(content),
      commands: commands.map(({ command, why, commandSource, check }) => ({
        command: mask(command),
        why: mask(why),
        source: commandSource,
        risk: check?.level ?? null,
      })),
      with: context.map(({ label }) => mask(label)),
      stats,
    })),
  };
  return `${JSON.stringify(whole, null, 2)}\n`;
}
