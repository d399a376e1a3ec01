import { TILE } from '../kv-rows';
import { type AttentionContext, asFloat, cacheNames } from './attention-context';
import type { OnnxType } from './onnx-builder';

/** Columns that the largest of stands for, one level up. */
const GROUP = 4;
/** Columns that the search may start at: up to here onnxruntime's TopK partitions a row, above it keeps a heap. */
const START = 512;

/**
 * The share of the sealed rows in the output for one new token, [n_v, Gv, d_v], from those rows of V alone that belong to
 * each query head's `topValues` largest probabilities; `probabilities` are [n_k, G, T] of the sealed columns
 * and [n_k, G, W + 1] of the others.
 *
 * The paper (arXiv 2501.13629) reads V selectively because attention is sparse, with k = 100; as far as known here it
 * does not say what becomes of the probability of the rows left out. Here the rows that are read take it over in
 * proportion, so the sealed rows together weigh what they weigh in the full form; with k >= T that changes nothing.
 * Perplexity of the shipped model, which was not trained for it, on 1,024 tokens behind 2,048 of two texts, k = 100: 3.5
 * and 13 % higher, and 22 and 78 % where that probability is lost.
 */
export function selectedValues(
  context: AttentionContext,
  topValues: number,
  probabilities: { readonly sealed: string; readonly open: string },
): string {
  const { builder, shape, at, layer } = context;
  const { n_v, d_v } = shape;
  if (layer === 0) sharedSelection(context, topValues);
  const { columns, values } = largest(context, probabilities.sealed);
  // Column c of V head h lies in row (c / TILE) * n_v * TILE + h * TILE + c % TILE of [tiles, n_v, TILE].
  let rows = columns;
  if (n_v > 1) {
    builder.apply('Div', [columns, builder.integers([TILE])], at('top_tiles'));
    builder.apply('Mul', [at('top_tiles'), builder.integers([(n_v - 1) * TILE])], at('top_skipped'));
    builder.apply('Add', [columns, at('top_skipped')], at('top_rows_of_first'));
    rows = builder.apply('Add', [at('top_rows_of_first'), 'top.head_rows'], at('top_rows'));
  }
  const product = [
    scaled(context, rescaled(context, values, probabilities.open), rows),
    fetched(context, rows),
  ];
  builder.apply('MatMul', product, at('O_top'));
  return builder.apply('Reshape', [at('O_top'), builder.integers([n_v, -1, d_v])], at('O_sealed'));
}

/** What all layers' searches share: how many are taken at each level, and where a group's columns lie. */
function sharedSelection({ builder, shape, shared }: AttentionContext, topValues: number): void {
  const { n_q, n_v } = shape;
  const sealed = builder.apply('Gather', [shared.single.spans, builder.integers([0])], 'top.sealed');
  for (let level = 0; level <= levels(shared.contextLength); level++) {
    const size = builder.apply('Div', [sealed, builder.integers([GROUP ** level])], `top.size.${level}`);
    builder.apply('Min', [size, builder.integers([topValues])], `top.count.${level}`);
    if (level === 0) continue;
    const members = Array.from({ length: GROUP }, (_, i) => i);
    builder.apply('Mul', [size, builder.integers(members)], `top.places.${level}`);
    builder.apply(
      'Reshape',
      [`top.places.${level}`, builder.integers([1, GROUP, 1])],
      `top.members.${level}`,
    );
  }
  const firstRows = Array.from({ length: n_q }, (_, q) => Math.floor(q / (n_q / n_v)) * TILE);
  builder.apply('Reshape', [builder.integers(firstRows), builder.integers([n_q, 1, 1])], 'top.head_rows');
}

/** Levels above the columns themselves. Tiles are divisible by GROUP three times, which is enough to START * 64. */
function levels(contextLength: number): number {
  let level = 0;
  while (contextLength / GROUP ** level > START && TILE % GROUP ** (level + 1) === 0) level++;
  return level;
}

/**
 * The largest `topValues` of T columns, all if there are fewer: int64 and float [n_q, 1, count] in no order.
 *
 * Columns are put in groups, again and again, each group represented by its largest. The largest `topValues` groups
 * contain the largest `topValues` columns, so the search goes down from the top level and looks at GROUP times
 * `topValues` columns a level. At 32,768 columns and 9 / 1 / 3 heads, 30 layers, one thread, `mixed`: 10 ms, with TopK
 * over all columns 17 ms, with every row of V 20 ms; at 4,096 columns 5, 8 and 3 ms.
 */
function largest(
  { builder, shape, shared, at }: AttentionContext,
  probabilities: string,
): { columns: string; values: string } {
  const { n_q } = shape;
  const top = levels(shared.contextLength);
  const row = builder.integers([n_q, 1, -1]);
  // values_of[i] is [n_q, 1, T / GROUP ** i]. Group g of size n has columns g, g + n, .. : whole rows are then compared.
  const valuesOf = [builder.apply('Reshape', [probabilities, row], at('top_level_0'))];
  for (let level = 1; level <= top; level++) {
    const grouped = [valuesOf[level - 1] as string, builder.integers([n_q, GROUP, -1])];
    builder.apply('Reshape', grouped, at(`top_grouped_${level}`));
    const group = [at(`top_grouped_${level}`), builder.integers([1])];
    valuesOf.push(builder.apply('ReduceMax', group, at(`top_level_${level}`)));
  }
  const search = (level: number, values: string) => {
    const found = { values: at(`top_values_${level}`), columns: at(`top_found_${level}`) };
    const outputs = [found.values, found.columns];
    builder.node('TopK', [values, `top.count.${level}`], outputs, { axis: -1, sorted: 0 });
    return found;
  };
  let found = search(top, valuesOf[top] as string);
  for (let level = top - 1; level >= 0; level--) {
    builder.apply('Add', [found.columns, `top.members.${level + 1}`], at(`top_members_${level}`));
    const members = builder.apply('Reshape', [at(`top_members_${level}`), row], at(`top_columns_${level}`));
    const values = [valuesOf[level] as string, members];
    builder.apply('GatherElements', values, at(`top_candidates_${level}`), { axis: 2 });
    const best = search(level, at(`top_candidates_${level}`));
    const columns = builder.apply('GatherElements', [members, best.columns], at(`top_${level}`), { axis: 2 });
    found = { values: best.values, columns };
  }
  return found;
}

/** `values` [n_q, 1, count] made to sum to what all sealed rows do, which is what the open ones leave of 1. */
function rescaled({ builder, shape, at }: AttentionContext, values: string, open: string): string {
  builder.apply('Reshape', [open, builder.integers([shape.n_q, 1, -1])], at('P_open_rows'));
  builder.apply('ReduceSum', [at('P_open_rows'), builder.integers([2])], at('P_open_sum'));
  builder.apply('Sub', [builder.scalar(1), at('P_open_sum')], at('P_sealed_sum'));
  builder.apply('ReduceSum', [values, builder.integers([2])], at('top_sum_raw'));
  // Where nobody looks at sealed rows, 0 / 0.
  builder.apply('Max', [at('top_sum_raw'), builder.scalar(1e-30)], at('top_sum'));
  builder.apply('Div', [at('P_sealed_sum'), at('top_sum')], at('top_factor'));
  return builder.apply('Mul', [values, at('top_factor')], at('top_rescaled'));
}

/** Probabilities [n_q, 1, count] times the scales of their rows of V, where it has any. */
function scaled({ builder, form, layer, shape, at }: AttentionContext, values: string, rows: string): string {
  if (form.v !== 'int8') return values;
  const scales = builder.input(cacheNames.sealedVScale(layer), 'float32', ['tiles', shape.n_v, 1, TILE]);
  builder.apply('Reshape', [scales, builder.integers([-1])], at('V_scale_rows'));
  builder.apply('Gather', [at('V_scale_rows'), rows], at('top_V_scale'));
  return builder.apply('Mul', [values, at('top_V_scale')], at('top_scaled'));
}

/** These rows of V as floats, [n_q, count, d_v]. */
function fetched({ builder, form, layer, shape, at }: AttentionContext, rows: string): string {
  const { n_q, n_v, d_v } = shape;
  const type = ({ fp32: 'float32', fp16: 'float16', int8: 'int8' } satisfies Record<string, OnnxType>)[
    form.v
  ];
  const stored = builder.input(cacheNames.sealedV(layer), type, ['tiles', n_v, TILE, d_v]);
  builder.apply('Reshape', [stored, builder.integers([-1, d_v])], at('V_rows'));
  builder.apply('Reshape', [rows, builder.integers([n_q, -1])], at('top_rows_by_head'));
  return asFloat(builder, builder.apply('Gather', [at('V_rows'), at('top_rows_by_head')], at('top_V')), type);
}
