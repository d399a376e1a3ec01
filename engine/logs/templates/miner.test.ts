import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Mined, TemplateMiner } from './miner';
import { ShapeTable } from './shape-table';
import { randomOf } from './testing/synthetic-log';
import { templatesOfLines } from './testing/templates-of-lines';

function mine(messages: readonly string[]): Mined {
  const miner = new TemplateMiner();
  for (const message of messages) miner.add(message);
  const finishing = miner.finish();
  for (;;) {
    const step = finishing.next();
    if (step.done) return step.value;
  }
}

/** What a template covers: `<*>` is anything. */
function templateRegex(template: string): RegExp {
  const parts = template.split('<*>').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's');
}

describe('miner', () => {
  test('a word of many values is a variable, a word of few is not', () => {
    const users = ['ann', 'bob', 'eve', 'joe', 'kim', 'lee'].map((name) => `user ${name} logged in`);
    const { groupOf, templates } = mine([...users, 'service has started up', 'service has stopped up']);
    expect(templates).toEqual(['user <*> logged in', 'service has started up', 'service has stopped up']);
    expect([...groupOf]).toEqual([0, 0, 0, 0, 0, 0, 1, 2]);
  });

  test('each message fits the template of its group', () => {
    const message = fc.array(fc.constantFrom('a', 'b', 'c', '<*>', 'd'), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(fc.array(message, { maxLength: 60 }), (messages) => {
        const { groupOf, templates } = mine(messages.map((words) => words.join(' ')));
        messages.forEach((words, index) => {
          expect(words.join(' ')).toMatch(templateRegex(templates[groupOf[index] ?? -1] ?? ''));
        });
      }),
    );
  });

  test('messages of random words end in a bounded number of groups', () => {
    const { templates } = mine(Array.from({ length: 5000 }, (_, i) => `a${i} b${i} c${i}`));
    expect(templates.length).toBeLessThan(1000);
  });
});

describe('shape table', () => {
  test('counts of all shapes add up to the lines, whatever the skeletons', () => {
    const line = fc.record({
      hash1: fc.integer(),
      hash2: fc.integer(),
      text: fc.constantFrom('a', 'b', 'c'),
    });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 3000 }), (lines) => {
        const table = new ShapeTable((masked) => ({ severity: 'none', masked }));
        lines.forEach((each, index) => {
          table.add({ ...each, text: () => each.text }, index + 1);
        });
        expect(table.counts.reduce((sum, count) => sum + count, 0)).toBe(lines.length);
        expect(table.shapes.length).toBeLessThanOrEqual(3);
      }),
    );
  });

  test('a million names are few shapes, and new messages among them are still found', () => {
    const random = randomOf(5);
    const name = () => Array.from({ length: 8 }, () => letter(random)).join('');
    const lines = Array.from({ length: 60_000 }, (_, index) =>
      index < 50_000 ? `user ${name()} logged in` : `disk ${name()} of host ${name()} is full`,
    );
    const templates = templatesOfLines(lines);
    expect(new Set(templates)).toEqual(new Set(['user <*> logged in', 'disk <*> of host <*> is full']));
  });

  test('lines of random words end in a bounded number of shapes', () => {
    const random = randomOf(6);
    const word = () => Array.from({ length: 6 }, () => letter(random)).join('');
    const table = new ShapeTable((masked) => ({ severity: 'none', masked }));
    for (let number = 1; number <= 150_000; number++) {
      const text = Array.from({ length: 1 + Math.floor(random() * 12) }, word).join(' ');
      table.add({ hash1: number, hash2: number * 7, text: () => text }, number);
    }
    expect(table.shapes.length).toBeLessThan(90_000);
  });
});

const letter = (random: () => number) => String.fromCharCode(97 + Math.floor(random() * 26));
