import { Scanner } from '../../masks/scanner';
import { describeSkeleton } from '../describe-skeleton';
import { groupShapes } from '../patterns';
import { ShapeTable } from '../shape-table';

/** Template text of each line, as a whole log would give it. */
export function templatesOfLines(lines: readonly string[]): string[] {
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
  const { patternOfShape, patterns } = step.value;
  return shapes.map((shape) => patterns[patternOfShape[shape] ?? 0]?.text ?? '');
}
