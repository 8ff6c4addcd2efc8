import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MARKER } from '../../src/compare/markdown.ts';
import { folder } from '../support/folder.ts';
import { ownWorkflow, stepsOf, workflowInReadme } from '../support/workflow.ts';

/** In the place of `gh`: notes how it was called, and has as many comments of ours as it is told. */
const gh = `#!/bin/sh
echo "$*" >> "$CALLS"
case "$*" in *--paginate*) printf '%s' "$IDS";; esac
`;

/** Runs the step as a runner does, and tells how it called gh. */
function comment(script: string, ids: string): string[] {
  const path = folder({ 'bin/gh': gh });
  mkdirSync(join(path, 'results'));
  execFileSync('chmod', ['+x', join(path, 'bin/gh')]);
  const calls = join(path, 'calls');
  writeFileSync(join(path, 'results/comparison.md'), MARKER);
  execFileSync('bash', ['-e', '-c', script], {
    cwd: path,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: `${join(path, 'bin')}${delimiter}${process.env['PATH']}`,
      CALLS: calls,
      IDS: ids,
      COMMENTS: 'repos/o/r/issues/7/comments',
      COMMENT: 'repos/o/r/issues/comments',
    },
  });
  return readFileSync(calls, 'utf8').trimEnd().split('\n');
}

const steps = [ownWorkflow(), workflowInReadme()].map(
  (workflow) => stepsOf(workflow).find(({ name }) => name === 'comment')!.run!,
);

describe.skipIf(process.platform === 'win32').each(steps)('the step that comments', (script) => {
  it('adds a comment to a pull request that has none of ours', () => {
    const [asked, made, ...more] = comment(script, '');
    expect(asked).toContain('--paginate repos/o/r/issues/7/comments');
    expect(made).toBe('api --silent --method POST repos/o/r/issues/7/comments --field body=@results/comparison.md');
    expect(more).toEqual([]);
  });

  it('updates the one that is there, rather than to add another', () => {
    const [, made, ...more] = comment(script, '41\n42\n');
    expect(made).toBe('api --silent --method PATCH repos/o/r/issues/comments/41 --field body=@results/comparison.md');
    expect(more).toEqual([]);
  });

  it('knows its own by what a comparison begins with', () => {
    expect(script).toContain(`startswith("${MARKER}")`);
  });
});
