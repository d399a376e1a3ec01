import type { Bytes } from './log-source';
import { peek } from './peek';

/** Name of the form, for people. */
export const JOURNAL_EXPORT = 'systemd journal (export)';

/** Longest value of a field that is kept, in bytes; the rest is passed over. */
const VALUE_MAX = 1024 * 1024;
/** Longest name of a field. What is longer is no export. */
const NAME_MAX = 256;
const HEAD_BYTES = 64;

/** What a line is made of; all other fields are passed over. */
const FIELDS = new Set([
  '__REALTIME_TIMESTAMP',
  '_HOSTNAME',
  'SYSLOG_IDENTIFIER',
  '_COMM',
  '_SYSTEMD_UNIT',
  'SYSLOG_PID',
  '_PID',
  'PRIORITY',
  'MESSAGE',
]);

/**
 * Decodes `journalctl -o export` to text, a line for each entry: `<priority>time host name[pid]: message`, the
 * message's further lines indented below it. That form has binary fields and is no text itself; anything else
 * is handed on as it is.
 */
export async function decodeJournal(bytes: Bytes): Promise<{ bytes: Bytes; isJournal: boolean }> {
  const { head, all } = await peek(bytes, HEAD_BYTES);
  const isJournal = /^__(?:CURSOR|REALTIME_TIMESTAMP)=/.test(Buffer.from(head).toString('latin1'));
  return { bytes: isJournal ? entryLines(all) : all, isJournal };
}

async function* entryLines(bytes: Bytes): Bytes {
  const parser = new JournalParser();
  for await (const piece of bytes) {
    const text = parser.push(piece);
    if (text.length > 0) yield text;
  }
  const text = parser.end();
  if (text.length > 0) yield text;
}

/** Reads entries of `KEY=value` lines and `KEY`, 8 bytes of length, value; an empty line ends an entry. */
class JournalParser {
  private held: Buffer = Buffer.alloc(0);
  private readonly fields = new Map<string, Buffer>();
  /** Bytes of a long value, and the LF behind it, that are still to be passed over. */
  private skip = 0;
  private out: Buffer[] = [];

  push(piece: Uint8Array): Buffer {
    this.held = Buffer.concat([this.held, piece]);
    let at = 0;
    for (let next = this.step(at); next >= 0; next = this.step(at)) at = next;
    this.held = this.held.subarray(at);
    return this.take();
  }

  end(): Buffer {
    if (this.held.length > 0 && this.skip === 0) this.readTextField(this.held);
    this.endEntry();
    return this.take();
  }

  /** Reads one field or passes bytes over; returns where it got to, or -1 where more bytes are needed. */
  private step(at: number): number {
    const { held } = this;
    if (at >= held.length) return -1;
    if (this.skip > 0) {
      const passed = Math.min(this.skip, held.length - at);
      this.skip -= passed;
      return at + passed;
    }
    const lineEnd = held.indexOf(LF, at);
    if (lineEnd < 0) {
      // A text field of more than is kept: its end is looked for from here on.
      if (held.length - at <= VALUE_MAX + NAME_MAX) return -1;
      this.readTextField(held.subarray(at));
      return held.length;
    }
    const line = held.subarray(at, lineEnd);
    if (line.length === 0) {
      this.endEntry();
      return lineEnd + 1;
    }
    if (line.includes(EQUALS)) {
      this.readTextField(line);
      return lineEnd + 1;
    }
    const valueStart = lineEnd + 9;
    if (held.length < valueStart) return -1;
    const length = Number(held.readBigUInt64LE(lineEnd + 1));
    const kept = Math.min(length, VALUE_MAX);
    const wanted = FIELDS.has(line.toString('latin1'));
    if (wanted && held.length < valueStart + kept) return -1;
    if (wanted) this.keep(line.toString('latin1'), held.subarray(valueStart, valueStart + kept));
    const end = Math.min(valueStart + length + 1, held.length);
    this.skip = valueStart + length + 1 - end;
    return end;
  }

  private readTextField(line: Buffer): void {
    const equals = line.indexOf(EQUALS);
    const name = line.toString('latin1', 0, Math.min(equals, NAME_MAX));
    if (equals > 0 && FIELDS.has(name)) this.keep(name, line.subarray(equals + 1, equals + 1 + VALUE_MAX));
  }

  private keep(name: string, value: Buffer): void {
    // A field may be there several times; the first is the one that journalctl shows. A copy: `held` moves on.
    if (!this.fields.has(name)) this.fields.set(name, Buffer.from(value));
  }

  private endEntry(): void {
    const { fields } = this;
    if (fields.size === 0) return;
    const text = (name: string) => fields.get(name)?.toString('utf8') ?? '';
    const microseconds = Number(text('__REALTIME_TIMESTAMP'));
    const ms = Math.floor(microseconds / 1000);
    const time = Number.isFinite(ms) && ms > 0 && ms < MAX_MS ? new Date(ms).toISOString().slice(0, -1) : '';
    const fraction = String(microseconds % 1000).padStart(3, '0');
    const unit = text('SYSLOG_IDENTIFIER') || text('_COMM') || text('_SYSTEMD_UNIT') || 'unknown';
    const pid = text('SYSLOG_PID') || text('_PID');
    const priority = /^[0-7]$/.test(text('PRIORITY')) ? `<${text('PRIORITY')}>` : '';
    const header = [`${priority}${time === '' ? '' : `${time}${fraction}Z`}`, text('_HOSTNAME')]
      .filter((part) => part !== '')
      .join(' ');
    this.out.push(
      Buffer.from(`${header} ${unit}${pid === '' ? '' : `[${pid}]`}: `),
      indented(fields.get('MESSAGE') ?? Buffer.alloc(0)),
      LINE_END,
    );
    fields.clear();
  }

  private take(): Buffer {
    const text = Buffer.concat(this.out);
    this.out = [];
    return text;
  }
}

/** A message's bytes, which need not be UTF-8, with the lines behind the first one indented. */
function indented(message: Buffer): Buffer {
  let text = message;
  while (text.at(-1) === LF) text = text.subarray(0, -1);
  if (!text.includes(LF)) return text;
  return Buffer.from(text.toString('latin1').replaceAll('\n', '\n    '), 'latin1');
}

const LF = 0x0a;
const EQUALS = 0x3d;
const LINE_END = Buffer.from('\n');
/** Last moment that a Date can hold. */
const MAX_MS = 8.64e15;
