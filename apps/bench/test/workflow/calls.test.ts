import { describe, expect, it } from 'vitest';
import { callsIn, ownWorkflow, readCall, stepsOf, type Workflow, workflowInReadme } from '../support/workflow.ts';

const workflows: readonly [string, Workflow][] = [
  ['.github/workflows/bench.yml', ownWorkflow()],
  ['the README', workflowInReadme()],
];

describe.each(workflows)('%s', (_, workflow) => {
  const steps = stepsOf(workflow);

  it('calls azfleet-bench as it can be called: run beside a base, compare, gate', async () => {
    const calls = await Promise.all(steps.flatMap(callsIn).map(readCall));
    expect(calls.map(({ command }) => command).filter((command) => command !== 'report')).toEqual([
      'run',
      'compare',
      'gate',
    ]);
    const files = calls
      .filter(({ command }) => command !== 'run' && command !== 'report')
      .map(({ positionals }) => positionals);
    expect(new Set(files.map((names) => names.join(' '))).size).toBe(1);
    expect(files[0]).toHaveLength(2);
  });

  it('compares what it has measured, with the base that was measured along', () => {
    const [run] = steps.flatMap(callsIn);
    const output = run![run!.indexOf('--output') + 1]!;
    expect(run).toContain('--base');
    const gate = steps.flatMap(callsIn).find(([name]) => name === 'gate')!;
    expect(gate.slice(1)).toEqual([output.replace(/\.json$/, '.base.json'), output]);
  });

  it('closes the gate last, when everything is told', () => {
    const job = Object.values(workflow.jobs)[0]!;
    expect(callsIn(job.steps.at(-1)!)[0]![0]).toBe('gate');
  });
});
