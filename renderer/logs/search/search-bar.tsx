import { CaseSensitive, ChevronDown, ChevronUp, ListFilter, Regex, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import type { LogQuery } from '../../../engine/contract/log-views';
import { Button, IconButton } from '../../ui/button';
import { formatCount } from '../../ui/format';
import { focusPane } from '../../ui/panes';
import { percentOf } from '../../ui/progress';
import { closeSearch, search, stepMatch } from '../view-actions';
import { changeSearch, type Search, useLogView } from '../view-store';

/** Typing goes on meanwhile; a search of a large log is not begun for each letter. */
const DELAY_MS = 300;

/** Looks for text in the lines that are shown. */
export function SearchBar({ id }: { readonly id: string }) {
  const state = useLogView(id, (view) => view.search);
  const { query, found, counting, error, only, serial } = state;
  const [text, setText] = useState(query.text);
  const input = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const errorId = useId();
  useEffect(() => {
    void serial;
    input.current?.focus();
    input.current?.select();
  }, [serial]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const run = (next: LogQuery) => {
    clearTimeout(timer.current);
    timer.current = undefined;
    void search(id, next);
  };
  const onChange = (next: string) => {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => run({ ...query, text: next }), DELAY_MS);
  };
  const close = () => {
    clearTimeout(timer.current);
    closeSearch(id);
    focusPane('logs');
  };
  const step = (forward: boolean) => {
    const current = text === query.text && timer.current === undefined;
    if (current && (found || counting)) void stepMatch(id, forward);
    else run({ ...query, text });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') close();
    else if (event.key === 'Enter') step(!event.shiftKey);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <search className="search-bar" onKeyDown={onKeyDown}>
      <div className="search-row">
        <div className="search-field">
          <input
            ref={input}
            className="field"
            type="text"
            aria-label="Search in the log"
            placeholder={query.regex ? 'Regular expression (RE2)' : 'Search'}
            spellCheck={false}
            maxLength={2000}
            value={text}
            aria-invalid={error !== null}
            aria-describedby={error ? errorId : undefined}
            onChange={(event) => onChange(event.target.value)}
          />
          <IconButton
            label="Match case"
            icon={<CaseSensitive size={16} aria-hidden="true" />}
            aria-pressed={query.matchCase}
            onClick={() => run({ ...query, text, matchCase: !query.matchCase })}
          />
          <IconButton
            label="Regular expression"
            icon={<Regex size={14} aria-hidden="true" />}
            aria-pressed={query.regex}
            onClick={() => run({ ...query, text, regex: !query.regex })}
          />
        </div>
        <Outcome state={state} />
        <IconButton
          label="Previous match"
          keys="N or Shift+Enter"
          icon={<ChevronUp size={15} aria-hidden="true" />}
          disabled={!found?.rows}
          onClick={() => void stepMatch(id, false)}
        />
        <IconButton
          label="Next match"
          keys="n or Enter"
          icon={<ChevronDown size={15} aria-hidden="true" />}
          disabled={!found?.rows}
          onClick={() => void stepMatch(id, true)}
        />
        <IconButton
          label="Show only matches"
          icon={<ListFilter size={15} aria-hidden="true" />}
          aria-pressed={only}
          disabled={!found?.rows && !only}
          onClick={() => changeSearch(id, { only: !only })}
        />
        <IconButton
          label="Close search"
          keys="Esc"
          icon={<X size={15} aria-hidden="true" />}
          onClick={close}
        />
      </div>
      {error && (
        <p id={errorId} className="field-error" role="alert">
          {error}
        </p>
      )}
      {counting && (
        <div className="search-progress">
          <progress aria-label="Searching" max={100} value={percentOf(counting.done, 1)} />
          <Button kind="plain" onClick={counting.cancel}>
            Cancel search
          </Button>
        </div>
      )}
    </search>
  );
}

function Outcome({ state }: { readonly state: Search }) {
  const { found, counting, position, query } = state;
  let text = '';
  if (counting) text = `${formatCount(counting.count)} so far`;
  else if (found && found.rows === 0) text = 'No matches';
  else if (found) text = `${position === null ? '?' : formatCount(position)} of ${formatCount(found.rows)}`;
  return (
    <output className="search-count" data-none={(query.text !== '' && found?.rows === 0) || undefined}>
      {text}
    </output>
  );
}
