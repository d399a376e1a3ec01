import { Scanner } from '../../masks/scanner';
import { describeSkeleton } from '../describe-skeleton';
import { type GroupedShapes, groupShapes } from '../patterns';
import { ShapeTable } from '../shape-table';

/** Lines as a whole log would group them; `ofLine` is the pattern of each. */
export function groupLines(lines: readonly string[]): GroupedShapes & { readonly ofLine: number[] } {
  const table = new ShapeTable(describeSkeleton);
  const scanner = new Scanner();
  const shapes = lines.map((line, index) => {
    const bytes = Buffer.from(line);
    scanner.scan(bytes, 0, bytes.length);
    return table.add(scanner, index + 1);
  });
  const grouping = groupShapes(table);
  let step = grouping.next();
  while (!step.done) step = grouping.next();
  const grouped = step.value;
  return { ...grouped, ofLine: shapes.map((shape) => grouped.patternOfShape[shape] ?? 0) };
}

/** Template text of each line. */
export function templatesOfLines(lines: readonly string[]): string[] {
  const { ofLine, patterns } = groupLines(lines);
  return ofLine.map((pattern) => patterns[pattern]?.text ?? '');
}
