import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadExamples } from '../../knowledge/examples';
import { keptRows, VECTORS_FILE, vectorRow } from '../../knowledge/request-meaning';
import { loadSentenceEncoder } from '../../runtime/encoder/sentence-encoder';

/**
 * Writes the vectors of all examples' requests beside the encoder. Those of requests that were there before are kept, so
 * that a few new examples are a matter of seconds. Resolves to how many were made.
 */
export async function writeExampleVectors(encoderFolder: string): Promise<number> {
  const file = join(encoderFolder, VECTORS_FILE);
  const before = keptRows(existsSync(file) ? readFileSync(file) : new Uint8Array());
  const encoder = await loadSentenceEncoder(encoderFolder);
  let made = 0;
  const rows: Uint8Array[] = [];
  for (const { request } of loadExamples()) {
    const kept = before(request);
    if (!kept) made++;
    rows.push(kept ?? vectorRow(request, await encoder.encode(request)));
  }
  writeFileSync(file, Buffer.concat(rows));
  await encoder.dispose();
  return made;
}
