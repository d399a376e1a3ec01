import { RotateCcw, X } from 'lucide-react';
import { Button, IconButton } from '../../ui/button';
import { formatCount } from '../../ui/format';
import { notify } from '../../ui/notices';
import { visibleText } from '../../ui/visible-text';
import { applyFilter } from '../view-actions';
import { changeView, useLogView } from '../view-store';
import { chipsOf, type Filter, NO_FILTER } from './filter-model';

/** The parts of the filter, each with a way to take it away, and how many lines are left. */
export function FilterBar({ id, lineCount }: { readonly id: string; readonly lineCount: number }) {
  const filter = useLogView(id, (view) => view.filter);
  const list = useLogView(id, (view) => view.list);
  const counting = useLogView(id, (view) => view.counting);
  const aside = useLogView(id, (view) => view.aside);
  const chips = chipsOf(filter);
  const apply = (next: Filter) => {
    changeView(id, { aside: null });
    void applyFilter(id, next).then((error) => error && notify(error, 'error'));
  };
  if (chips.length === 0 && !counting && !aside) return null;
  return (
    <section className="filter-bar" aria-label="Filter">
      <ul>
        {chips.map(({ key, what, text, without }) => (
          <li key={key} className="chip">
            <span className="filter-chip" data-tip={`${what}: ${visibleText(text)}`}>
              <b>{what}</b> <span className="cut">{visibleText(text)}</span>
            </span>
            <IconButton
              label={`Remove filter: ${what} ${visibleText(text)}`}
              icon={<X size={12} aria-hidden="true" />}
              onClick={() => apply(without)}
            />
          </li>
        ))}
        {aside && chips.length === 0 && (
          <li className="chip">
            <button type="button" className="chip-offer" onClick={() => apply(aside)}>
              <RotateCcw size={12} aria-hidden="true" />
              <span className="cut">
                Filter again:{' '}
                {chipsOf(aside)
                  .map(({ text }) => text)
                  .join(' · ')}
              </span>
            </button>
            <IconButton
              label="Forget the filter"
              icon={<X size={12} aria-hidden="true" />}
              onClick={() => changeView(id, { aside: null })}
            />
          </li>
        )}
      </ul>
      <output className="filter-count">
        {counting
          ? `${formatCount(counting.count)} lines so far…`
          : list && `${formatCount(list.rows)} of ${formatCount(lineCount)} lines`}
      </output>
      {counting && (
        <Button kind="plain" onClick={counting.cancel}>
          Cancel
        </Button>
      )}
      {chips.length > 1 && (
        <Button kind="plain" onClick={() => apply(NO_FILTER)}>
          Clear all
        </Button>
      )}
    </section>
  );
}
