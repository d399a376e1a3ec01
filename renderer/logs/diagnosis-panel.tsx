import { CircleAlert, CircleCheck, CircleStop } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Cause, Diagnosis, Sentence } from '../../engine/contract/assistant';
import type { LogDocument } from '../../engine/contract/logs';
import { SentenceAnnouncer } from '../chat/sentence-announcer';
import { CommandCandidates, InsertHint } from '../commands/command-candidates';
import { Disclosure } from '../ui/disclosure';
import { formatCount, plural } from '../ui/format';
import { Progress, percentOf } from '../ui/progress';
import { SourceLabel } from '../ui/source-label';
import { Citations } from './citations';
import { Confidence } from './confidence';
import { type DiagnosisView, spokenText } from './diagnosis-model';
import { EvidenceView } from './evidence-view';
import { FindingView } from './finding-view';
import { formatDuration, formatTime } from './log-time';
import { ModelInput } from './model-input';

interface DiagnosisPanelProps {
  readonly document: LogDocument;
  readonly view: DiagnosisView;
}

export function DiagnosisPanel({ document, view }: DiagnosisPanelProps) {
  const documentId = document.id;
  const { diagnosis, state, question, text } = view;
  return (
    <section
      className="diagnosis"
      data-testid="diagnosis"
      aria-label="Diagnosis"
      aria-busy={state === 'running'}
      data-state={state}
    >
      {question && <p className="diagnosis-question">{question}</p>}
      <Outcome view={view} />
      {diagnosis && <Told documentId={documentId} diagnosis={diagnosis} />}
      <Running view={view} />
      {text && (
        <Part
          title={state === 'running' ? 'The model writes, not checked yet' : 'What the model had written'}
        >
          <p className="diagnosis-draft">{text}</p>
        </Part>
      )}
      {diagnosis && <Next document={document} diagnosis={diagnosis} settled={state === 'complete'} />}
      <SentenceAnnouncer text={spokenText(view)} done={state !== 'running'} />
    </section>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="diagnosis-part" aria-label={title}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

interface PartProps {
  readonly documentId: string;
  readonly diagnosis: Diagnosis;
}

/** What happened, when, and why. */
function Told({ documentId, diagnosis }: PartProps) {
  const { summary, summarySource, what, when, cause, answer } = diagnosis;
  return (
    <>
      <Part title="Summary">
        <p>{summary}</p>
        <SourceLabel source={summarySource} />
      </Part>
      {answer.length > 0 && (
        <Part title="Answer">
          <Sentences documentId={documentId} sentences={answer} />
        </Part>
      )}
      {cause && (
        <Part title="Likely cause">
          <CauseView documentId={documentId} cause={cause} />
        </Part>
      )}
      {what.length > 0 && (
        <Part title="What happened">
          <Sentences documentId={documentId} sentences={what} />
        </Part>
      )}
      {when && (
        <Part title="When">
          <p>
            {when.from === when.to
              ? formatTime(when.from)
              : `${formatTime(when.from)} to ${formatTime(when.to)}, ${formatDuration(when.to - when.from)}`}
          </p>
          <Citations documentId={documentId} citations={when.citations} />
        </Part>
      )}
    </>
  );
}

interface NextProps {
  readonly document: LogDocument;
  readonly diagnosis: Diagnosis;
  readonly settled: boolean;
}

/** What to look at, the evidence, and what the model was given. */
function Next({ document, diagnosis, settled }: NextProps) {
  const { checks, commands, findings, dropped } = diagnosis;
  const documentId = document.id;
  return (
    <>
      {checks.length > 0 && (
        <Part title="What to check next">
          <ul className="diagnosis-checks">
            {checks.map((check) => (
              <li key={`${check.piece} ${check.text}`}>
                {check.text} <SourceLabel source={check.source} />
              </li>
            ))}
          </ul>
        </Part>
      )}
      {commands.length > 0 && (
        <section className="diagnosis-commands" aria-label="Suggested commands">
          <h3>Suggested commands</h3>
          <CommandCandidates candidates={commands} />
          <InsertHint />
        </section>
      )}
      {findings.length > 0 && (
        <Part title="What the log shows">
          <ol className="findings" aria-label="Findings">
            {findings.map((finding, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a finding is known by its place
              <FindingView key={index} documentId={documentId} finding={finding} />
            ))}
          </ol>
        </Part>
      )}
      {dropped > 0 && (
        <p className="dim">
          {plural(dropped, 'sentence')} of the model {dropped === 1 ? 'was' : 'were'} left out: the lines do
          not bear {dropped === 1 ? 'it' : 'them'} out.
        </p>
      )}
      {settled && (
        <Disclosure title="All evidence">
          <EvidenceView document={document} />
        </Disclosure>
      )}
      {settled && <ModelInput documentId={documentId} diagnosis={diagnosis} />}
    </>
  );
}

function Sentences({
  documentId,
  sentences,
}: {
  readonly documentId: string;
  readonly sentences: readonly Sentence[];
}) {
  return (
    <ol className="sentences">
      {sentences.map((sentence, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a sentence is known by its place
        <li key={index}>
          <SentenceBody documentId={documentId} sentence={sentence} />
        </li>
      ))}
    </ol>
  );
}

function SentenceBody({
  documentId,
  sentence,
}: {
  readonly documentId: string;
  readonly sentence: Sentence;
}) {
  const { text, source, citations, unsupported } = sentence;
  return (
    <>
      <p className="finding-claim">{text}</p>
      {unsupported && (
        <p className="diagnosis-unsupported">
          <CircleAlert size={13} aria-hidden="true" /> {unsupported}
        </p>
      )}
      <p className="finding-labels">
        <SourceLabel source={source} />
      </p>
      <Citations documentId={documentId} citations={citations} />
    </>
  );
}

function CauseView({ documentId, cause }: { readonly documentId: string; readonly cause: Cause }) {
  const { confidence, because, failure, source } = cause;
  return (
    <>
      {failure && <p className="diagnosis-cause">{failure.title}</p>}
      <SentenceBody documentId={documentId} sentence={cause} />
      <p className="finding-labels">
        <Confidence level={confidence} />
        <span>{because}</span>
      </p>
      {failure && source.kind === 'model' && (
        <p className="dim">What is known of it is from: {failure.source}</p>
      )}
    </>
  );
}

function Running({ view }: { readonly view: DiagnosisView }) {
  if (view.state !== 'running') return null;
  const { reading } = view;
  if (!reading)
    return (
      <p className="diagnosis-running">
        <span>
          <span className="spinner" /> Working…
        </span>
      </p>
    );
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
  if (view.state === 'complete' && view.diagnosis?.healthy) {
    return (
      <p className="diagnosis-outcome" data-tone="good" role="status">
        <CircleCheck size={15} aria-hidden="true" /> No sign of trouble in this log.
      </p>
    );
  }
  return null;
}
