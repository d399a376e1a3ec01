import { useId } from 'react';
import { create } from 'zustand';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { plural } from '../ui/format';
import { visibleText } from '../ui/visible-text';
import { asOneLine, type PreparedPaste } from './paste';

export type PasteChoice = 'as-is' | 'one-line' | 'cancel';

interface Asked {
  readonly paste: PreparedPaste;
  /** The program that reads takes a paste as one text. */
  readonly bracketed: boolean;
  readonly answer: (choice: PasteChoice) => void;
}

const PREVIEW_CHARACTERS = 4000;
const usePasteGuard = create<{ readonly asked: Asked | null }>(() => ({ asked: null }));

/** Asks how several lines are to be pasted. A second paste answers the first with 'cancel'. */
export function askPaste(paste: PreparedPaste, bracketed: boolean): Promise<PasteChoice> {
  usePasteGuard.getState().asked?.answer('cancel');
  return new Promise((resolve) => {
    const answer = (choice: PasteChoice) => {
      usePasteGuard.setState({ asked: null });
      resolve(choice);
    };
    usePasteGuard.setState({ asked: { paste, bracketed, answer } });
  });
}

export function PasteGuard() {
  const asked = usePasteGuard((state) => state.asked);
  return asked && <PasteDialog asked={asked} />;
}

function PasteDialog({ asked: { paste, bracketed, answer } }: { readonly asked: Asked }) {
  const about = useId();
  const cancel = () => answer('cancel');
  return (
    <Dialog title={`Paste ${paste.lines} lines into the terminal?`} describedBy={about} onClose={cancel}>
      <p id={about}>
        {bracketed
          ? 'The program there says that it takes a paste as one text. One that does not keep to it runs each line.'
          : 'The shell runs each line as it arrives.'}
        {paste.removed > 0 && ` ${plural(paste.removed, 'control character')} will be left out.`}
      </p>
      <pre>{preview(paste.text)}</pre>
      <div className="dialog-buttons">
        <Button onClick={cancel}>Cancel</Button>
        <Button data-tip={preview(asOneLine(paste.text)).slice(0, 200)} onClick={() => answer('one-line')}>
          Paste as one line
        </Button>
        <Button kind="primary" onClick={() => answer('as-is')}>
          Paste
        </Button>
      </div>
    </Dialog>
  );
}

/** What hides or turns text around is drawn as what it is. */
function preview(text: string): string {
  const shown = text.slice(0, PREVIEW_CHARACTERS).split('\n').map(visibleText).join('\n');
  return text.length > PREVIEW_CHARACTERS ? `${shown}\n…` : shown;
}
