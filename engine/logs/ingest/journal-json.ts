import type { Bytes, Warn } from './log-source';
import { peek } from './peek';

const HEAD_BYTES = 4096;
/** Longest line that is looked into; a longer one is handed on as it is. */
const LINE_MAX = 1024 * 1024;
/** A message that is not UTF-8 or has control characters, such as colours: journald writes its bytes as numbers. */
const BYTES_FIELD = /"MESSAGE"\s*:\s*\[([\d,\s]*)\]/g;
const MAY_HAVE_BYTES = /"MESSAGE"\s*:\s*\[/;
const LF = 0x0a;

/**
 * Writes messages of `journalctl -o json` that stand there as numbers of their bytes as text, since nobody can read
 * or search those. Everything else of the lines stays as it is, and so does any other log.
 */
export async function readableMessages(bytes: Bytes, warn: Warn): Promise<Bytes> {
  const { head, all } = await peek(bytes, HEAD_BYTES);
  const text = Buffer.from(head.subarray(0, HEAD_BYTES)).toString('latin1');
  return /^\s*\{/.test(text) && text.includes('"__REALTIME_TIMESTAMP"') ? rewritten(all, warn) : all;
}

async function* rewritten(bytes: Bytes, warn: Warn): Bytes {
  let tail: Uint8Array = new Uint8Array(0);
  let said = false;
  const readable = (lines: Uint8Array): Uint8Array => {
    const text = Buffer.from(lines.buffer, lines.byteOffset, lines.length).toString('latin1');
    if (!MAY_HAVE_BYTES.test(text)) return lines;
    if (!said) warn('Messages that journald wrote as numbers of bytes are shown as text.');
    said = true;
    return Buffer.from(text.replace(BYTES_FIELD, messageOf), 'latin1');
  };
  for await (const piece of bytes) {
    const end = piece.lastIndexOf(LF) + 1;
    if (end === 0 && tail.length + piece.length <= LINE_MAX) {
      tail = Buffer.concat([tail, piece]);
      continue;
    }
    const whole = end === 0 ? piece : piece.subarray(0, end);
    yield readable(tail.length === 0 ? whole : Buffer.concat([tail, whole]));
    // A copy, as the rest of a piece would keep all of it in memory.
    tail = end === 0 ? new Uint8Array(0) : piece.slice(end);
  }
  if (tail.length > 0) yield readable(tail);
}

/** The field with the message as a JSON string, its UTF-8 written in Latin-1 like the text around it. */
function messageOf(_: string, numbers: string): string {
  const message = Buffer.from((numbers.match(/\d+/g) ?? []).map(Number));
  return `"MESSAGE":${Buffer.from(JSON.stringify(message.toString('utf8'))).toString('latin1')}`;
}
