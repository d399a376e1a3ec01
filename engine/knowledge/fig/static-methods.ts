import { asList, isObject, PARTIAL, StaticFunction, UNKNOWN, type Value } from './static-types';

/** Follows a function of the program; given, because it evaluates and evaluating calls methods. */
type Call = (callee: Value, values: readonly Value[]) => Value;

/** Methods without effects that specs use to build their lists. All others are unknown. */
export function callMethod(
  object: Value | 'Object',
  method: string,
  values: readonly Value[],
  call: Call,
): Value {
  if (object === 'Object') return ofObject(method, values);
  if (Array.isArray(object)) return ofArray(object, method, values, call);
  if (typeof object === 'string') return ofString(object, method, values);
  return UNKNOWN;
}

function ofObject(method: string, values: readonly Value[]): Value {
  const [first] = values;
  if (method === 'assign' && values.every(isObject)) return Object.assign({}, ...values);
  if (!isObject(first) || first[PARTIAL]) return UNKNOWN;
  if (method === 'keys') return Object.keys(first);
  if (method === 'values') return Object.values(first);
  if (method === 'entries') return Object.entries(first);
  return method === 'freeze' ? first : UNKNOWN;
}

const isIndex = (value: Value): value is number | undefined =>
  value === undefined || typeof value === 'number';

const flatten = (list: readonly Value[]): Value[] => list.flatMap((one) => asList(one));

function ofArray(list: readonly Value[], method: string, values: readonly Value[], call: Call): Value {
  const [first, second] = values;
  const each = (one: Value, at: number) => (one === UNKNOWN ? UNKNOWN : call(first, [one, at]));
  switch (method) {
    case 'map':
      return first instanceof StaticFunction ? list.map(each) : UNKNOWN;
    case 'flatMap':
      return first instanceof StaticFunction ? flatten(list.map(each)) : UNKNOWN;
    case 'flat':
      return flatten(list);
    case 'filter': {
      const kept: Value[] = [];
      list.forEach((one, at) => {
        const keep = each(one, at);
        if (keep === UNKNOWN) kept.push(UNKNOWN);
        else if (keep) kept.push(one);
      });
      return kept;
    }
    case 'concat':
      return [...list, ...flatten(values)];
    case 'slice':
      return isIndex(first) && isIndex(second) ? list.slice(first, second) : UNKNOWN;
    case 'join':
      return list.every((one) => typeof one === 'string') ? list.join(String(first ?? ',')) : UNKNOWN;
    case 'includes':
      return list.includes(UNKNOWN) || first === UNKNOWN ? UNKNOWN : list.includes(first);
    default:
      return UNKNOWN;
  }
}

function ofString(text: string, method: string, values: readonly Value[]): Value {
  const [first, second] = values;
  if (method === 'toLowerCase') return text.toLowerCase();
  if (method === 'toUpperCase') return text.toUpperCase();
  if (method === 'trim') return text.trim();
  if (typeof first === 'string') {
    if (method === 'split') return text.split(first);
    if (method === 'startsWith') return text.startsWith(first);
    if (method === 'endsWith') return text.endsWith(first);
    if (method === 'includes') return text.includes(first);
    if (method === 'concat') return text + first;
    if (method === 'replace' && typeof second === 'string') return text.replace(first, () => second);
  }
  return method === 'slice' && isIndex(first) && isIndex(second) ? text.slice(first, second) : UNKNOWN;
}
