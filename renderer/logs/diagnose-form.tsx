import { Square, Stethoscope } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { LogDocument } from '../../engine/contract/logs';
import { useEngine, useEngineHindrance } from '../shell/engine-store';
import { Button } from '../ui/button';
import { diagnose, useDiagnosis } from './diagnosis-store';

interface DiagnoseFormProps {
  readonly document: LogDocument;
  readonly onStart: () => void;
}

export function DiagnoseForm({ document, onStart }: DiagnoseFormProps) {
  const [question, setQuestion] = useState('');
  const running = useDiagnosis(document.id)?.view.state === 'running';
  const stop = useDiagnosis(document.id)?.stop;
  // Without a model counts and known failures alone answer; one that loads is worth the wait.
  const hasNone = useEngine(({ status }) => status.state === 'failed');
  const busy = useEngineHindrance();
  const hindrance = hasNone ? null : busy;
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (running || hindrance) return;
    onStart();
    void diagnose(document.id, question.trim());
  };
  return (
    <form className="diagnose-form" onSubmit={onSubmit}>
      <input
        className="field"
        aria-label="Question about this log (optional)"
        placeholder="What do you want to know? (optional)"
        maxLength={4000}
        value={question}
        onChange={(event) => setQuestion(event.target.value)}
      />
      {running ? (
        <Button onClick={stop}>
          <Square size={12} fill="currentColor" aria-hidden="true" /> Stop
        </Button>
      ) : (
        <Button type="submit" kind="primary" disabled={hindrance !== null} data-tip={hindrance ?? undefined}>
          <Stethoscope size={14} aria-hidden="true" /> Diagnose
        </Button>
      )}
    </form>
  );
}
