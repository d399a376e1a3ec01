import { toErrorData } from '../contract/errors';

/** Runs a suite; its failure becomes lines on stderr and an exit status: 2 for what was asked wrongly, else 1. */
export async function exitStatus(run: () => Promise<number>): Promise<number> {
  try {
    return await run();
  } catch (thrown) {
    const error = toErrorData(thrown);
    process.stderr.write(`eval: ${error.message}\n`);
    if (error.kind === 'internal' && error.detail) process.stderr.write(`${error.detail}\n`);
    return error.kind === 'invalid-input' ? 2 : 1;
  }
}
