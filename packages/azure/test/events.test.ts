import { subscribe, unsubscribe } from 'node:diagnostics_channel';

import { expect, it } from 'vitest';

import { startScene } from './scene.ts';

it('tells what happens to the caller, and on diagnostics channels', async () => {
  const { events, list } = await startScene({ machines: 3 });
  const published: unknown[] = [];
  const onMessage = (message: unknown): void => void published.push(message);
  const channels = ['token', 'request', 'page'].map((name) => `azfleet:azure:${name}`);
  for (const name of channels) subscribe(name, onMessage);
  await list();
  for (const name of channels) unsubscribe(name, onMessage);
  await list({ mode: 'refresh' });
  expect(published).toHaveLength(9);
  expect(events.slice(0, 9)).toEqual(published);
  expect(
    events
      .filter((event) => event.type === 'page')
      .map((event) => [event.kind, event.items])
      .slice(0, 4),
  ).toEqual(
    expect.arrayContaining([
      ['vm-list', 3],
      ['vm-status', 3],
    ]),
  );
  expect(events[0]).toMatchObject({ type: 'token', source: 'credential' });
});
