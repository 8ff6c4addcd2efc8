import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Answer } from '../src/index.ts';
import { firstWord, startChild } from './support/child.ts';
import { tree } from './support/fixture.ts';
import { scratch } from './support/scratch.ts';

interface Asker {
  child: ChildProcess;
  ended: Promise<string>;
}

interface Scene {
  directory: string;
  ask: (outcome: 'answer' | 'fail' | 'die', count: number) => Promise<Asker[]>;
  /** The processes that asked the origin, in order. */
  calls: () => number[];
}

function scene(): Scene {
  const directory = scratch();
  const calls = join(directory, 'calls');
  const start = async (outcome: string): Promise<Asker> => {
    const child = startChild('ask.mjs', join(directory, 'cache'), calls, outcome);
    await firstWord(child);
    let output = '';
    child.stdout?.on('data', (data: Buffer) => (output += data.toString()));
    return { child, ended: once(child, 'close').then(() => output) };
  };
  return {
    directory,
    ask: (outcome, count) => Promise.all(Array.from({ length: count }, () => start(outcome))),
    calls: () => readFileSync(calls, 'utf8').trim().split('\n').map(Number),
  };
}

function go(askers: Asker[]): Promise<string[]> {
  for (const { child } of askers) child.stdin?.write('go\n');
  return Promise.all(askers.map(({ ended }) => ended));
}

test('ten processes that miss at once ask the origin once', async () => {
  const { ask, calls, directory } = scene();
  const askers = await ask('answer', 10);
  const answers = (await go(askers)).map((output) => JSON.parse(output) as Answer<number>);
  expect(calls()).toHaveLength(1);
  expect(answers.map((answer) => answer.value)).toEqual(Array.from({ length: 10 }, () => calls()[0]));
  expect(answers.filter((answer) => answer.source === 'origin')).toHaveLength(1);
  expect(answers.every((answer) => !answer.stale)).toBe(true);
  // Nothing is left of the leases.
  expect(tree(join(directory, 'cache')).filter((name) => name.includes('.lock'))).toEqual([]);
});

test('one that fails hands over to the next, and each is told its own error', async () => {
  const { ask, calls } = scene();
  const failing = await ask('fail', 2);
  const first = go(failing);
  // The others come while one of these has the origin.
  const answering = await ask('answer', 3);
  const answers = (await go(answering)).map((output) => JSON.parse(output) as Answer<number>);
  const failed = (await first).map((output) => JSON.parse(output) as { error?: string; value?: number });
  const answered = calls().find((pid) => answering.some(({ child }) => child.pid === pid));
  expect(answers.map((answer) => answer.value)).toEqual([answered, answered, answered]);
  // A failing one may have waited for the answer of another instead of asking itself.
  for (const outcome of failed)
    expect([outcome.error, outcome.value]).toContain(outcome.error ? 'the origin is down' : answered);
  expect(calls().filter((pid) => answering.some(({ child }) => child.pid === pid))).toHaveLength(1);
});

test('one that is killed while it asks is followed by one other', async () => {
  const { ask, calls } = scene();
  const [doomed] = await ask('die', 1);
  const askers = await ask('answer', 5);
  const death = go([doomed!]);
  await once(doomed!.child, 'exit');
  const answers = (await go(askers)).map((output) => JSON.parse(output) as Answer<number>);
  expect(await death).toEqual(['']);
  expect(calls()).toHaveLength(2);
  expect(new Set(answers.map((answer) => answer.value)).size).toBe(1);
});
