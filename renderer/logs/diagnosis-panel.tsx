import { CircleAlert, CircleCheck, CircleStop } from 'lucide-react';
import { SentenceAnnouncer } from '../chat/sentence-announcer';
import { CommandCandidates, InsertHint } from '../commands/command-candidates';
import { formatCount } from '../ui/format';
import { Progress, percentOf } from '../ui/progress';
import { SourceLabel } from '../ui/source-label';
import type { DiagnosisView } from './diagnosis-model';
import { FindingView } from './finding-view';
import { ModelInput } from './model-input';

interface DiagnosisPanelProps {
  readonly documentId: string;
  readonly view: DiagnosisView;
}

export function DiagnosisPanel({ documentId, view }: DiagnosisPanelProps) {
  const { result, findings, state } = view;
  const spoken = [...findings.map(({ claim }) => claim), view.text].join('\n');
  return (
    <section
      className="diagnosis"
      data-testid="diagnosis"
      aria-label="Diagnosis"
      aria-busy={state === 'running'}
      data-state={state}
    >
      {view.question && <p className="diagnosis-question">{view.question}</p>}
      <Running view={view} />
      <Outcome view={view} />
      <Summary view={view} />
      {findings.length > 0 && (
        <ol className="findings" aria-label="Findings">
          {findings.map((streamed, index) => (
            <FindingView
              // biome-ignore lint/suspicious/noArrayIndexKey: a finding is known by its place
              key={index}
              documentId={documentId}
              streamed={streamed}
              writing={view.openIndex === index}
            />
          ))}
        </ol>
      )}
      {result && result.commands.length > 0 && (
        <section className="diagnosis-commands" aria-label="Suggested commands">
          <h3>Suggested commands</h3>
          <CommandCandidates candidates={result.commands} />
          <InsertHint />
        </section>
      )}
      {result && <ModelInput documentId={documentId} diagnosis={result} />}
      <SentenceAnnouncer text={spoken} done={state !== 'running'} />
    </section>
  );
}

function Running({ view }: { readonly view: DiagnosisView }) {
  if (view.state !== 'running') return null;
  const { reading, openIndex, expected } = view;
  if (reading) {
    return (
      <div className="diagnosis-running">
        <span>
          The model reads the evidence… {percentOf(reading.done, reading.total)} % of{' '}
          {formatCount(reading.total)} tokens
        </span>
        <Progress label="Reading the evidence" done={reading.done} total={reading.total} />
      </div>
    );
  }
  return (
    <p className="diagnosis-running">
      <span>
        <span className="spinner" />{' '}
        {openIndex !== null && expected > 0 ? `Writing finding ${openIndex + 1} of ${expected}…` : 'Working…'}
      </span>
    </p>
  );
}

function Outcome({ view }: { readonly view: DiagnosisView }) {
  if (view.state === 'stopped') {
    return (
      <p className="diagnosis-outcome" role="status">
        <CircleStop size={15} aria-hidden="true" /> Stopped. What came before that is below; it was not
        finished.
      </p>
    );
  }
  if (view.state === 'failed') {
    return (
      <p className="diagnosis-outcome" data-tone="error" role="alert">
        <CircleAlert size={15} aria-hidden="true" /> {view.error?.message}
      </p>
    );
  }
  if (view.result?.healthy) {
    return (
      <p className="diagnosis-outcome" data-tone="good" role="status">
        <CircleCheck size={15} aria-hidden="true" /> No sign of trouble in this log.
      </p>
    );
  }
  return null;
}

function Summary({ view }: { readonly view: DiagnosisView }) {
  const summary = view.result?.summary ?? view.text;
  if (!summary) return null;
  return (
    <div className="diagnosis-summary">
      <h3>Summary</h3>
      <p>{summary}</p>
      <SourceLabel source={view.result?.summarySource ?? { kind: 'model' }} />
    </div>
  );
}
