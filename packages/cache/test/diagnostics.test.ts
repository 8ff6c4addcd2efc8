import { channel } from 'node:diagnostics_channel';
import { truncateSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { failing, fixture, minute, onlyEntry } from './support/fixture.ts';

function record(events: string[]): [string, unknown][] {
  const seen: [string, unknown][] = [];
  for (const event of events) {
    const listen = (message: unknown): void => void seen.push([event, message]);
    channel(`azfleet:cache:${event}`).subscribe(listen);
    onTestFinished(() => {
      channel(`azfleet:cache:${event}`).unsubscribe(listen);
    });
  }
  return seen;
}

test('the cache announces what it does', async () => {
  const { cache, namespace, clock, directory } = fixture();
  const seen = record(['hit', 'miss', 'load', 'invalidate', 'warning']);
  const at = { namespace: 'vm_status:cloud/sub-1', key: 'fleet' };
  await namespace.fetch('fleet', async () => ({ value: 1 }));
  await clock.advance(2 * minute);
  namespace.readSync('fleet');
  await namespace.fetch('fleet', failing);
  await namespace.invalidate();
  await cache.invalidate('*');
  truncateSync(onlyEntry(directory), 10);
  namespace.readSync('fleet');
  expect(seen).toEqual([
    ['miss', at],
    ['load', { ...at, durationMs: 0, kept: true, error: undefined }],
    ['hit', { ...at, freshness: 'stale-while-revalidate', ageMs: 2 * minute }],
    ['miss', at],
    ['load', { ...at, durationMs: 0, kept: false, error: new Error('the origin is down') }],
    ['hit', { ...at, freshness: 'stale-while-revalidate', ageMs: 2 * minute }],
    ['invalidate', { pattern: 'vm_status:cloud/sub-1', namespaces: 1 }],
    ['invalidate', { pattern: '*', namespaces: 1 }],
    ['warning', expect.objectContaining({ code: 'corrupt-entry' })],
    ['miss', at],
  ]);
});
