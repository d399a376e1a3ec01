import { Eye, EyeOff } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { PatternSummary } from '../../../engine/contract/log-views';
import type { LogDocument } from '../../../engine/contract/logs';
import { call } from '../../bridge';
import { Button } from '../../ui/button';
import { formatCount, plural } from '../../ui/format';
import { notify } from '../../ui/notices';
import { visibleText } from '../../ui/visible-text';
import { type PatternRef, withPatterns } from '../filters/filter-model';
import { LineButton } from '../line-button';
import { PanelState } from '../panel-state';
import { SeverityMark } from '../severity-mark';
import { useAnswer } from '../use-answer';
import { applyFilter } from '../view-actions';
import { useLogView, viewOf } from '../view-store';
import { PatternText } from './pattern-text';
import { arrange, SIGNS, SORTS, type Sort } from './patterns-model';
import { Sparkline } from './sparkline';

/** Rows of the table that are made at once. */
const FIRST_ROWS = 100;

/** Every line pattern of the lines that are shown: how many, when, and what is worth noticing. */
export function PatternsPanel({ document }: { readonly document: LogDocument }) {
  const { id, lineCount, state } = document;
  const filter = useLogView(id, (view) => view.filter);
  const list = useLogView(id, (view) => view.list);
  const topic = JSON.stringify([id, list ? filter : null]);
  const stamp = `${lineCount} ${state} ${list?.view ?? ''}`;
  const answer = useAnswer(id, topic, stamp, (signal) =>
    call('logs.patterns', { id, ...(list ? { view: list.view } : {}) }, { signal }),
  );
  const [text, setText] = useState('');
  const [sort, setSort] = useState<Sort>('count');
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [most, setMost] = useState(FIRST_ROWS);
  const patterns = useMemo(() => arrange(answer.value ?? [], text, sort), [answer.value, text, sort]);

  const toggle = (pattern: number) =>
    setChosen((old) => {
      const next = new Set(old);
      if (!next.delete(pattern)) next.add(pattern);
      return next;
    });
  const apply = (kind: 'only' | 'hide', refs: readonly PatternRef[]) => {
    setChosen(new Set());
    const next = withPatterns(viewOf(id).filter, kind, refs);
    void applyFilter(id, next).then((error) => error && notify(error, 'error'));
  };
  const refs = patterns.filter(({ pattern }) => chosen.has(pattern));
  return (
    <>
      <div className="panel-tools">
        <input
          className="field grow"
          aria-label="Filter patterns by text"
          placeholder="Filter patterns"
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <select
          className="field"
          aria-label="Order of patterns"
          value={sort}
          onChange={(event) => setSort(event.target.value as Sort)}
        >
          {Object.entries(SORTS).map(([key, label]) => (
            <option key={key} value={key}>
              {label}
            </option>
          ))}
        </select>
      </div>
      <div className="panel-tools">
        <output className="dim grow">
          {plural(patterns.length, 'pattern')}
          {list ? ' of the filtered lines' : ''}
          {chosen.size > 0 && `, ${formatCount(chosen.size)} chosen`}
        </output>
        <Button disabled={refs.length === 0} onClick={() => apply('only', refs)}>
          <Eye size={14} aria-hidden="true" /> Only these
        </Button>
        <Button disabled={refs.length === 0} onClick={() => apply('hide', refs)}>
          <EyeOff size={14} aria-hidden="true" /> Hide these
        </Button>
      </div>
      <PanelState answer={answer} empty={patterns.length === 0 ? 'No pattern has this text.' : null}>
        <table className="patterns">
          <thead>
            <tr>
              <th scope="col">
                <span className="visually-hidden">Chosen</span>
              </th>
              <th scope="col" className="number">
                Lines
              </th>
              <th scope="col">When</th>
              <th scope="col">Pattern</th>
            </tr>
          </thead>
          <tbody>
            {patterns.slice(0, most).map((pattern) => (
              <PatternRow
                key={pattern.pattern}
                documentId={id}
                pattern={pattern}
                chosen={chosen.has(pattern.pattern)}
                onToggle={() => toggle(pattern.pattern)}
              />
            ))}
          </tbody>
        </table>
        {patterns.length > most && (
          <Button onClick={() => setMost(most + 5 * FIRST_ROWS)}>
            Show more of {plural(patterns.length, 'pattern')}
          </Button>
        )}
      </PanelState>
    </>
  );
}

interface PatternRowProps {
  readonly documentId: string;
  readonly pattern: PatternSummary;
  readonly chosen: boolean;
  readonly onToggle: () => void;
}

function PatternRow({ documentId, pattern, chosen, onToggle }: PatternRowProps) {
  const { text, severity, count, firstLine, lastLine, spark, signs } = pattern;
  return (
    <tr data-testid="pattern" data-severity={severity} data-chosen={chosen || undefined}>
      <td>
        <input
          type="checkbox"
          aria-label={`Choose ${visibleText(text)}`}
          checked={chosen}
          onChange={onToggle}
        />
      </td>
      <td className="number">{formatCount(count)}</td>
      <td>
        <Sparkline spark={spark} />
      </td>
      <th scope="row">
        <SeverityMark severity={severity} />{' '}
        {signs.map((sign) => (
          <span key={sign} className="sign" data-sign={sign} data-tip={SIGNS[sign].tip}>
            {SIGNS[sign].word}
          </span>
        ))}
        <PatternText text={text} />{' '}
        <span className="pattern-lines">
          <LineButton documentId={documentId} line={firstLine} />
          {lastLine !== firstLine && (
            <>
              {' … '}
              <LineButton documentId={documentId} line={lastLine} />
            </>
          )}
        </span>
      </th>
    </tr>
  );
}
