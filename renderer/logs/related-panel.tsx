import { Filter } from 'lucide-react';
import type { LogDocument } from '../../engine/contract/logs';
import { call } from '../bridge';
import { Button } from '../ui/button';
import { plural } from '../ui/format';
import { notify } from '../ui/notices';
import { visibleText } from '../ui/visible-text';
import { NO_FILTER } from './filters/filter-model';
import { LineButton } from './line-button';
import { PanelState } from './panel-state';
import { useAnswer } from './use-answer';
import { applyFilter } from './view-actions';
import { useLogView } from './view-store';

/** Ids in a line, and the other lines that have them. */
export function RelatedPanel({ document }: { readonly document: LogDocument }) {
  const { id } = document;
  const line = useLogView(id, (view) => view.related);
  const topic = line === null ? null : `${id} ${line}`;
  const answer = useAnswer(id, topic, String(document.lineCount), (signal) =>
    call('logs.related', { id, line: line ?? 1 }, { signal }),
  );
  if (line === null)
    return (
      <p className="panel-note dim">
        Choose a line and press <kbd>R</kbd>: the request, trace and session ids in it lead to the other lines
        that have them.
      </p>
    );
  const found = answer.value ?? [];
  // The value as text is found in the same lines, and goes together with every other filter.
  const show = (value: string) => {
    const include = [{ text: value, regex: false, matchCase: true }];
    void applyFilter(id, { ...NO_FILTER, include }).then((error) => error && notify(error, 'error'));
  };
  return (
    <>
      <p className="panel-tools">
        <span>
          Ids in <LineButton documentId={id} line={line} />
        </span>
      </p>
      <PanelState answer={answer} empty={found.length === 0 ? 'No other line has an id of this one.' : null}>
        <ul className="related">
          {found.map(({ value, rows }) => (
            <li key={value}>
              <code className="cut" title={visibleText(value)}>
                {visibleText(value)}
              </code>
              <span className="dim">{plural(rows, 'line')}</span>
              <Button onClick={() => show(value)}>
                <Filter size={13} aria-hidden="true" /> Show these
              </Button>
            </li>
          ))}
        </ul>
      </PanelState>
    </>
  );
}
