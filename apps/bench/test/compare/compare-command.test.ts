import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MARKER } from '../../src/compare/markdown.ts';
import { command, oneRun, resultsFolder, start, startWith } from '../support/decide.ts';

const { base, now } = oneRun(start, startWith({ seconds: 0.054 }));
const files = (): string => resultsFolder({ 'base.json': base, 'new.json': now });

describe('azfleet-bench compare', () => {
  it('prints a table, and ends with 0 whatever it says', async () => {
    const { exitCode, stdout, stderr } = await command(files(), ['compare', 'base.json', 'new.json']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/^start-up\/list\/azfleet .* slower/m);
  });

  it('prints everything as JSON', async () => {
    const { stdout } = await command(files(), ['compare', '-o', 'json', 'base.json', 'new.json']);
    const comparison = JSON.parse(stdout) as Record<string, unknown>;
    expect(comparison).toMatchObject({
      schemaVersion: 1,
      sideBySide: true,
      confidence: 0.95,
      comparisons: 2,
      base: { name: 'base', commit: 'a81d03b', complete: true },
      benchmarks: [
        { benchmark: 'start-up/list/azfleet', time: { of: 'time', verdict: 'slower' } },
        { benchmark: 'start-up/list/node-e-0', time: { verdict: 'no difference' } },
      ],
    });
    expect(comparison['method']).toContain('bootstrap');
  });

  it('prints Markdown', async () => {
    const { stdout } = await command(files(), ['compare', '--output', 'markdown', 'base.json', 'new.json']);
    expect(stdout.startsWith(`${MARKER}\n`)).toBe(true);
  });

  it('adds the Markdown to the step summary, whatever it prints', async () => {
    const folder = files();
    const summary = join(folder, 'summary.md');
    writeFileSync(summary, 'before\n');
    const args = ['compare', '-o', 'json', 'base.json', 'new.json'];
    const { stdout } = await command(folder, args, { GITHUB_STEP_SUMMARY: summary });
    expect(JSON.parse(stdout)).toBeDefined();
    expect(readFileSync(summary, 'utf8')).toMatch(/^before\n<!-- azfleet-bench -->\n\n### Benchmarks: 1 slower/);
  });

  it('takes a step summary that cannot be written for no reason to fail', async () => {
    const folder = files();
    mkdirSync(join(folder, 'summary'));
    const env = { GITHUB_STEP_SUMMARY: join(folder, 'summary') };
    const { exitCode, stderr } = await command(folder, ['compare', 'base.json', 'new.json'], env);
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/^the step summary cannot be written \(E\w+\): .*\n$/);
  });

  it('says in one line what is wrong with its words or files, and ends with 2', async () => {
    const folder = files();
    writeFileSync(join(folder, 'broken.json'), '{ "schemaVersion": 1, ');
    for (const [args, says] of [
      [['base.json'], /takes two result files/],
      [['base.json', 'new.json', 'more.json'], /takes two result files/],
      [['base.json', 'none.json'], /none\.json is not there/],
      [['broken.json', 'new.json'], /broken\.json ends in the middle/],
      [['-o', 'jsn', 'base.json', 'new.json'], /did you mean 'json'/],
    ] as const) {
      const { exitCode, stdout, stderr } = await command(folder, ['compare', ...args]);
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
      expect(stderr).toMatch(says);
      expect(stderr.match(/\n/g)).toHaveLength(1);
    }
  });
});
