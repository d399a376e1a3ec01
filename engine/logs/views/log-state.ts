import type { LogDocument } from '../../contract/logs';
import type { DocumentAccess } from '../store/document-access';
import type { DocumentReader, PatternRow } from '../store/document-reader';
import { lineColumns, shapePatterns } from '../store/line-columns';
import { BlockIndex } from '../store/line-texts';
import { type LogClock, TimeProfile } from './log-clock';

/** What views need to know of a log at one length; all lines up to `lineCount` are in it. */
export interface LogState {
  readonly document: LogDocument;
  readonly lineCount: number;
  readonly blocks: BlockIndex;
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
  state: { readonly of: string; readonly value: Promise<LogState> } | null;
}

/** Keeps the state of each open log until it has grown; times of lines are gone through once only. */
export class LogStates {
  private readonly known = new Map<string, Known>();

  constructor(private readonly access: DocumentAccess) {
    access.onChange((id) => {
      // A closed document is asked for no more; what was kept of it is let go.
      access.document(id).catch(() => this.known.delete(id));
    });
  }

  /** Throws `not-found` where the log is not open. */
  async of(id: string): Promise<LogState> {
    const document = await this.access.document(id);
    let known = this.known.get(id);
    if (!known || known.lines > document.lineCount) {
      known = { profile: new TimeProfile(), lines: 0, state: null };
      this.known.set(id, known);
    }
    const version = `${document.lineCount} ${document.patternCount} ${document.state}`;
    if (known.state?.of !== version) {
      const before = known.state?.value;
      const value = this.read(document, known, before);
      known.state = { of: version, value };
      value.catch(() => this.known.get(id) === known && this.known.delete(id));
    }
    return (known.state as NonNullable<Known['state']>).value;
  }

  private async read(
    document: LogDocument,
    known: Known,
    before: Promise<LogState> | undefined,
  ): Promise<LogState> {
    // The profile is one for all states: they take turns.
    await before?.catch(() => undefined);
    const { lineCount } = document;
    return this.access.read(document.id, async (reader) => {
      await addTimes(reader, known, lineCount);
      const [blocks, patternOfShape, patterns] = await Promise.all([
        BlockIndex.read(reader),
        shapePatterns(reader),
        reader.patterns(),
      ]);
      return { document, lineCount, blocks, clock: known.profile.clock(), patternOfShape, patterns };
    });
  }
}

async function addTimes(reader: DocumentReader, known: Known, to: number): Promise<void> {
  for await (const { first, count, times } of lineColumns(reader, { from: known.lines + 1, to })) {
    for (let at = 0; at < count; at++) known.profile.add(first + at, times[at] ?? Number.NaN);
    known.lines = first + count - 1;
  }
}
