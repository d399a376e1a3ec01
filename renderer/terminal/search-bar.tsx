import type { ISearchOptions } from '@xterm/addon-search';
import { CaseSensitive, ChevronDown, ChevronUp, Regex, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { IconButton } from '../ui/button';
import { formatCount } from '../ui/format';
import { instanceOf } from './terminal-instance';
import { updateTerminal } from './terminal-store';

const MARKS: NonNullable<ISearchOptions['decorations']> = {
  matchBackground: '#6b5a10',
  matchOverviewRuler: '#b98900',
  activeMatchBackground: '#c46a00',
  activeMatchColorOverviewRuler: '#ff9a2e',
};

interface Found {
  /** From 0; -1 where there are too many to count places. */
  readonly resultIndex: number;
  readonly resultCount: number;
}

/** Finds text in one terminal, its scrollback included. */
export function SearchBar({ pane }: { readonly pane: string }) {
  const [term, setTerm] = useState('');
  const [regex, setRegex] = useState(false);
  const [caseSensitive, setCaseSensitive] = useState(false);
  const [found, setFound] = useState<Found | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const broken = regex && !isRegex(term);

  useEffect(() => {
    field.current?.focus();
    const search = instanceOf(pane)?.screen.search;
    const listener = search?.onDidChangeResults(setFound);
    return () => {
      listener?.dispose();
      search?.clearDecorations();
    };
  }, [pane]);

  const go = (step: 1 | -1, incremental = false) => {
    const search = instanceOf(pane)?.screen.search;
    if (!search || broken) return;
    const options = { regex, caseSensitive, incremental, decorations: MARKS };
    if (step === 1) search.findNext(term, options);
    else search.findPrevious(term, options);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new search, and not a step in one, is due with these only
  useEffect(() => {
    // The addon looks anew only for another term, not for other options, unless it has forgotten the last one.
    instanceOf(pane)?.screen.search.clearDecorations();
    if (term === '' || broken) setFound(null);
    else go(1, true);
  }, [pane, term, regex, caseSensitive]);

  const close = () => {
    updateTerminal(pane, { searching: false });
    instanceOf(pane)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') close();
    else if (event.key === 'Enter') go(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
  };
  return (
    <search className="terminal-search" aria-label="Find in terminal">
      <input
        ref={field}
        className="field"
        aria-label="Find"
        placeholder="Find"
        spellCheck={false}
        value={term}
        aria-invalid={broken || undefined}
        onChange={(event) => setTerm(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <output className="terminal-search-count">{countText(term, broken, found)}</output>
      <IconButton
        label="Match case"
        icon={<CaseSensitive size={15} aria-hidden="true" />}
        aria-pressed={caseSensitive}
        onClick={() => setCaseSensitive(!caseSensitive)}
      />
      <IconButton
        label="Regular expression"
        icon={<Regex size={14} aria-hidden="true" />}
        aria-pressed={regex}
        onClick={() => setRegex(!regex)}
      />
      <IconButton
        label="Previous match"
        keys="Shift+Enter"
        icon={<ChevronUp size={15} aria-hidden="true" />}
        onClick={() => go(-1)}
      />
      <IconButton
        label="Next match"
        keys="Enter"
        icon={<ChevronDown size={15} aria-hidden="true" />}
        onClick={() => go(1)}
      />
      <IconButton label="Close search" keys="Esc" icon={<X size={14} aria-hidden="true" />} onClick={close} />
    </search>
  );
}

function countText(term: string, broken: boolean, found: Found | null): string {
  if (term === '') return '';
  if (broken) return 'Not a regular expression';
  if (!found || found.resultCount === 0) return 'No match';
  return found.resultIndex < 0
    ? `More than ${formatCount(found.resultCount - 1)}`
    : `${formatCount(found.resultIndex + 1)} of ${formatCount(found.resultCount)}`;
}

function isRegex(source: string): boolean {
  try {
    new RegExp(source);
    return true;
  } catch {
    return false;
  }
}
