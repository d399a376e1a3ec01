import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Layout, leaf, neighbour, paneOnSide, panesOf, removePane, splitPane } from './layout-tree';

it('splits beside, below, and again in the same direction', () => {
  const two = splitPane(leaf('a'), 'a', 'row', 'b');
  expect(two).toEqual({ kind: 'split', id: 's-b', direction: 'row', children: [leaf('a'), leaf('b')] });
  const three = splitPane(two, 'a', 'row', 'c');
  expect(three).toMatchObject({ direction: 'row', children: [leaf('a'), leaf('c'), leaf('b')] });
  expect(splitPane(three, 'c', 'column', 'd')).toMatchObject({
    children: [leaf('a'), { direction: 'column', children: [leaf('c'), leaf('d')] }, leaf('b')],
  });
});

it('focus goes to the pane before, or else the one after', () => {
  const layout = splitPane(splitPane(leaf('a'), 'a', 'row', 'b'), 'b', 'row', 'c');
  expect(neighbour(layout, 'b')).toBe('a');
  expect(neighbour(layout, 'a')).toBe('b');
  expect(neighbour(leaf('a'), 'a')).toBeNull();
});

it('finds the pane on a side by the edge that is shared', () => {
  const boxes = new Map([
    ['left', { left: 0, top: 0, right: 100, bottom: 200 }],
    ['upper', { left: 101, top: 0, right: 200, bottom: 60 }],
    ['lower', { left: 101, top: 61, right: 200, bottom: 200 }],
  ]);
  expect(paneOnSide(boxes, 'left', 'right')).toBe('lower');
  expect(paneOnSide(boxes, 'upper', 'left')).toBe('left');
  expect(paneOnSide(boxes, 'upper', 'down')).toBe('lower');
  expect(paneOnSide(boxes, 'lower', 'down')).toBeNull();
});

it('after any splits and closings each pane stands once and no split has a single part', () => {
  const step = fc.record({ at: fc.nat(), row: fc.boolean(), close: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let layout: Layout = leaf('p0');
      let expected = ['p0'];
      steps.forEach(({ at, row, close }, index) => {
        const pane = expected[at % expected.length] ?? '';
        if (close && expected.length > 1) {
          layout = removePane(layout, pane) ?? leaf('none');
          expected = expected.filter((other) => other !== pane);
        } else {
          layout = splitPane(layout, pane, row ? 'row' : 'column', `p${index + 1}`);
          expected = [...expected, `p${index + 1}`];
        }
      });
      expect(panesOf(layout).toSorted()).toEqual(expected.toSorted());
      const sizes = (part: Layout): number[] =>
        part.kind === 'pane' ? [] : [part.children.length, ...part.children.flatMap(sizes)];
      expect(Math.min(2, ...sizes(layout))).toBe(2);
    }),
  );
});
