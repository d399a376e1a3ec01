import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { dirname, join } from 'node:path';

/** Gathers what each fuzz target wrote into `folder` into one Markdown file. A target without a row failed. */
export function writeFuzzReport(folder, file) {
  const results = readdirSync(folder)
    .sort()
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
  const total = results.reduce((sum, { cases }) => sum + cases, 0);
  const seconds = results.reduce((sum, each) => sum + each.seconds, 0);
  const rows = results.map(
    (each) => `| ${each.target} | ${each.cases.toLocaleString('en')} | ${each.seconds} |`,
  );
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(
    file,
    `# Fuzzing

${total.toLocaleString('en')} cases in ${Math.round(seconds)} s of targets, ${cpus().length} cores, load average ${loadavg()[0].toFixed(1)} at the end; every target that has
a row passed all of its cases. \`npm run test:fuzz\` repeats it; \`npm test\` runs a hundredth of each.

| target | cases | seconds |
| --- | --- | --- |
${rows.join('\n')}
`,
  );
}
