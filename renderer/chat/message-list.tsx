import { ArrowDown } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { Message } from '../../app/contract/window-api';
import { InsertHint } from '../commands/command-candidates';
import { RISK_WORDS } from '../commands/risk-words';
import { Button } from '../ui/button';
import { messagesAbove, useChat } from './chat-store';
import { EmptyChat } from './empty-chat';
import { AnswerView, LiveAnswer } from './message-view';
import { LiveQuestion, QuestionView } from './question-view';
import { SentenceAnnouncer } from './sentence-announcer';
import { useStickToBottom } from './use-stick-to-bottom';

const NO_MESSAGES: readonly never[] = [];

export function MessageList() {
  const active = useChat((state) => state.active);
  const stored = useChat((state) => state.messages[active]) ?? NO_MESSAGES;
  const live = useChat((state) => state.live[active]);
  const messages = messagesAbove(stored, live);
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const { onScroll, toEnd, atEnd } = useStickToBottom(scroller, content);

  // Another conversation and a new question start at the end, wherever someone was reading before.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the occasion, not an input
  useEffect(toEnd, [active, toEnd]);
  const isLive = live !== undefined;
  useEffect(() => {
    if (isLive) toEnd();
  }, [isLive, toEnd]);

  const empty = messages.length === 0 && !live;
  const hasCards = messages.some(
    ({ commands, content: text }) => commands.length > 0 || text.includes('```'),
  );
  return (
    <div className="messages">
      <div
        ref={scroller}
        className="messages-scroll"
        role="log"
        aria-label="Messages"
        aria-live="off"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
        tabIndex={0}
        onScroll={onScroll}
      >
        <div ref={content} className="messages-content">
          {empty && <EmptyChat />}
          {messages.map((message, at) =>
            message.role === 'user' ? (
              <QuestionView key={message.id} message={message} busy={isLive} />
            ) : (
              <AnswerView
                key={message.id}
                message={message}
                question={messages[at - 1] ?? null}
                busy={isLive}
              />
            ),
          )}
          {live && live.question !== null && <LiveQuestion text={live.question} />}
          {live && <LiveAnswer live={live} />}
          {hasCards && !live && <InsertHint />}
        </div>
      </div>
      {!atEnd && (
        <Button className="to-end" onClick={toEnd}>
          <ArrowDown size={13} aria-hidden="true" /> Latest
        </Button>
      )}
      <SentenceAnnouncer subject={active} text={spokenText(live?.text, messages.at(-1))} done={!live} />
    </div>
  );
}

/** The live text, and once it is stored the same text again, so that its last sentence is read too. */
function spokenText(live: string | undefined, last: Message | undefined): string {
  if (live !== undefined) return live;
  const [card] = last?.commands ?? [];
  if (!last || !card) return last?.content ?? '';
  const rating = card.check ? `: ${RISK_WORDS[card.check.level]}` : '';
  return `${last.content} Command ${card.command}${rating}.`.trim();
}
