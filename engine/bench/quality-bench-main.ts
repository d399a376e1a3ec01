import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toErrorData } from '../contract/errors';
import { parseOptions } from '../parse-options';
import { benchQuality, type QualitySetting } from './quality/quality-bench';
import { isWithinLimit, qualityTable } from './quality/quality-report';

const USAGE = `npm run bench -- quality: what the fast forms of the shipped model cost in perplexity

  --json              print one JSON object and nothing else

Writes engine/bench/results/quality.json and quality.md. Status 1 if what is shipped loses more than it may.`;

const say = (message: string) => process.stderr.write(`${message}\n`);

/** Runs the suite; resolves to the exit status. */
export async function runQualityBench(args: readonly string[], setting: QualitySetting): Promise<number> {
  try {
    const options = { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const;
    const { values } = parseOptions({ args: [...args], options }, 'npm run bench -- quality --help');
    if (values.help) {
      process.stdout.write(`${USAGE}\n`);
      return 0;
    }
    const report = await benchQuality(setting, say);
    const folder = join(setting.root, 'engine/bench/results');
    mkdirSync(folder, { recursive: true });
    const json = JSON.stringify(report, null, 2);
    writeFileSync(join(folder, 'quality.json'), `${json}\n`);
    writeFileSync(join(folder, 'quality.md'), qualityTable(report));
    process.stdout.write(values.json ? `${json}\n` : qualityTable(report));
    return isWithinLimit(report) ? 0 : 1;
  } catch (thrown) {
    const error = toErrorData(thrown);
    say(`bench: ${error.message}`);
    if (error.kind === 'internal' && error.detail) say(error.detail);
    return error.kind === 'invalid-input' ? 2 : 1;
  }
}
