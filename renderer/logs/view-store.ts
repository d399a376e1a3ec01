import type { z } from 'zod';
import { create } from 'zustand';
import type { LogQuery, ViewId } from '../../engine/contract/log-views';
import { type Filter, NO_FILTER } from './filters/filter-model';

/** A list of lines that the log process keeps: what a filter lets through, or what a search found. */
export interface LineList {
  readonly view: z.infer<typeof ViewId>;
  readonly rows: number;
}

/** A list that is being made: lines so far, and how much of the log is done, 0 to 1. */
export interface Counting {
  readonly count: number;
  readonly done: number;
  readonly cancel: () => void;
}

export interface Search {
  readonly open: boolean;
  /** Goes up each time that it is asked for. */
  readonly serial: number;
  readonly query: LogQuery;
  readonly found: LineList | null;
  readonly counting: Counting | null;
  /** Why the pattern can't be looked for; shown at the field. */
  readonly error: string | null;
  /** Which match is the current one, from 1. */
  readonly position: number | null;
  /** The list shows matches and nothing else. */
  readonly only: boolean;
}

export const PANELS = ['patterns', 'signals', 'related', 'bookmarks', 'compare', 'sql', 'diagnosis'] as const;
export type PanelName = (typeof PANELS)[number];

export const PANEL_TITLES: Readonly<Record<PanelName, string>> = {
  patterns: 'Patterns',
  signals: 'Signals',
  related: 'Related',
  bookmarks: 'Bookmarks',
  compare: 'Compare',
  sql: 'SQL',
  diagnosis: 'Diagnosis',
};

/** How one log is looked at; kept while the window lives. */
export interface LogViewState {
  readonly filter: Filter;
  /** Lines that `filter` lets through; null is the whole log. */
  readonly list: LineList | null;
  readonly counting: Counting | null;
  /** A filter that was put aside to show a line in the whole log. */
  readonly aside: Filter | null;
  readonly search: Search;
  readonly panel: PanelName | null;
  /** Where lines and panel take turns: which one is in front. */
  readonly front: 'lines' | 'panel';
  /** The line that 'related' is about. */
  readonly related: number | null;
  /** The list stays at its end while the log grows. */
  readonly atEnd: boolean;
  /** What the last key found or did not find; spoken too. */
  readonly message: string;
  /** The field for a line or time, the form for a filter, the list of keys are open. */
  readonly asking: boolean;
  readonly filtering: boolean;
  readonly helping: boolean;
}

const NEW_SEARCH: Search = {
  open: false,
  serial: 0,
  query: { text: '', regex: false, matchCase: false },
  found: null,
  counting: null,
  error: null,
  position: null,
  only: false,
};

const NEW_VIEW: LogViewState = {
  filter: NO_FILTER,
  list: null,
  counting: null,
  aside: null,
  search: NEW_SEARCH,
  panel: null,
  front: 'lines',
  related: null,
  atEnd: false,
  message: '',
  asking: false,
  filtering: false,
  helping: false,
};

interface ViewsStore {
  readonly byDocument: Readonly<Record<string, LogViewState>>;
}

export const useLogViews = create<ViewsStore>(() => ({ byDocument: {} }));

export function viewOf(id: string): LogViewState {
  return useLogViews.getState().byDocument[id] ?? NEW_VIEW;
}

/** A part of how a log is looked at. */
export function useLogView<T>(id: string, select: (view: LogViewState) => T): T {
  return useLogViews(({ byDocument }) => select(byDocument[id] ?? NEW_VIEW));
}

export function changeView(id: string, change: Partial<LogViewState>): void {
  useLogViews.setState(({ byDocument }) => ({
    byDocument: { ...byDocument, [id]: { ...(byDocument[id] ?? NEW_VIEW), ...change } },
  }));
}

export function changeSearch(id: string, change: Partial<Search>): void {
  changeView(id, { search: { ...viewOf(id).search, ...change } });
}

export function forgetView(id: string): void {
  useLogViews.setState(({ byDocument }) => {
    const { [id]: _gone, ...rest } = byDocument;
    return { byDocument: rest };
  });
}

/** Says something about the lines that needs no answer: under the list, and to a screen reader. */
export function say(id: string, message: string): void {
  if (viewOf(id).message !== message) changeView(id, { message });
}

/** Opens a panel beside the lines and brings it to the front; the open one is closed. */
export function togglePanel(id: string, panel: PanelName): void {
  const { panel: open, front } = viewOf(id);
  // Behind the lines it is not seen, so the same button brings it to the front first.
  if (open === panel && front === 'panel') changeView(id, { panel: null, front: 'lines' });
  else changeView(id, { panel, front: 'panel' });
}

export function showPanel(id: string, panel: PanelName): void {
  changeView(id, { panel, front: 'panel' });
}

/** What the list shows: matches, the filtered lines, or null for the whole log. */
export function shownList(view: LogViewState): LineList | null {
  return view.search.only && view.search.found ? view.search.found : view.list;
}
