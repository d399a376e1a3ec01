import { focusPane } from '../ui/panes';
import { setDraft } from './chat-store';

const EXAMPLES = [
  'Show the ten largest directories below /var',
  'Which process listens on port 8080?',
  'What does “OOM killer” mean in a kernel log?',
] as const;

export function EmptyChat() {
  const use = (text: string) => {
    setDraft(text);
    focusPane('chat');
  };
  return (
    <div className="empty-chat">
      <h3>What do you want to know?</h3>
      <p className="dim">
        A language model on this machine answers in words, or suggests a command that you can put on the
        terminal’s prompt. It is small: check what it says. Each command is rated and explained without the
        model, one that you write yourself too. Paste or drop a log to have it diagnosed.
      </p>
      <ul aria-label="Examples">
        {EXAMPLES.map((text) => (
          <li key={text}>
            <button type="button" className="example" onClick={() => use(text)}>
              {text}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
