import { FileText, MessageSquare, SquareTerminal } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import type { ChatResult, FindingResult } from '../../app/contract/window-api';
import { Dialog } from '../ui/dialog';
import { plural } from '../ui/format';
import { visibleText } from '../ui/visible-text';
import { closeSearch, goToChat, goToFinding, search, useSearch } from './search-store';

export function SearchLayer() {
  const open = useSearch((state) => state.open);
  return open && <SearchDialog />;
}

interface Row {
  readonly key: string;
  readonly icon: ReactNode;
  readonly where: string;
  readonly excerpt: ChatResult['excerpt'];
  readonly go: () => void;
}
interface Group {
  readonly title: string;
  readonly rows: readonly Row[];
}

/** One box over chats, commands and findings of logs. Arrows choose, Enter goes there. */
function SearchDialog() {
  const { query, results } = useSearch();
  const [chosen, setChosen] = useState(0);
  const list = useId();
  const groups: Group[] = results
    ? [
        { title: 'Chats', rows: results.chats.map((one) => chatRow(one, <MessageSquare size={13} />)) },
        {
          title: 'Commands',
          rows: results.commands.map((one) => chatRow(one, <SquareTerminal size={13} />)),
        },
        { title: 'Findings in logs', rows: results.findings.map(findingRow) },
      ].filter(({ rows }) => rows.length > 0)
    : [];
  const rows = groups.flatMap((group) => group.rows);
  const at = Math.min(chosen, rows.length - 1);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') setChosen(rows.length === 0 ? 0 : (at + 1) % rows.length);
    else if (event.key === 'ArrowUp') setChosen(rows.length === 0 ? 0 : (at - 1 + rows.length) % rows.length);
    else if (event.key === 'Enter') rows[at]?.go();
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title="Search" wide onClose={closeSearch}>
      <input
        className="search-box"
        type="text"
        role="combobox"
        aria-label="Search chats, commands and findings"
        aria-expanded={rows.length > 0}
        aria-controls={list}
        aria-activedescendant={rows[at] ? `${list}-${at}` : undefined}
        placeholder="Words of chats, commands and findings"
        maxLength={500}
        value={query}
        onChange={(event) => {
          setChosen(0);
          search(event.target.value);
        }}
        onKeyDown={onKeyDown}
      />
      <p className="search-hits dim" role="status">
        {results === null
          ? 'Each word is the beginning of a word; “in quotes” is exact.'
          : rows.length === 0
            ? 'Nothing found.'
            : plural(rows.length, 'result')}
      </p>
      <div id={list} className="search-results" role="listbox" aria-label="Results">
        {groups.map(({ title, rows: own }) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset may not stand in a listbox
          <div key={title} role="group" aria-label={title}>
            <p className="search-group" aria-hidden="true">
              {title}
            </p>
            {own.map((row) => (
              <ResultRow
                key={row.key}
                id={`${list}-${rows.indexOf(row)}`}
                row={row}
                chosen={rows.indexOf(row) === at}
              />
            ))}
          </div>
        ))}
      </div>
    </Dialog>
  );
}

function ResultRow({
  id,
  row,
  chosen,
}: {
  readonly id: string;
  readonly row: Row;
  readonly chosen: boolean;
}) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the box above has the keyboard
    <div
      id={id}
      className="search-result"
      role="option"
      tabIndex={-1}
      aria-selected={chosen}
      ref={chosen ? intoView : undefined}
      onClick={row.go}
    >
      <span className="search-where">
        {row.icon} <span className="cut">{row.where}</span>
      </span>
      <span className="search-excerpt">
        {row.excerpt.map(({ text, hit }, index) =>
          hit ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: pieces never change
            <mark key={index}>{visibleText(text)}</mark>
          ) : (
            visibleText(text)
          ),
        )}
      </span>
    </div>
  );
}

function intoView(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' });
}

const date = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

function chatRow(result: ChatResult, icon: ReactNode): Row {
  const { conversation, message, title, excerpt, at } = result;
  return {
    key: `${conversation} ${message} ${excerpt.map(({ text }) => text).join('')}`,
    icon,
    where: `${title}, ${date.format(new Date(at))}`,
    excerpt,
    go: () => void goToChat(result),
  };
}

function findingRow(result: FindingResult): Row {
  const { document, name, line, excerpt } = result;
  return {
    key: `${document} ${line} ${excerpt.map(({ text }) => text).join('')}`,
    icon: <FileText size={13} />,
    where: line === null ? name : `${name}, line ${line}`,
    excerpt,
    go: () => goToFinding(result),
  };
}
