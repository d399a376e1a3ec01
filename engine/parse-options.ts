import { type ParseArgsConfig, parseArgs } from 'node:util';
import { AppError } from './contract/errors';

/**
 * Node's parseArgs, for every program of the engine that takes arguments.
 * @throws AppError 'invalid-input' with one line that names what is wrong and the `help` to see.
 */
export function parseOptions<T extends ParseArgsConfig>(
  config: T,
  help: string,
): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (error) {
    // parseArgs says what is wrong in its first sentence and how to quote in the next.
    const [first] = (error instanceof Error ? error.message : String(error)).split('. ');
    throw new AppError('invalid-input', `${first?.replace(/\.$/, '')}. See ${help}.`);
  }
}
