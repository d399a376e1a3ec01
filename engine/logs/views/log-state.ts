import type { LogDocument } from '../../contract/logs';
import type { DocumentAccess } from '../store/document-access';
import type { DocumentReader, PatternRow } from '../store/document-reader';
import { lineColumns, shapePatterns } from '../store/line-columns';
import { BlockIndex } from '../store/line-texts';
import { type LogClock, TimeProfile } from './log-clock';

/** A log at one length; all lines up to `lineCount` are in it. */
export interface LogState {
  readonly document: LogDocument;
  readonly lineCount: number;
  readonly blocks: BlockIndex;
}

/** What counts and filters need besides; made when it is first asked for, as all times are gone through. */
export interface LogFacts extends LogState {
  /** Null where no line has a time. */
  readonly clock: LogClock | null;
  /** Pattern of each shape; NO_PATTERN for shapes that have none yet, as while a log is read. */
  readonly patternOfShape: Uint32Array;
  readonly patterns: readonly PatternRow[];
}

interface Known {
  readonly profile: TimeProfile;
  /** Lines that the profile has seen. */
  lines: number;
  /** The profile is one for all states: they take turns. */
  turn: Promise<unknown>;
  state: { readonly of: string; readonly value: Promise<LogState> } | null;
}

/** Keeps the state of each open log until it has grown; times of lines are gone through once only. */
export class LogStates {
  private readonly known = new Map<string, Known>();
  private readonly facts = new WeakMap<LogState, Promise<LogFacts>>();

  constructor(private readonly access: DocumentAccess) {
    access.onChange((id) => {
      // A closed document is asked for no more; what was kept of it is let go.
      access.document(id).catch(() => this.known.delete(id));
    });
  }

  /** Throws `not-found` where the log is not open. */
  async of(id: string): Promise<LogState> {
    const document = await this.access.document(id);
    const known = this.knownOf(document);
    const version = `${document.lineCount} ${document.patternCount} ${document.state}`;
    if (known.state?.of === version) return known.state.value;
    const value = this.access.read(id, async (reader) => ({
      document,
      lineCount: document.lineCount,
      blocks: await BlockIndex.read(reader),
    }));
    known.state = { of: version, value };
    value.catch(() => this.known.get(id) === known && this.known.delete(id));
    return value;
  }

  async factsOf(id: string): Promise<LogFacts> {
    const state = await this.of(id);
    const made = this.facts.get(state) ?? this.readFacts(state);
    this.facts.set(state, made);
    made.catch(() => this.facts.delete(state));
    return made;
  }

  private knownOf({ id, lineCount }: LogDocument): Known {
    const known = this.known.get(id);
    if (known && known.lines <= lineCount) return known;
    const fresh: Known = { profile: new TimeProfile(), lines: 0, turn: Promise.resolve(), state: null };
    this.known.set(id, fresh);
    return fresh;
  }

  private readFacts(state: LogState): Promise<LogFacts> {
    const known = this.knownOf(state.document);
    const made = known.turn.then(() =>
      this.access.read(state.document.id, async (reader) => {
        await addTimes(reader, known, state.lineCount);
        const [patternOfShape, patterns] = await Promise.all([shapePatterns(reader), reader.patterns()]);
        return { ...state, clock: known.profile.clock(), patternOfShape, patterns };
      }),
    );
    known.turn = made.catch(() => undefined);
    return made;
  }
}

async function addTimes(reader: DocumentReader, known: Known, to: number): Promise<void> {
  if (known.lines >= to) return;
  for await (const { first, count, times } of lineColumns(reader, { from: known.lines + 1, to })) {
    for (let at = 0; at < count; at++) known.profile.add(first + at, times[at] ?? Number.NaN);
    known.lines = first + count - 1;
  }
}
