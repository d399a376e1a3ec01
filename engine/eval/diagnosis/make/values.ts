/** Values that scenarios write as `${…}`; the same seed gives the same ones. */

/** A stream of numbers in [0, 1) (mulberry32). */
export function seededNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A seed made of a text (FNV-1a). */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}

const USERS = ['deploy', 'mara', 'jonas', 'backup', 'ci', 'svc-report', 'tkoch', 'anna.b', 'ops', 'lwang'];
const SERVICES = [
  'orders',
  'billing',
  'catalog',
  'ingest',
  'notify',
  'search',
  'checkout',
  'ledger',
  'profile',
];
const PATHS = [
  '/api/orders',
  '/api/cart/items',
  '/login',
  '/static/app.js',
  '/api/v2/search?q=lamp',
  '/',
  '/health',
];
const WORDS = [
  'amber',
  'delta',
  'falcon',
  'harbor',
  'juniper',
  'lotus',
  'nimbus',
  'onyx',
  'pine',
  'quartz',
  'tundra',
];

/** Fills placeholders. `${name=KIND}` keeps the value for later `${name}`s; `${a|b}` is one of them. */
export class Values {
  private readonly kept = new Map<string, string>();
  private readonly counters = new Map<string, number>();

  constructor(readonly random: () => number) {}

  fill(text: string): string {
    return text.replace(/\$\{([^{}]+)\}/g, (_, inside: string) => {
      const [, name, kind] = /^([a-zA-Z]\w*)=(.+)$/.exec(inside) ?? [];
      if (name !== undefined && kind !== undefined) {
        const known = this.kept.get(name) ?? this.make(kind);
        this.kept.set(name, known);
        return known;
      }
      return this.kept.get(inside) ?? this.make(inside);
    });
  }

  keep(name: string, value: string): void {
    this.kept.set(name, value);
  }

  int(low: number, high: number): number {
    return low + Math.floor(this.random() * (high - low + 1));
  }

  pick<T>(list: readonly T[]): T {
    const one = list[Math.floor(this.random() * list.length)];
    if (one === undefined) throw new Error('Nothing to pick from');
    return one;
  }

  private make(kind: string): string {
    if (kind.includes('|')) return this.fill(this.pick(kind.split('|')));
    const [word = '', first, second] = kind.split(' ');
    const [low, high] = [Number(first), Number(second)];
    switch (word) {
      case 'int':
        return String(this.int(low, high));
      case 'float':
        return (low + this.random() * (high - low)).toFixed(low === Math.trunc(low) && high > 50 ? 1 : 3);
      case 'hex':
        return Array.from({ length: low }, () => this.int(0, 15).toString(16)).join('');
      case 'HEX':
        return this.make(`hex ${low}`).toUpperCase();
      case 'up': {
        // Counts up by a step: `${up step 10}`; another name counts by itself.
        const next = (this.counters.get(first ?? '') ?? this.int(1, 40) * (high || 1)) + (high || 1);
        this.counters.set(first ?? '', next);
        return String(next);
      }
      case 'ip':
        return `10.${this.int(0, 60)}.${this.int(0, 9)}.${this.int(2, 250)}`;
      case 'pubip':
        return this.pick(['203.0.113.', '198.51.100.', '192.0.2.']) + this.int(2, 250);
      case 'port':
        return String(this.int(32768, 60999));
      case 'pid':
        return String(this.int(400, 32000));
      case 'uuid':
        return [8, 4, 4, 4, 12].map((length) => this.make(`hex ${length}`)).join('-');
      case 'user':
        return this.pick(USERS);
      case 'service':
        return this.pick(SERVICES);
      case 'path':
        return this.pick(PATHS);
      case 'word':
        return this.pick(WORDS);
      default:
        throw new Error(`There is no value '${kind}'`);
    }
  }
}
