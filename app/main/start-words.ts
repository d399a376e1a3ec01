import { resolve } from 'node:path';
import type { WindowRequest } from '../../engine/contract/window-link';

export interface StartWords {
  readonly request: WindowRequest;
  /** No model, no shell integration, default settings, nothing restored. */
  readonly safeMode: boolean;
}

/**
 * What the words after the program's name ask for, as a file manager or the command line gives them. Words with a
 * leading dash are Chromium's or ours; the first other word of an unpackaged Electron is the app's folder.
 */
export function readStartWords(
  argv: readonly string[],
  { cwd, packaged }: { readonly cwd: string; readonly packaged: boolean },
): StartWords {
  const end = argv.indexOf('--', 1);
  const before = argv.slice(1, end < 0 ? undefined : end);
  const words = before.filter((word) => word !== '' && !word.startsWith('-'));
  const files = packaged ? words : words.slice(1);
  if (end >= 0) files.push(...argv.slice(end + 1));
  return {
    request: { files: files.map((file) => resolve(cwd, file)), follow: before.includes('--follow') },
    safeMode: before.includes('--safe-mode'),
  };
}
