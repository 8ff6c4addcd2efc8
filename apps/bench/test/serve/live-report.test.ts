import { expect, test } from 'vitest';
import type { ReportView } from '../../src/report/view.ts';
import type { ResultFile } from '../../src/result/result.ts';
import { LiveReport } from '../../src/serve/live-report.ts';
import type { LiveEvent } from '../../src/serve/live-server.ts';
import { smallRun } from '../support/fleet-results.ts';

function watched(files: readonly ResultFile[], { isWatched = true } = {}) {
  const events: LiveEvent[] = [];
  const clock = { ms: 0 };
  const report = new LiveReport({
    publish: (event) => events.push(event),
    isWatched: () => isWatched,
    now: () => clock.ms,
  });
  report.began(() => files);
  return { report, events, clock };
}

test('progress is told five times a second at most; who connects is told the last of it', () => {
  const { report, events, clock } = watched([]);
  for (const ms of [0, 50, 199, 200, 399, 400]) {
    clock.ms = ms;
    report.progress(`at ${ms}`, ms / 400);
  }
  expect(events.map(({ data }) => (data as { text: string }).text)).toEqual([
    'Measuring at 0',
    'Measuring at 200',
    'Measuring at 400',
  ]);
  clock.ms = 401;
  report.progress('at 401', 1);
  expect(report.present()).toContainEqual({
    name: 'live',
    data: { state: 'running', text: 'Measuring at 401', share: 1 },
  });
});

test('no report is made where nobody watches, and one is there for who comes', () => {
  const { now, base } = smallRun();
  const { report, events } = watched([now, base], { isWatched: false });
  report.measured();
  expect(events).toEqual([]);
  const [{ data }] = report.present() as [LiveEvent];
  expect((data as ReportView).base?.name).toBe('base');
});

test('a report is made once for all who come before the next comparison is measured', () => {
  const { now } = smallRun();
  const { report } = watched([now]);
  const [first] = report.present();
  expect(report.present()[0]!.data).toBe(first!.data);
  report.measured();
  expect(report.present()[0]!.data).not.toBe(first!.data);
});

test('before anything is known there is no report', () => {
  const report = new LiveReport({ publish: () => {}, isWatched: () => true, now: () => 0 });
  expect(report.present()).toEqual([
    { name: 'report', data: null },
    { name: 'live', data: { state: 'running', text: 'Opening the first suite', share: 0 } },
  ]);
});

test('the last report comes before the word that it is over', () => {
  const { now } = smallRun();
  const { report, events } = watched([now]);
  report.ended(false);
  expect(events.map(({ name }) => name)).toEqual(['report', 'live']);
});
