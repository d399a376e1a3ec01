import { ChartLine, Copy, Grid3x3, Play, Square } from 'lucide-react';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { toErrorData } from '../../../engine/contract/errors';
import type { SqlResult } from '../../../engine/contract/log-views';
import { type LogDocument, SQL_ROWS } from '../../../engine/contract/logs';
import { call } from '../../bridge';
import { Button, IconButton } from '../../ui/button';
import { formatCount, plural } from '../../ui/format';
import { notify, notifyError } from '../../ui/notices';
import { SqlChart } from './sql-chart';
import { SqlGrid } from './sql-grid';
import { readHistory, withQuery, writeHistory } from './sql-history';
import { chartOf, EXAMPLES, errorPlace, toTsv } from './sql-model';

/** What each log's box holds, so that another panel and back loses nothing. */
const drafts = new Map<string, { readonly query: string; readonly result: SqlResult | null }>();

/** Questions in SQL over the log's lines and patterns, with the answer as a grid or a chart. */
export function SqlPanel({ document }: { readonly document: LogDocument }) {
  const { id } = document;
  const [query, setQueryState] = useState(() => drafts.get(id)?.query ?? EXAMPLES[0]?.query ?? '');
  const [result, setResult] = useState<SqlResult | null>(() => drafts.get(id)?.result ?? null);
  const [error, setError] = useState<string | null>(null);
  const [running, setRunning] = useState<AbortController | null>(null);
  const [history, setHistory] = useState(readHistory);
  const [asChart, setAsChart] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const answer = useRef<HTMLDivElement>(null);
  const chart = useMemo(() => result && chartOf(result), [result]);
  const setQuery = (next: string) => {
    setQueryState(next);
    drafts.set(id, { query: next, result });
  };

  // In a low panel the answer would stand below what is seen.
  useEffect(() => {
    if (result) answer.current?.scrollIntoView({ block: 'nearest' });
  }, [result]);

  const run = async () => {
    if (query.trim() === '' || running) return;
    const abort = new AbortController();
    setRunning(abort);
    setError(null);
    const asked = withQuery(history, query);
    setHistory(asked);
    writeHistory(asked);
    try {
      const found = await call('logs.sql', { id, query }, { signal: abort.signal });
      setResult(found);
      drafts.set(id, { query, result: found });
    } catch (thrown) {
      const { kind, message } = toErrorData(thrown);
      if (kind !== 'cancelled') setError(message);
      showPlace(errorPlace(message, query));
    } finally {
      setRunning(null);
    }
  };
  /** Puts the caret where the query is wrong, over the word that stands there. */
  const showPlace = (place: number | null) => {
    if (place === null || !box.current) return;
    const word = /^[\w"]+/.exec(query.slice(place))?.[0].length ?? 1;
    box.current.focus();
    box.current.setSelectionRange(place, place + word);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void run();
  };
  const copy = () =>
    result &&
    call('clipboard.write', { text: toTsv(result) }).then(
      () => notify(`${plural(result.rows.length, 'row')} copied.`),
      notifyError,
    );
  return (
    <>
      <div className="sql-form">
        <textarea
          ref={box}
          className="field mono"
          aria-label="SQL over this log"
          aria-invalid={error !== null}
          spellCheck={false}
          rows={Math.min(10, Math.max(3, query.split('\n').length))}
          maxLength={20_000}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={onKeyDown}
        />
        {error && (
          <pre className="field-error sql-error" role="alert">
            {error}
          </pre>
        )}
        <div className="panel-tools">
          {running ? (
            <Button onClick={() => running.abort()}>
              <Square size={12} fill="currentColor" aria-hidden="true" /> Stop
            </Button>
          ) : (
            <Button
              kind="primary"
              data-tip="Ctrl+Enter"
              disabled={query.trim() === ''}
              onClick={() => void run()}
            >
              <Play size={13} aria-hidden="true" /> Run
            </Button>
          )}
          <Choice label="Examples" entries={EXAMPLES} onChoose={setQuery} />
          <Choice
            label="History"
            entries={history.map((entry) => ({
              title: entry.replace(/\s+/g, ' ').slice(0, 80),
              query: entry,
            }))}
            onChoose={setQuery}
          />
        </div>
        <p className="dim">
          Tables: <code>log</code> (line, time, severity, pattern, text) and <code>patterns</code>. Nothing
          can be changed.
        </p>
      </div>
      {result && (
        <div ref={answer} className="panel-body">
          <div className="panel-tools">
            <output className="dim grow">
              {result.cut ? `The first ${formatCount(SQL_ROWS)} rows` : plural(result.rows.length, 'row')},{' '}
              {Math.round(result.ms)} ms
            </output>
            <IconButton
              label="Grid"
              icon={<Grid3x3 size={14} aria-hidden="true" />}
              aria-pressed={!asChart || !chart}
              onClick={() => setAsChart(false)}
            />
            <IconButton
              label={chart ? 'Chart' : 'Chart: needs a column of numbers'}
              icon={<ChartLine size={14} aria-hidden="true" />}
              aria-pressed={asChart && chart !== null}
              disabled={!chart}
              onClick={() => setAsChart(true)}
            />
            <IconButton
              label="Copy as table"
              icon={<Copy size={14} aria-hidden="true" />}
              onClick={() => void copy()}
            />
          </div>
          {asChart && chart ? <SqlChart chart={chart} /> : <SqlGrid id={id} result={result} />}
        </div>
      )}
    </>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly entries: readonly { readonly title: string; readonly query: string }[];
  readonly onChoose: (query: string) => void;
}

/** A list that puts a query into the box. */
function Choice({ label, entries, onChoose }: ChoiceProps) {
  return (
    <select
      className="field"
      aria-label={label}
      value=""
      disabled={entries.length === 0}
      onChange={(event) => {
        const entry = entries[Number(event.target.value)];
        if (entry) onChoose(entry.query);
      }}
    >
      <option value="">{label}</option>
      {entries.map(({ title }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an entry is known by its place
        <option key={index} value={index}>
          {title}
        </option>
      ))}
    </select>
  );
}
