import { parentPort, workerData } from 'node:worker_threads';
import type { TimeHints } from '../time/forms';
import { ChunkScanner } from './chunk-scanner';

/** A thread that scans chunks, in the order that they come; each is answered by a `ScannedChunk`. */
const scanner = new ChunkScanner(workerData as TimeHints);
const port = parentPort;
if (!port) throw new Error('This program runs as a thread of the log process.');

port.on('message', (chunk: Uint8Array<ArrayBuffer>) => {
  const scanned = scanner.scan(chunk);
  const { bytes, shapes, times, roles, blocks } = scanned;
  port.postMessage(scanned, [bytes.buffer, shapes.buffer, times.buffer, roles.buffer, blocks.buffer]);
});
