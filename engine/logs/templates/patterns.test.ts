import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { measureAccuracy } from './accuracy';
import { templateKey } from './patterns';
import { headers, syntheticLog } from './testing/synthetic-log';
import { groupLines, templatesOfLines } from './testing/templates-of-lines';

/** What a template covers: `<*>` is anything. */
function templateRegex(template: string): RegExp {
  const parts = template.split('<*>').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`${parts.join('.*')}$`, 's');
}

describe('patterns', () => {
  const header = fc.constantFrom(...Object.keys(headers));
  const log = fc
    .tuple(header, fc.integer({ min: 1, max: 400 }), fc.integer())
    .map(([form, count, seed]) => syntheticLog(form, count, seed).lines);
  const wild = fc.array(fc.string({ unit: 'grapheme', maxLength: 60 }), { maxLength: 40 });
  const lines = fc.oneof(log, wild);

  test('the template of a line covers its words to the end', () => {
    fc.assert(
      fc.property(lines, (each) => {
        templatesOfLines(each).forEach((template, index) => {
          // What the scanner takes away: escape codes, control characters, repeated blanks, the end of long lines.
          const line = (each[index] ?? '').replaceAll(/[\0-\x20\x7f]+/g, ' ').trim();
          if (!line.includes('\x1b')) expect(line).toMatch(templateRegex(template));
        });
      }),
      { numRuns: 150 },
    );
  });

  test('templates depend on what the lines say, not on their order', () => {
    fc.assert(
      fc.property(log, fc.infiniteStream(fc.nat()), (each, places) => {
        const shuffled = each
          .map((line) => ({ line, place: places.next().value as number }))
          .sort((a, b) => a.place - b.place)
          .map(({ line }) => line);
        const byLine = (of: readonly string[]) => {
          const templates = templatesOfLines(of);
          return new Map(of.map((line, index) => [line, templates[index]]));
        };
        expect(byLine(shuffled)).toEqual(byLine(each));
      }),
      { numRuns: 50 },
    );
  });

  test('counts add up to the lines, and first and last lines are of the pattern', () => {
    fc.assert(
      fc.property(lines, (each) => {
        const { ofLine, patterns } = groupLines(each);
        patterns.forEach((pattern, id) => {
          expect(pattern.count).toBe(ofLine.filter((of) => of === id).length);
          expect(pattern.firstLine).toBe(ofLine.indexOf(id) + 1);
          expect(pattern.lastLine).toBe(ofLine.lastIndexOf(id) + 1);
          expect(pattern.key).toBe(templateKey(pattern.text));
        });
      }),
      { numRuns: 60 },
    );
  });

  test('ids are the same everywhere', () => {
    expect(templateKey('user <*> logged in')).toBe('E65231b8dd946');
  });

  test.each(Object.keys(headers))('a made-up log in the form %s is grouped as it was made', (form) => {
    const { lines: made, truth } = syntheticLog(form, 3000, 11);
    const { groupingAccuracy, groupingF1 } = measureAccuracy(templatesOfLines(made), truth);
    expect(groupingAccuracy).toBeGreaterThan(0.98);
    expect(groupingF1).toBeGreaterThan(0.95);
  });
});
