import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from './app-fixture';
import { BACK_MS, FaultBench, type Round, seeded, type Victim } from './drivers/faults';

/** Hosts are started again at once twice in a row, and then ever later: a new main process begins anew. */
const CYCLE: readonly Victim[] = ['engine', 'logs', 'terminals', 'engine', 'logs', 'terminals', 'main'];
const ROUNDS = Number(process.env.SIGMA_OPS_FAULT_ROUNDS ?? 105);
const RESULTS = resolve(import.meta.dirname, 'results');

test('a hundred kills at random points lose nothing', async ({ dataFolder, home }) => {
  test.setTimeout(5_400_000);
  const seed = Number(process.env.SIGMA_OPS_FAULT_SEED ?? Date.now());
  const loadBefore = loadavg()[0] ?? 0;
  const started = performance.now();
  const bench = await FaultBench.start(dataFolder, home, seeded(seed));
  const rounds: Round[] = [];
  const write = () => {
    const seconds = Math.round((performance.now() - started) / 1000);
    const load = [loadBefore, loadavg()[0] ?? 0].map((value) => Number(value.toFixed(1)));
    mkdirSync(RESULTS, { recursive: true });
    writeFileSync(
      join(RESULTS, 'faults.json'),
      `${JSON.stringify({ seed, seconds, load, rounds }, null, 1)}\n`,
    );
    writeFileSync(join(RESULTS, 'faults.md'), report(rounds, seed, seconds, load));
  };
  for (let number = 0; number < ROUNDS; number++) {
    const round = await bench.round(CYCLE[number % CYCLE.length] as Victim);
    rounds.push(round);
    console.log(number + 1, JSON.stringify(round));
    write();
  }
  await bench.close();
  for (const round of rounds) {
    expect.soft(round).toMatchObject({ lostMessages: 0, lostCharacters: 0, lostLines: 0 });
    if (round.victim === 'main' || loadBefore > cpus().length) continue;
    expect.soft(round.backMs, `${round.victim} is back`).toBeLessThan(BACK_MS);
    expect.soft(round.toldMs, `${round.victim} is told of`).toBeLessThan(BACK_MS);
  }
});

function report(rounds: readonly Round[], seed: number, seconds: number, load: readonly number[]): string {
  const rows = (['engine', 'logs', 'terminals', 'main'] as const).map((victim) => {
    const own = rounds.filter((round) => round.victim === victim);
    const sum = (of: (round: Round) => number) => own.reduce((total, round) => total + of(round), 0);
    const most = (of: (round: Round) => number | null) => Math.max(0, ...own.map((round) => of(round) ?? 0));
    const late = own.filter(({ backMs, toldMs }) => backMs > BACK_MS || (toldMs ?? 0) > BACK_MS).length;
    return [
      victim,
      own.length,
      sum((round) => round.lostMessages),
      sum((round) => round.lostCharacters),
      sum((round) => round.lostLines),
      most((round) => round.backMs),
      victim === 'main' ? '' : most((round) => round.toldMs),
      victim === 'main' ? '' : late,
    ];
  });
  const head = [
    'killed',
    'rounds',
    'messages lost',
    'shown characters lost',
    'log lines lost',
    'longest until back (ms)',
    'longest until told (ms)',
    `later than ${BACK_MS} ms`,
  ];
  return `# Kills at random points

${rounds.length} rounds in ${seconds} s, seed ${seed}, load average ${load[0]} before and ${load[1]} after, ${cpus().length} cores. In each round the
app writes an answer, stores a pasted log and has a shell; SIGKILL comes up to 2.5 s later. \`npm run test:long\` repeats it.

| ${head.join(' | ')} |
|${head.map(() => ' --- |').join('')}
${rows.map((row) => `| ${row.join(' | ')} |`).join('\n')}
`;
}
