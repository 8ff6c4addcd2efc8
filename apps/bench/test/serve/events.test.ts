import { expect, onTestFinished, test } from 'vitest';
import { type LiveEvent, LiveServer } from '../../src/serve/live-server.ts';
import { eventsOf } from '../support/event-stream.ts';

const PATIENTLY = { timeout: 30_000 };

async function started(present: () => readonly LiveEvent[] = () => []): Promise<LiveServer> {
  const server = await LiveServer.start({ page: '', policy: '', present });
  onTestFinished(() => server[Symbol.asyncDispose]());
  return server;
}

test('who connects is told what is, then what happens, each event in one piece', async () => {
  const server = await started(() => [{ name: 'live', data: { text: 'so far' } }]);
  const events = eventsOf(server.url);
  expect(await events.next()).toEqual({ name: 'live', data: { text: 'so far' } });
  server.publish({ name: 'report', data: 'two\nlines\r\nand </script>' });
  server.publish({ name: 'live', data: null });
  expect(await events.next()).toEqual({ name: 'report', data: 'two\nlines\r\nand </script>' });
  expect(await events.next()).toEqual({ name: 'live', data: null });
});

test('everybody is told, and who has gone is forgotten', async () => {
  const server = await started(() => [{ name: 'live', data: 0 }]);
  const [one, other] = [eventsOf(server.url), eventsOf(server.url)];
  await Promise.all([one.next(), other.next()]);
  expect(server.listeners).toBe(2);
  await one.close();
  await expect.poll(() => server.listeners, PATIENTLY).toBe(1);
  server.publish({ name: 'live', data: 1 });
  expect(await other.next()).toEqual({ name: 'live', data: 1 });
});

test('a page that does not read is let go instead of piling up what it was not sent', async () => {
  const server = await started(() => [{ name: 'live', data: 0 }]);
  const asleep = eventsOf(server.url);
  await asleep.next();
  const large = 'x'.repeat(1024 * 1024);
  for (let sent = 0; sent < 64; sent += 1) server.publish({ name: 'report', data: large });
  await expect.poll(() => server.listeners, PATIENTLY).toBe(0);
  await asleep.close();
});

test('when it ends, streams end too, and nobody is waited for', async () => {
  const server = await LiveServer.start({ page: '', policy: '', present: () => [{ name: 'live', data: 0 }] });
  const events = eventsOf(server.url);
  await events.next();
  await server[Symbol.asyncDispose]();
  expect(await events.next()).toBeUndefined();
});
