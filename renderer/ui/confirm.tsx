import { useId } from 'react';
import { create } from 'zustand';
import { Button } from './button';
import { Dialog } from './dialog';

interface Question {
  readonly title: string;
  readonly text: string;
  /** Verbatim text that the question is about. */
  readonly preview?: string;
  readonly confirm: string;
  readonly danger?: boolean;
}

interface Asked extends Question {
  readonly answer: (yes: boolean) => void;
}

const useConfirm = create<{ readonly asked: Asked | null }>(() => ({ asked: null }));

/** Asks in a dialog. Escape and Cancel mean no; a second question answers the first with no. */
export function confirm(question: Question): Promise<boolean> {
  useConfirm.getState().asked?.answer(false);
  return new Promise((resolve) => {
    const answer = (yes: boolean) => {
      useConfirm.setState({ asked: null });
      resolve(yes);
    };
    useConfirm.setState({ asked: { ...question, answer } });
  });
}

export function ConfirmLayer() {
  const asked = useConfirm((state) => state.asked);
  return asked && <ConfirmDialog key={asked.title} asked={asked} />;
}

function ConfirmDialog({ asked }: { readonly asked: Asked }) {
  const text = useId();
  return (
    <Dialog title={asked.title} describedBy={text} onClose={() => asked.answer(false)}>
      <p id={text}>{asked.text}</p>
      {asked.preview !== undefined && <pre>{asked.preview}</pre>}
      <div className="dialog-buttons">
        <Button onClick={() => asked.answer(false)}>Cancel</Button>
        <Button kind={asked.danger ? 'danger' : 'primary'} onClick={() => asked.answer(true)}>
          {asked.confirm}
        </Button>
      </div>
    </Dialog>
  );
}
