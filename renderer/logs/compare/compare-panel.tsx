import { ArrowLeftRight } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { toErrorData } from '../../../engine/contract/errors';
import type { Difference } from '../../../engine/contract/log-views';
import type { LogDocument } from '../../../engine/contract/logs';
import { call } from '../../bridge';
import { Button } from '../../ui/button';
import { formatCount, plural } from '../../ui/format';
import { NO_FILTER, toLogFilter } from '../filters/filter-model';
import { LineButton } from '../line-button';
import { formatTime } from '../log-time';
import { useLogs } from '../logs-store';
import { PatternText } from '../patterns/pattern-text';
import { SeverityMark } from '../severity-mark';
import { viewOf } from '../view-store';
import { CHANGES, formatShare, rangeOf, type Side } from './compare-model';

const MOST = 200;

interface Compared {
  readonly before: string;
  readonly after: string;
  readonly differences: readonly Difference[];
}

/** What is new, gone, more or less in one log against another, or in one range of time against another. */
export function ComparePanel({ document }: { readonly document: LogDocument }) {
  const documents = useLogs((state) => state.documents);
  const other = documents.find(({ id }) => id !== document.id);
  const [before, setBefore] = useState<Side>(() => (other ? whole(other.id) : half(document, 'first')));
  const [after, setAfter] = useState<Side>(() => (other ? whole(document.id) : half(document, 'second')));
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [compared, setCompared] = useState<Compared | null>(null);

  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      const [first, second] = await Promise.all([
        viewOfSide(before, documents),
        viewOfSide(after, documents),
      ]);
      const differences = await call('logs.compare', { before: first, after: second });
      setCompared({ before: before.id, after: after.id, differences });
    } catch (thrown) {
      setError(toErrorData(thrown).message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <form className="compare-form" onSubmit={(event) => void onSubmit(event)}>
        <SideFields label="Before" side={before} documents={documents} onChange={setBefore} />
        <SideFields label="After" side={after} documents={documents} onChange={setAfter} />
        <div className="panel-tools">
          <Button type="submit" kind="primary" disabled={busy}>
            {busy ? 'Comparing…' : 'Compare'}
          </Button>
          <Button
            kind="plain"
            onClick={() => {
              setBefore(after);
              setAfter(before);
            }}
          >
            <ArrowLeftRight size={14} aria-hidden="true" /> Swap
          </Button>
        </div>
        {error && (
          <p className="field-error" role="alert">
            {error}
          </p>
        )}
      </form>
      {compared && <Differences compared={compared} />}
    </>
  );
}

function whole(id: string): Side {
  return { id, from: '', to: '' };
}

/** Half of a log: by time where it has times, else by lines. */
function half({ id, time, lineCount }: LogDocument, which: 'first' | 'second'): Side {
  const middle = time ? formatTime(Math.round((time.from + time.to) / 2)) : String(Math.ceil(lineCount / 2));
  return which === 'first' ? { id, from: '', to: middle } : { id, from: middle, to: '' };
}

interface SideFieldsProps {
  readonly label: string;
  readonly side: Side;
  readonly documents: readonly LogDocument[];
  readonly onChange: (side: Side) => void;
}

function SideFields({ label, side, documents, onChange }: SideFieldsProps) {
  const document = documents.find(({ id }) => id === side.id);
  const time = document ? viewOf(document.id).filter.time : null;
  const wrong = document !== undefined && rangeOf(side, document) === null;
  const unit = document?.time ? 'time' : 'line';
  const moment = (ms: number | null) => (ms === null ? '' : formatTime(ms));
  return (
    <fieldset>
      <legend>{label}</legend>
      <select
        className="field"
        aria-label={`${label}: log`}
        value={side.id}
        onChange={(event) => onChange({ id: event.target.value, from: '', to: '' })}
      >
        {documents.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <input
        className="field time-field"
        aria-label={`${label}: from ${unit}`}
        placeholder={`from ${unit}`}
        aria-invalid={wrong}
        value={side.from}
        onChange={(event) => onChange({ ...side, from: event.target.value })}
      />
      <input
        className="field time-field"
        aria-label={`${label}: to ${unit}`}
        placeholder={`to ${unit}`}
        aria-invalid={wrong}
        value={side.to}
        onChange={(event) => onChange({ ...side, to: event.target.value })}
      />
      {time && (
        <Button
          kind="plain"
          onClick={() => onChange({ ...side, from: moment(time.from), to: moment(time.to) })}
        >
          Use the chosen time
        </Button>
      )}
    </fieldset>
  );
}

/** A side as the log process takes it; a range is a filtered list. */
async function viewOfSide(side: Side, documents: readonly LogDocument[]) {
  const { id } = side;
  const document = documents.find((other) => other.id === id);
  const range = document ? rangeOf(side, document) : null;
  if (!document) throw new Error('This log is not open any more. Choose another.');
  if (!range)
    throw new Error(
      document.time
        ? 'The range can’t be read. Write times as 2024-01-31 12:00:00, or 12:00.'
        : 'The range can’t be read. Write numbers of lines, the smaller one first.',
    );
  if (range.kind === 'whole') return { id };
  const { from, to } = range;
  const part = range.kind === 'time' ? { time: { from, to } } : { lines: { from: range.from, to: range.to } };
  const { view, rows } = await call('logs.filter', { id, filter: { ...toLogFilter(NO_FILTER), ...part } });
  if (rows === 0) throw new Error(`No line of ${document.name} is in the range. Choose another.`);
  return { id, view };
}

function Differences({ compared }: { readonly compared: Compared }) {
  const { before, after, differences } = compared;
  if (differences.length === 0)
    return <p className="panel-note dim">Both sides have the same patterns, about equally often.</p>;
  return (
    <div className="panel-body">
      <output className="dim panel-note">
        {plural(differences.length, 'difference')}, telling ones first
      </output>
      <table className="patterns differences">
        <thead>
          <tr>
            <th scope="col">Change</th>
            <th scope="col" className="number">
              Before
            </th>
            <th scope="col" className="number">
              After
            </th>
            <th scope="col">Pattern</th>
          </tr>
        </thead>
        <tbody>
          {differences.slice(0, MOST).map((difference) => {
            const { key, change, text, severity, line, shareBefore, shareAfter } = difference;
            const { sign, word } = CHANGES[change];
            return (
              <tr key={key} data-testid="difference">
                <td>
                  <span className="sign" data-change={change}>
                    {sign} {word}
                  </span>
                </td>
                <td className="number" data-tip={`${formatShare(shareBefore)} of the lines`}>
                  {formatCount(difference.before)}
                </td>
                <td className="number" data-tip={`${formatShare(shareAfter)} of the lines`}>
                  {formatCount(difference.after)}
                </td>
                <th scope="row">
                  <SeverityMark severity={severity} /> <PatternText text={text} />{' '}
                  <LineButton documentId={change === 'gone' ? before : after} line={line} />
                </th>
              </tr>
            );
          })}
        </tbody>
      </table>
      {differences.length > MOST && (
        <p className="dim panel-note">The other {formatCount(differences.length - MOST)} tell less.</p>
      )}
    </div>
  );
}
