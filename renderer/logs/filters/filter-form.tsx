import { type FormEvent, useId, useState } from 'react';
import type { LogDocument } from '../../../engine/contract/logs';
import { Button } from '../../ui/button';
import { formatCount } from '../../ui/format';
import { parseTime } from '../log-time';
import { SeverityMark } from '../severity-mark';
import { applyFilter } from '../view-actions';
import { useLogView } from '../view-store';
import { type Filter, SEVERITIES, severityWord, toggleSeverity, withQuery } from './filter-model';

/** Adds parts to the filter: severities, texts, a range of time, bookmarks. */
export function FilterForm({ document }: { readonly document: LogDocument }) {
  const { id, severities } = document;
  const filter = useLogView(id, (view) => view.filter);
  const [error, setError] = useState<string | null>(null);
  const apply = async (next: Filter) => {
    const problem = await applyFilter(id, next);
    setError(problem);
    return problem === null;
  };
  return (
    <section className="filter-form" aria-label="Add a filter">
      <fieldset className="severity-toggles" aria-label="Severities that are shown">
        {SEVERITIES.filter((severity) => severities[severity] > 0).map((severity) => (
          <button
            key={severity}
            type="button"
            className="toggle"
            aria-pressed={filter.severities.includes(severity)}
            onClick={() => void apply(toggleSeverity(filter, severity))}
          >
            <SeverityMark severity={severity} /> {severityWord(severity)}{' '}
            <span className="dim">{formatCount(severities[severity])}</span>
          </button>
        ))}
        <button
          type="button"
          className="toggle"
          aria-pressed={filter.bookmarked}
          onClick={() => void apply({ ...filter, bookmarked: !filter.bookmarked })}
        >
          Bookmarked
        </button>
      </fieldset>
      <TextForm filter={filter} error={error} onApply={apply} onEdit={() => setError(null)} />
      {document.time && <TimeForm filter={filter} near={document.time.from} onApply={apply} />}
    </section>
  );
}

interface TextFormProps {
  readonly filter: Filter;
  readonly error: string | null;
  readonly onApply: (next: Filter) => Promise<boolean>;
  readonly onEdit: () => void;
}

function TextForm({ filter, error, onApply, onEdit }: TextFormProps) {
  const [kind, setKind] = useState<'include' | 'exclude'>('include');
  const [text, setText] = useState('');
  const [regex, setRegex] = useState(false);
  const [matchCase, setMatchCase] = useState(false);
  const errorId = useId();
  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    if (text !== '' && (await onApply(withQuery(filter, kind, { text, regex, matchCase })))) setText('');
  };
  return (
    <form onSubmit={(event) => void onSubmit(event)}>
      <select
        className="field"
        aria-label="Kind of text filter"
        value={kind}
        onChange={(event) => setKind(event.target.value === 'exclude' ? 'exclude' : 'include')}
      >
        <option value="include">Lines with</option>
        <option value="exclude">Lines without</option>
      </select>
      <input
        className="field grow"
        aria-label="Text of the filter"
        placeholder={regex ? 'Regular expression (RE2)' : 'Text'}
        spellCheck={false}
        maxLength={2000}
        value={text}
        aria-invalid={error !== null}
        aria-describedby={error ? errorId : undefined}
        onChange={(event) => {
          setText(event.target.value);
          onEdit();
        }}
      />
      <label className="check">
        <input type="checkbox" checked={regex} onChange={(event) => setRegex(event.target.checked)} /> Regex
      </label>
      <label className="check">
        <input type="checkbox" checked={matchCase} onChange={(event) => setMatchCase(event.target.checked)} />{' '}
        Match case
      </label>
      <Button type="submit" disabled={text === ''}>
        Add
      </Button>
      {error && (
        <p id={errorId} className="field-error" role="alert">
          {error}
        </p>
      )}
    </form>
  );
}

interface TimeFormProps {
  readonly filter: Filter;
  /** A moment whose day is meant where only a clock is written. */
  readonly near: number;
  readonly onApply: (next: Filter) => Promise<boolean>;
}

function TimeForm({ filter, near, onApply }: TimeFormProps) {
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const range = { from: readTime(from, near), to: readTime(to, near) };
  const valid =
    range.from !== undefined && range.to !== undefined && (from.trim() !== '' || to.trim() !== '');
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (range.from === undefined || range.to === undefined || !valid) return;
    void onApply({ ...filter, time: { from: range.from, to: range.to } });
  };
  return (
    <form onSubmit={onSubmit}>
      <label>
        From{' '}
        <input
          className="field time-field"
          placeholder="YYYY-MM-DD HH:MM:SS"
          value={from}
          aria-invalid={range.from === undefined}
          onChange={(event) => setFrom(event.target.value)}
        />
      </label>
      <label>
        to{' '}
        <input
          className="field time-field"
          placeholder="HH:MM"
          value={to}
          aria-invalid={range.to === undefined}
          onChange={(event) => setTo(event.target.value)}
        />
      </label>
      <Button type="submit" disabled={!valid}>
        Set time
      </Button>
    </form>
  );
}

/** Null where nothing is written, undefined where it is no moment. */
function readTime(text: string, near: number): number | null | undefined {
  return text.trim() === '' ? null : (parseTime(text, near) ?? undefined);
}
