import { WILDCARD } from '../templates/tokens';
import { scaleOf, unitBehind, unitOfName } from './value-units';

/** A masked place of a template that holds a quantity: a number that can be large or small, and not a name. */
export interface Quantity {
  /** Which masked place, from 0. */
  readonly place: number;
  /** Unit that values are given in, after scaling: 'ms', 'B', '%', or none. */
  readonly unit: string;
  /** What a number without a unit of its own is multiplied by. */
  readonly scale: number;
}

/** Longest template whose values are read; a longer one may have been cut. */
const TEMPLATE_LIMIT = 1000;

/** Finds the masked values of a line by the words of its template. */
export class TemplateValues {
  /** What stands before each masked place, and behind the last one. */
  private readonly words: readonly string[];
  readonly quantities: readonly Quantity[];

  constructor(template: string) {
    this.words = template.length < TEMPLATE_LIMIT ? template.split(WILDCARD) : [template];
    this.quantities = this.words.slice(0, -1).flatMap((before, place) => {
      const quantity = quantityBetween(before, this.words[place + 1] ?? '');
      return quantity ? [{ place, ...quantity }] : [];
    });
  }

  /**
   * The text at each masked place; null where the line is not of this template. The header in front of the
   * message is skipped. Words are looked for from the end of the line, each as late as it can be: linear time,
   * whatever the text.
   */
  read(line: string): string[] | null {
    const text = line.replace(/\s+/g, ' ').trim();
    const values: string[] = [];
    const last = this.words.at(-1) ?? '';
    if (!text.endsWith(last)) return null;
    let end = text.length - last.length;
    for (let at = this.words.length - 2; at >= 0; at--) {
      const word = this.words[at] ?? '';
      // At least one character is masked; the first word may be none, and then the value is the last word before.
      const start =
        word === '' && at === 0
          ? text.lastIndexOf(' ', end - 2)
          : text.lastIndexOf(word, end - 1 - word.length);
      if (start < 0 && !(word === '' && at === 0)) return null;
      const from = word === '' && at === 0 ? start + 1 : start + word.length;
      if (from >= end) return null;
      values.unshift(text.slice(from, end));
      end = start;
    }
    return values;
  }
}

/** A value in the quantity's unit: `1.5s` of a place in ms is 1500. NaN where it is no number. */
export function quantityValue(text: string, { unit, scale }: Quantity): number {
  let sum = 0;
  let rest = text;
  let parts = 0;
  for (; rest !== ''; parts++) {
    const found = /^([-+]?\d[\d,]*(?:\.\d+)?(?:e[-+]?\d+)?)\s?(%|[A-Za-zµμ]*)/.exec(rest);
    if (!found) return Number.NaN;
    const [whole, digits = '', own = ''] = found;
    const number = Number(digits.replaceAll(',', ''));
    if (own === '') {
      if (parts > 0 || whole.length < rest.length) return Number.NaN;
      return number * scale;
    }
    const known = scaleOf(own);
    if (!known || (unit !== '' && known.unit !== unit)) return Number.NaN;
    sum += number * known.scale;
    rest = rest.slice(whole.length);
  }
  return parts > 0 ? sum : Number.NaN;
}

function quantityBetween(before: string, behind: string): Omit<Quantity, 'place'> | null {
  return unitBehind(behind) ?? unitOfName(before);
}
