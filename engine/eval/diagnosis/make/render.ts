import type { DiagnosisItem, LineRange } from '../item';
import { FORMATS, momentWords } from './formats';
import type { Backgrounds, Role, Scenario, Written } from './scenario';
import { seededNumbers, seedOf, Values } from './values';

const HOSTS = [
  'web-03',
  'app1',
  'node-17',
  'db02',
  'gw-east',
  'srv-kilo',
  'prod-7',
  'edge2',
  'hv-11',
  'k8s-w5',
];
/** Some day between these. */
const FROM = Date.UTC(2023, 1, 1);
const UNTIL = Date.UTC(2025, 9, 1);

/** How much longer than written the stretches of background are; most logs stay short. */
const STRETCHES = [1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 4];

/** Makes the log of a scenario, and the item that says what is true of it. */
export function render(scenario: Scenario, backgrounds: Backgrounds): { log: string; item: DiagnosisItem } {
  const values = new Values(seededNumbers(seedOf(scenario.id)));
  const background = backgrounds.get(scenario.background);
  const write = FORMATS[scenario.format];
  if (!background || !write) throw new Error(`${scenario.id}: no background '${scenario.background}'`);
  const host = values.pick(HOSTS);
  const stretch = values.pick(STRETCHES);
  values.keep('host', host);
  let at = FROM + Math.floor(values.random() * (UNTIL - FROM));
  const lines: string[] = [];
  const numbers: Record<Role, number[]> = { cause: [], effect: [], herring: [], ordinary: [] };

  const add = ({ kind, role, level, from, text }: Written) => {
    if (kind === 'line') at += Math.ceil(-Math.log(1 - values.random()) * scenario.pace);
    for (const [name, word] of Object.entries(momentWords(at))) values.keep(name, word);
    const filled = values.fill(text);
    const [, message = filled, fields] = /^(.*?) \|\| (\{.*\})$/.exec(filled) ?? [];
    lines.push(
      kind === 'raw'
        ? message
        : write({
            at,
            level,
            from: values.fill(from),
            text: message,
            host,
            fields: fields ? JSON.parse(fields) : {},
          }),
    );
    numbers[role].push(lines.length);
  };
  const fill = (count: number) => {
    for (let done = 0; done < count; done++) add(values.pick(background));
  };
  for (const step of scenario.steps) {
    if (step.kind === 'background') fill(step.lines * stretch);
    else {
      for (let time = 0; time < step.times; time++) {
        add(step);
        step.tail.forEach(add);
        fill(step.between);
      }
    }
  }
  const cause = {
    signatures: [...scenario.signatures],
    keywords: scenario.keywords.map((group) => [...group]),
  };
  const item: DiagnosisItem = {
    id: scenario.id,
    origin: 'generated',
    format: scenario.format,
    truth: scenario.truth,
    cause: numbers.cause.length === 0 ? null : { ...cause, lines: ranges(numbers.cause) },
    effects: ranges(numbers.effect),
    herrings: ranges(numbers.herring),
  };
  return { log: `${lines.join('\n')}\n`, item };
}

/** Ascending numbers as ranges. */
export function ranges(numbers: readonly number[]): LineRange[] {
  const found: LineRange[] = [];
  for (const number of numbers) {
    const last = found.at(-1);
    if (last && number === last[1] + 1) last[1] = number;
    else found.push([number, number]);
  }
  return found;
}
