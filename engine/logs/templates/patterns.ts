import { createHash } from 'node:crypto';
import type { Severity } from '../../contract/logs';
import { TemplateMiner } from './miner';
import type { Shape } from './shape-table';

/** Lines of one template at one severity. */
export interface Pattern {
  /** Stable id of the template text, so of all patterns with this text. */
  readonly key: string;
  readonly severity: Severity;
  /** The template: words of the message, `<*>` for what varies. */
  readonly text: string;
  readonly count: number;
  /** Numbers of lines, from 1. */
  readonly firstLine: number;
  readonly lastLine: number;
}

/** Lines by shape, as a `ShapeTable` counts them. */
export interface CountedShapes {
  readonly shapes: readonly Shape[];
  readonly counts: ArrayLike<number>;
  readonly firstLines: ArrayLike<number>;
  readonly lastLines: ArrayLike<number>;
}

export interface GroupedShapes {
  readonly patternOfShape: Uint32Array;
  readonly patterns: readonly Pattern[];
}

/** Id of a template text, a letter and 12 hex digits: the same in every log, run and version that yields this text. */
export function templateKey(text: string): string {
  return `E${createHash('sha256').update(text).digest('hex').slice(0, 12)}`;
}

/** Groups the masked messages of all shapes into patterns, a little a step, so that a caller can take breaks. */
export function* groupShapes(table: CountedShapes): Generator<void, GroupedShapes> {
  const miner = new TemplateMiner();
  // In an order of their own, so that patterns depend on what a log says and not on the order it says it in.
  const messages = new Map(
    [...new Set(table.shapes.map(({ masked }) => masked))].sort().map((text, at) => [text, at]),
  );
  for (const masked of messages.keys()) {
    miner.add(masked);
    yield;
  }
  const { groupOf, templates } = yield* miner.finish();
  const patternIds = new Map<string, number>();
  const patterns: Pattern[] = [];
  const patternOfShape = Uint32Array.from(table.shapes, ({ masked, severity }, shape) => {
    const text = templates[groupOf[messages.get(masked) ?? 0] ?? 0] ?? '';
    const name = `${severity} ${text}`;
    const id = patternIds.get(name) ?? patterns.length;
    patternIds.set(name, id);
    const known = patterns[id];
    const firstLine = table.firstLines[shape] ?? 0;
    const lastLine = table.lastLines[shape] ?? 0;
    patterns[id] = {
      key: known?.key ?? templateKey(text),
      severity,
      text,
      count: (known?.count ?? 0) + (table.counts[shape] ?? 0),
      firstLine: Math.min(known?.firstLine ?? firstLine, firstLine),
      lastLine: Math.max(known?.lastLine ?? 0, lastLine),
    };
    return id;
  });
  return { patternOfShape, patterns };
}
