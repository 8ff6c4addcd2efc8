import { describe, expect, it } from 'vitest';

import { metadataOf, startRecorder } from './recorder.ts';
import { startScene } from './scene.ts';

const isMetadata = (path: string): boolean => path.startsWith('/metadata/');

describe('a token stays with the endpoint it is for', () => {
  it('when a nextLink points to another host', async () => {
    const { list, connection } = await startScene({ machines: 1 });
    const other = await startRecorder(() => ({ body: { value: [] } }));
    const own = await startRecorder((path, origin) => ({
      body: isMetadata(path) ? metadataOf(origin) : { value: [], nextLink: `${other.endpoint}/next?secret=1` },
    }));
    const fleet = await list({}, { connection: { ...connection, ...own } });
    expect(other.seen).toEqual([]);
    expect(own.seen.some(({ authorization }) => authorization?.startsWith('Bearer '))).toBe(true);
    expect(fleet.errors).toEqual([expect.objectContaining({ code: 'FOREIGN_HOST', category: 'azure' })]);
    expect(fleet.errors[0]?.message).not.toContain('secret');
  });

  it('when an answer redirects to another host', async () => {
    const { list, connection } = await startScene({ machines: 1 });
    const other = await startRecorder(() => ({ body: { value: [] } }));
    const own = await startRecorder((path, origin) =>
      isMetadata(path)
        ? { body: metadataOf(origin) }
        : { status: 307, headers: { location: `${other.endpoint}${path}` } },
    );
    const fleet = await list({}, { connection: { ...connection, ...own } });
    expect(other.seen).toEqual([]);
    expect(fleet.errors).not.toEqual([]);
  });

  it('when the endpoint asks for one that Azure would accept', async () => {
    const { sim, list, connection } = await startScene({ machines: 1 });
    const own = await startRecorder((_, origin) => ({ body: metadataOf(origin, 'https://management.azure.com/') }));
    const fleet = await list({}, { connection: { ...connection, ...own } });
    expect(fleet.errors).toEqual([expect.objectContaining({ code: 'AUDIENCE_REFUSED' })]);
    expect(own.seen.map(({ path }) => path)).toEqual(['/metadata/endpoints?api-version=2022-09-01']);
    expect(sim.stats().byKind.token).toBe(0);
  });

  it('when the configuration gives the endpoint an audience of Azure', async () => {
    const { sim, list, connection } = await startScene({ machines: 1 });
    const fleet = await list({}, { connection: { ...connection, audience: 'https://management.core.windows.net/' } });
    expect(fleet.errors).toEqual([expect.objectContaining({ code: 'AUDIENCE_REFUSED' })]);
    expect(sim.stats().total).toBe(0);
  });
});

describe("the audience of an endpoint of one's own", () => {
  it('is asked for once a day', async () => {
    const { sim, clock, list } = await startScene({ machines: 1 });
    await list();
    clock.advance(3_600_000);
    await list();
    expect(sim.stats().byKind.metadata).toBe(1);
    clock.advance(24 * 3_600_000);
    await list();
    expect(sim.stats().byKind.metadata).toBe(2);
  });

  it('is not asked for when the connection names it', async () => {
    const { sim, list, connection } = await startScene({ machines: 1 });
    const fleet = await list({}, { connection: { ...connection, audience: sim.endpoint } });
    expect(fleet.vms).toHaveLength(1);
    expect(sim.stats().byKind.metadata).toBe(0);
  });

  it('may come in the form of the first version of the metadata', async () => {
    const { list, connection } = await startScene({ machines: 1 });
    const own = await startRecorder((path, origin) => ({
      body: isMetadata(path) ? { authentication: { audiences: [`${origin}/`] } } : { value: [] },
    }));
    expect((await list({}, { connection: { ...connection, ...own } })).errors).toEqual([]);
  });

  it('must be there', async () => {
    const { list, connection } = await startScene({ machines: 1 });
    const own = await startRecorder(() => ({ body: { name: 'something else' } }));
    const fleet = await list({}, { connection: { ...connection, ...own } });
    expect(fleet.errors).toEqual([expect.objectContaining({ code: 'ENDPOINT_INVALID' })]);
  });

  it('is waited for so long and no longer', async () => {
    const { sim, clock, list } = await startScene({ machines: 1 });
    sim.inject({ kind: 'metadata', hang: true, times: 1 });
    const listing = list();
    while (clock.pending === 0) await new Promise((resolve) => setImmediate(resolve));
    clock.advance(30_000);
    expect((await listing).errors).toEqual([expect.objectContaining({ code: 'TIMED_OUT', category: 'network' })]);
  });

  it('is asked for again when it could not be had', async () => {
    const { sim, inventory, subscription } = await startScene({ machines: 1 });
    sim.inject({ kind: 'metadata', status: 404, times: 1 });
    const one = inventory();
    expect((await one.list({ subscriptions: [subscription] })).errors).toEqual([
      expect.objectContaining({ status: 404, message: `${sim.endpoint}/metadata/endpoints answered with status 404` }),
    ]);
    expect((await one.list({ subscriptions: [subscription] })).errors).toEqual([]);
    await one.close();
  });
});

describe('trust', () => {
  it('is refused to a certificate nobody vouches for, with a hint at ca_file', async () => {
    const { list, connection } = await startScene({ machines: 1 });
    const { caFile: _, ...untrusting } = connection;
    const fleet = await list({}, { connection: untrusting });
    expect(fleet.errors).toEqual([
      expect.objectContaining({ category: 'network', hint: expect.stringContaining('ca_file') }),
    ]);
  });

  it('is not had from a file that is no certificate', async () => {
    const { list, connection } = await startScene({ machines: 1 });
    const missing = await list({}, { connection: { ...connection, caFile: '/nonexistent/ca.pem' } });
    expect(missing.errors).toEqual([expect.objectContaining({ code: 'CA_FILE_UNREADABLE' })]);
  });
});
