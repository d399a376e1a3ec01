import { expect, test } from './app-fixture';
import { BACK_MS, FaultBench, type Round, seeded, type Victim } from './drivers/faults';

test('killed at random points, no process loses a message that was shown or a line of a log', async ({
  dataFolder,
  home,
}) => {
  const bench = await FaultBench.start(dataFolder, home, seeded(Date.now()));
  const rounds: Round[] = [];
  for (const victim of ['engine', 'logs', 'terminals', 'main'] as const satisfies Victim[]) {
    rounds.push(await bench.round(victim));
  }
  await bench.close();
  expect(rounds).toEqual(
    rounds.map((round) => ({ ...round, lostMessages: 0, lostCharacters: 0, lostLines: 0 })),
  );
  for (const { victim, backMs, toldMs } of rounds) {
    if (victim === 'main') continue;
    expect(backMs, `${victim} is back`).toBeLessThan(BACK_MS);
    expect(toldMs, `${victim} is told of`).toBeLessThan(BACK_MS);
  }
});
