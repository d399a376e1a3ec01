import { Copy } from 'lucide-react';
import { create } from 'zustand';
import type { ModelInput } from '../../app/contract/window-api';
import { call } from '../bridge';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { plural } from '../ui/format';
import { notify, notifyError } from '../ui/notices';
import { visibleText } from '../ui/visible-text';

const useShown = create<{ readonly shown: ModelInput | null }>(() => ({ shown: null }));

/** Shows exactly what the model was given for an answer. */
export function showModelInput(message: number): void {
  call('chat.modelInput', { message }).then((shown) => {
    if (shown) useShown.setState({ shown });
    else notify('What the model saw for this answer was not recorded.');
  }, notifyError);
}

export function ModelInputLayer() {
  const shown = useShown((state) => state.shown);
  return shown && <ModelInputDialog input={shown} />;
}

const close = () => useShown.setState({ shown: null });

function ModelInputDialog({ input: { prompts, leftOut } }: { readonly input: ModelInput }) {
  const copy = () => {
    const text = prompts.map(({ parts }) => parts.map((part) => part.text).join('')).join('\n\n');
    call('clipboard.write', { text }).then(() => notify('Prompt copied.'), notifyError);
  };
  return (
    <Dialog title="What the model saw" wide onClose={close}>
      <div className="model-saw">
        <p className="dim">
          Exactly this text, and nothing else. Marked words are special tokens; the same characters inside
          other text are plain text to the model.
        </p>
        <LeftOut leftOut={leftOut} />
        {prompts.map(({ parts, tokens }, index) => {
          const name = prompts.length === 1 ? 'Prompt' : `Prompt ${index + 1} of ${prompts.length}`;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: prompts are numbered and never change
            <section key={index} aria-label={name}>
              <h3>
                {name}, {plural(tokens, 'token')}
              </h3>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
              <pre tabIndex={0}>
                {parts.map(({ text, special }, at) =>
                  special ? (
                    // biome-ignore lint/suspicious/noArrayIndexKey: parts never change
                    <span key={at} className="special-token">
                      {text}
                    </span>
                  ) : (
                    text.split('\n').map(visibleText).join('\n')
                  ),
                )}
              </pre>
            </section>
          );
        })}
      </div>
      <div className="dialog-buttons">
        <Button onClick={copy}>
          <Copy size={13} aria-hidden="true" /> Copy
        </Button>
        <Button kind="primary" onClick={close}>
          Close
        </Button>
      </div>
    </Dialog>
  );
}

function LeftOut({ leftOut }: { readonly leftOut: readonly string[] }) {
  if (leftOut.length === 0) return <p>Nothing was left out.</p>;
  return (
    <section aria-label="What was left out">
      <h3>Left out</h3>
      <ul>
        {leftOut.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </section>
  );
}
