import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SuiteSession } from '../../src/runner/suite-session.ts';
import { folder } from '../support/folder.ts';

const script = (path: string): string => join(import.meta.dirname, '../../src', path);

/** A session with a suite that writes down what is done to it. */
async function session(
  comparisons: string,
): Promise<{ session: SuiteSession; log: () => string[]; directory: string }> {
  const directory = folder({ log: '' });
  const file = join(directory, 's.bench.mjs');
  writeFileSync(
    file,
    `
      import { appendFileSync } from 'node:fs';
      import { runProcess } from ${JSON.stringify(script('suite/process.ts'))};
      const log = (word) => appendFileSync(${JSON.stringify(join(directory, 'log'))}, word + ' ');
      const node = () => runProcess(process.execPath, ['-e', '0']);
      export default { about: 'a test', live: true, open: (context) => { log(context.live ? 'live' : 'simulated'); return {
        comparisons: [${comparisons}], close: async () => log('closed') }; } };`,
  );
  return {
    session: new SuiteSession(file),
    log: () => readFileSync(join(directory, 'log'), 'utf8').trim().split(' '),
    directory,
  };
}

const closing = (text: string): string => `async () => ({ ${text}, close: async () => log('left') })`;

test('a suite is described, opened, asked for rounds and closed', async () => {
  const {
    session: suite,
    log,
    directory,
  } = await session(
    closing(`name: 'c', against: 'op', rounds: 3, sides: [
      { name: 'op', operation: async () => {}, takeCounts: () => ({ calls: 7 }) },
      { name: 'whole', whole: async () => ({ seconds: 2, counts: { handshakes: 1 } }) },
      { name: 'gone', missing: 'not here' }]`),
  );
  expect(await suite.describe()).toEqual({ about: 'a test', live: true });
  expect(await suite.open({ live: true, directory })).toBe(1);
  expect(await suite.openComparison(0)).toEqual({
    name: 'c',
    against: 'op',
    rounds: 3,
    launches: 5,
    sides: [
      { name: 'op', kind: 'operation', reason: null },
      { name: 'whole', kind: 'whole', reason: null },
      { name: 'gone', kind: 'missing', reason: 'not here' },
    ],
  });
  expect(await suite.warmUp(0, 1)).toEqual({ startsProcesses: false });
  const round = await suite.round(0);
  expect(round.iterations).toBeGreaterThan(0);
  expect(round.counts).toEqual({ calls: 7 });
  expect(round.samples.length).toBeLessThanOrEqual(200);
  expect(round.samples).toEqual(round.samples.toSorted((a, b) => a - b));
  expect(round.median).toBeGreaterThanOrEqual(round.min);
  expect(round.max).toBeGreaterThanOrEqual(round.median);
  expect(await suite.round(1)).toEqual({
    iterations: 1,
    median: 2,
    mean: 2,
    variance: 0,
    min: 2,
    max: 2,
    samples: [2],
    counts: { handshakes: 1 },
  });
  await suite.closeComparison();
  await suite.closeComparison();
  await suite.close();
  await suite.close();
  expect(log()).toEqual(['live', 'left', 'closed']);
});

test('closing the suite closes the comparison that is open, also one that is not what it should be', async () => {
  const { session: suite, log, directory } = await session(closing(`name: 'Wrong Name', sides: []`));
  await suite.describe();
  await suite.open({ live: false, directory });
  await expect(suite.openComparison(0)).rejects.toThrow(/is not one word/);
  await suite.close();
  expect(log()).toEqual(['simulated', 'left', 'closed']);
});

test('a side that starts processes can be probed and profiled', async () => {
  const { session: suite, directory } = await session(
    closing(
      `name: 'c', sides: [{ name: 'node', whole: node }, { name: 'own', whole: async () => ({ seconds: 1, peakMemoryMb: 5, cpuSeconds: 0.5 }) }]`,
    ),
  );
  await suite.describe();
  await suite.open({ live: false, directory });
  await suite.openComparison(0);
  expect(await suite.warmUp(0, 5)).toEqual({ startsProcesses: true });
  expect(await suite.warmUp(1, 5)).toEqual({ startsProcesses: false });
  const { peakMemoryMb, cpuShare } = await suite.probe(0);
  expect(peakMemoryMb).toBeGreaterThan(1);
  expect(cpuShare).toBeGreaterThan(0);
  expect(await suite.probe(1)).toEqual({ peakMemoryMb: 5, cpuShare: 0.5 });
  await suite.profile(0, directory, 's.c.node', true, true);
  expect(readdirSync(directory)).toEqual(expect.arrayContaining(['s.c.node.cpuprofile', 's.c.node.heapprofile']));
  await suite.close();
});
