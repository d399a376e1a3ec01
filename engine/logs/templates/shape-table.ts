import type { Severity } from '../../contract/logs';
import { KnownTemplates } from './known-templates';
import { TemplateMiner } from './miner';
import { WILDCARD } from './tokens';

/** What a skeleton says: how bad it is and its message with variables masked. */
export interface Shape {
  readonly severity: Severity;
  readonly masked: string;
}

/** A line as the scanner leaves it: two hashes of its skeleton, and the text on demand. */
export interface ScannedLine {
  readonly hash1: number;
  readonly hash2: number;
  text(): string;
}

/**
 * Distinct messages that are kept before templates are made of them; those that come later are looked up in these
 * templates, so that a log of a million user names needs no memory for each. What no template covers is kept again.
 */
const ROUND = 20_000;
const ROUNDS = 4;

const SLOTS_AT_START = 1 << 12;
const SLOTS_AT_MOST = 1 << 21;

/**
 * Gives every line the id of its shape. Skeletons are looked up by a 64-bit hash, so a line of a known
 * skeleton costs no string; `describe` (slow) runs for the others. Counts lines by shape.
 */
export class ShapeTable {
  readonly shapes: Shape[] = [];
  counts = new Uint32Array(1024);
  firstLines = new Uint32Array(1024);
  lastLines = new Uint32Array(1024);

  private readonly byMasked = new Map<string, number>();
  private readonly known = new KnownTemplates();
  /** Messages that no template was made of yet. */
  private readonly kept: string[] = [];
  private roundsLeft = ROUNDS;
  private slots = SLOTS_AT_START;
  private filled = 0;
  private keys1 = new Int32Array(this.slots);
  private keys2 = new Int32Array(this.slots);
  /** Shape id + 1; 0 is an empty slot. */
  private values = new Uint32Array(this.slots);

  constructor(private readonly describe: (skeleton: string) => Shape) {}

  /** Shape id of line `number` (from 1); lines come in order. */
  add(line: ScannedLine, number: number): number {
    let slot = line.hash1 & (this.slots - 1);
    let id = -1;
    for (let value = this.values[slot]; value; value = this.values[slot]) {
      if (this.keys1[slot] === line.hash1 && this.keys2[slot] === line.hash2) {
        id = value - 1;
        break;
      }
      slot = (slot + 1) & (this.slots - 1);
    }
    if (id < 0) {
      id = this.shapeOf(this.describe(line.text()));
      this.remember(line, slot, id);
    }
    if (this.counts[id] === 0) this.firstLines[id] = number;
    this.counts[id] = (this.counts[id] ?? 0) + 1;
    this.lastLines[id] = number;
    return id;
  }

  private shapeOf({ severity, masked }: Shape): number {
    const id = this.byMasked.get(`${severity} ${masked}`);
    if (id !== undefined) return id;
    if (this.roundsLeft > 0 && this.kept.length >= ROUND) this.makeTemplates();
    const text = this.known.find(masked) ?? (this.roundsLeft > 0 ? masked : WILDCARD);
    if (text === masked) this.kept.push(masked);
    return this.byMasked.get(`${severity} ${text}`) ?? this.newShape({ severity, masked: text });
  }

  private makeTemplates(): void {
    const miner = new TemplateMiner();
    for (const masked of new Set(this.kept.splice(0).sort())) miner.add(masked);
    this.known.add(miner);
    this.roundsLeft--;
  }

  private newShape(shape: Shape): number {
    const id = this.shapes.push(shape) - 1;
    this.byMasked.set(`${shape.severity} ${shape.masked}`, id);
    if (id >= this.counts.length) {
      this.counts = grown(this.counts);
      this.firstLines = grown(this.firstLines);
      this.lastLines = grown(this.lastLines);
    }
    return id;
  }

  private remember(line: ScannedLine, slot: number, id: number): void {
    this.keys1[slot] = line.hash1;
    this.keys2[slot] = line.hash2;
    this.values[slot] = id + 1;
    this.filled++;
    if (this.filled * 2 < this.slots) return;
    if (this.slots >= SLOTS_AT_MOST) {
      // It is a cache: forgetting skeletons costs time, never a count.
      this.values.fill(0);
      this.filled = 0;
      return;
    }
    const { keys1, keys2, values } = this;
    this.slots *= 2;
    this.keys1 = new Int32Array(this.slots);
    this.keys2 = new Int32Array(this.slots);
    this.values = new Uint32Array(this.slots);
    for (let from = 0; from < values.length; from++) {
      if (values[from] === 0) continue;
      let to = (keys1[from] ?? 0) & (this.slots - 1);
      while (this.values[to] !== 0) to = (to + 1) & (this.slots - 1);
      this.keys1[to] = keys1[from] ?? 0;
      this.keys2[to] = keys2[from] ?? 0;
      this.values[to] = values[from] ?? 0;
    }
  }
}

function grown(array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2);
  larger.set(array);
  return larger;
}
