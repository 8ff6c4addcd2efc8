import { describe, expect, it } from 'vitest';
import { command, oneRun, resultsFolder, start, startWith } from '../support/decide.ts';

type Overrides = Parameters<typeof oneRun>[2];

async function gate(base: typeof start, now: typeof start, overrides: Overrides = {}, ...flags: string[]) {
  const run = oneRun(base, now, overrides);
  const folder = resultsFolder({ 'base.json': run.base, 'new.json': run.now });
  const { exitCode, stdout, stderr } = await command(folder, ['gate', 'base.json', 'new.json', ...flags]);
  return { exitCode, lines: stdout.trimEnd().split('\n'), stderr };
}

describe('azfleet-bench gate BASE NEW', () => {
  it('is open for a build and itself', async () => {
    expect(await gate(start, start)).toEqual({
      exitCode: 0,
      lines: ['✓ the gate is open: 2 benchmarks compared'],
      stderr: '',
    });
  });

  it('is open for what became better', async () => {
    expect(await gate(startWith({ calls: 4 }), startWith({ seconds: 0.02, calls: 3 }))).toMatchObject({ exitCode: 0 });
  });

  it('is closed for a slow-down, with a line that says how much', async () => {
    const { exitCode, lines } = await gate(start, startWith({ seconds: 0.055 }));
    expect(exitCode).toBe(1);
    expect(lines).toEqual([
      expect.stringMatching(
        /^✗ start-up\/list\/azfleet: slower by 2\d\.\d %, interval 1\.\d\d – 1\.\d\d, threshold 5 %$/,
      ),
      'the gate is closed: 1 reason, 2 benchmarks compared',
    ]);
  });

  it('lets a slow-down within the threshold through', async () => {
    expect(await gate(start, startWith({ seconds: 0.055 }), {}, '--threshold', '30%')).toMatchObject({ exitCode: 0 });
  });

  it('is closed for one call more', async () => {
    expect(await gate(start, startWith({ calls: 1 }))).toMatchObject({
      exitCode: 1,
      lines: ['✗ start-up/list/azfleet: calls 0 → 1', expect.any(String)],
    });
  });

  it('is closed for one cache miss more', async () => {
    const { exitCode, lines } = await gate(start, startWith({ cache: [3, 1] }));
    expect(exitCode).toBe(1);
    expect(lines[0]).toBe('✗ start-up/list/azfleet: misses 0 → 1, hit ratio 100 % → 75 %');
  });

  it('is closed for one handshake more', async () => {
    const { exitCode, lines } = await gate(startWith({ handshakes: 1 }), startWith({ handshakes: 20 }));
    expect(exitCode).toBe(1);
    expect(lines[0]).toBe('✗ start-up/list/azfleet: handshakes 1 → 20');
  });

  it('is closed for a benchmark that was lost', async () => {
    expect(await gate(start, [start[0]!])).toMatchObject({
      exitCode: 1,
      lines: ['✗ start-up/list/node-e-0: is in base, and was not measured now', expect.any(String)],
    });
  });

  it('lets a peer pass that says itself that it is not here', async () => {
    const missing = [{ benchmark: 'start-up/list/node-e-0', reason: 'not installed' }];
    expect(await gate(start, [start[0]!], { missing })).toMatchObject({ exitCode: 0 });
  });

  it('names what base does not have, and lets it through', async () => {
    const more = [...start, { name: 'start-up/help/azfleet', seconds: 0.03 }];
    expect(await gate(start, more)).toMatchObject({
      exitCode: 0,
      stderr: 'nothing to compare with in base: start-up/help/azfleet\n',
    });
  });

  it('is closed where a suite failed, and says so once', async () => {
    const { exitCode, lines } = await gate(start, [], {
      complete: false,
      suites: [{ suite: 'start-up', status: 'failed', error: 'azfleet list asked Azure' }],
    });
    expect(exitCode).toBe(1);
    expect(lines[0]).toBe('✗ the suite start-up failed: azfleet list asked Azure');
    expect(lines).toHaveLength(2);
  });

  it('is closed where the run was interrupted', async () => {
    const interrupted = { suite: 'start-up', status: 'interrupted', error: null } as const;
    const { exitCode, lines } = await gate(start, start, { complete: false, suites: [interrupted] });
    expect(exitCode).toBe(1);
    expect(lines[0]).toBe('✗ the suite start-up was interrupted');
  });

  it('is closed where the file says no more than that it is incomplete', async () => {
    const { exitCode, lines } = await gate(start, start, { complete: false });
    expect(exitCode).toBe(1);
    expect(lines[0]).toBe('✗ the run was interrupted: not everything was measured');
  });

  it('shows controls in foreign text', async () => {
    const { lines } = await gate(start, start, {
      suites: [{ suite: 'start-up', status: 'failed', error: 'a\u001b[2Jb' }],
      complete: false,
    });
    expect(lines[0]).toBe('✗ the suite start-up failed: a\\e[2Jb');
  });

  it('says in one line what is wrong with its words', async () => {
    const { base, now } = oneRun(start, start);
    const folder = resultsFolder({ 'base.json': base, 'new.json': now });
    for (const [args, says] of [
      [[], /takes one or two result files/],
      [['a', 'b', 'c'], /takes one or two result files/],
      [['base.json', 'new.json', '--threshold', '5'], /'5' is not a percentage; write it as 5%/],
      [['base.json', 'new.json', '--baselines', 'x'], /--baselines is for a gate without BASE/],
      [['base.json', 'new.json', '--budgets', 'none.json'], /none\.json is not there/],
      [['new.json'], /there is nothing to compare with in .*baselines.*'azfleet-bench baseline save FILE'/],
    ] as const) {
      const { exitCode, stdout, stderr } = await command(folder, ['gate', ...args]);
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
      expect(stderr).toMatch(says);
      expect(stderr.match(/\n/g)).toHaveLength(1);
    }
  });
});
