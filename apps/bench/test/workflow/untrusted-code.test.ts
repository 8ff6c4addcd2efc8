import { describe, expect, it } from 'vitest';
import { ownWorkflow, stepsOf, type Workflow, workflowInReadme } from '../support/workflow.ts';

const workflows: readonly [string, Workflow][] = [
  ['.github/workflows/bench.yml', ownWorkflow()],
  ['the README', workflowInReadme()],
];

describe.each(workflows)('%s', (_, workflow) => {
  it('runs the code of a pull request without rights that a fork must not have', () => {
    expect(Object.keys(workflow.on)).toEqual(['pull_request']);
    expect(workflow.permissions).toEqual({ contents: 'read', 'pull-requests': 'write' });
    expect(JSON.stringify(workflow)).not.toContain('secrets.');
  });

  it('leaves no token where that code could read it', () => {
    const steps = stepsOf(workflow);
    const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@') === true);
    expect(checkouts.length).toBeGreaterThan(0);
    for (const step of checkouts) expect(step.with?.['persist-credentials']).toBe(false);
    const withToken = steps.filter(({ env }) => JSON.stringify(env ?? {}).includes('github.token'));
    expect(withToken.map(({ name }) => name)).toEqual(['comment']);
  });

  it('comments only where the token may: not on a pull request from a fork', () => {
    const comment = stepsOf(workflow).find(({ name }) => name === 'comment')!;
    expect(comment.if).toBe('github.event.pull_request.head.repo.full_name == github.repository');
  });

  it('puts no text of a pull request into a shell', () => {
    for (const { run = '' } of stepsOf(workflow)) expect(run).not.toContain('${{');
  });
});
