import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { installAz } from './az.ts';
import { setEnvironment, startScene } from './scene.ts';

const MINUTE = 60_000;
const refresh = { mode: 'refresh' } as const;

describe.skipIf(process.platform === 'win32')('the access token of az', () => {
  it('is had once, and used by the processes that follow', async () => {
    const scene = await startScene({ machines: 2 });
    const az = installAz(scene);
    expect((await scene.list(refresh, az.options)).vms).toHaveLength(2);
    expect(az.runs()).toBe(1);
    expect((await scene.list(refresh, az.options)).vms).toHaveLength(2);
    expect(az.runs()).toBe(1);
    const sources = scene.events.flatMap((event) => (event.type === 'token' ? event.source : []));
    expect(sources).toEqual(['credential', 'store']);
  });

  it("is in a file of the user's own, with nothing but what is needed", async () => {
    const scene = await startScene({ machines: 1 });
    const az = installAz(scene);
    await scene.list(refresh, az.options);
    const [name = ''] = readdirSync(az.tokenDirectory);
    expect(statSync(join(az.tokenDirectory, name)).mode & 0o777).toBe(0o600);
    expect(statSync(az.tokenDirectory).mode & 0o777).toBe(0o700);
    const kept = JSON.parse(readFileSync(join(az.tokenDirectory, name), 'utf8')) as object;
    expect(Object.keys(kept).toSorted()).toEqual(['account', 'expiresAt', 'key', 'tenant', 'token']);
  });

  it('is not taken up in the last five minutes of its life', async () => {
    const scene = await startScene({ machines: 1 });
    const az = installAz(scene);
    await scene.list(refresh, az.options);
    scene.clock.advance(54 * MINUTE);
    await scene.list(refresh, az.options);
    expect(az.runs()).toBe(1);
    scene.clock.advance(2 * MINUTE);
    expect((await scene.list(refresh, az.options)).errors).toEqual([]);
    expect(az.runs()).toBe(2);
  });

  it('is dropped when Azure refuses it, and the calls are made once more with a new one', async () => {
    const scene = await startScene({ machines: 2 });
    const az = installAz(scene);
    await scene.list(refresh, az.options);
    scene.sim.revokeTokens();
    const fleet = await scene.list(refresh, az.options);
    expect(fleet.errors).toEqual([]);
    expect(fleet.vms).toHaveLength(2);
    expect(az.runs()).toBe(2);
    expect((await scene.list(refresh, az.options)).azureCalls).toBe(4);
    expect(az.runs()).toBe(2);
  });

  it('is dropped when a claims challenge comes that az cannot meet by itself, with the command that can', async () => {
    const scene = await startScene({ machines: 2 });
    const az = installAz(scene);
    await scene.list(refresh, az.options);
    scene.sim.revokeTokens({ claimsChallenge: true });
    const fleet = await scene.list({ mode: 'bypass' }, az.options);
    expect(fleet.errors).toEqual([
      expect.objectContaining({
        category: 'authentication',
        code: 'NOT_SIGNED_IN',
        hint: expect.stringMatching(/^Sign in again with: az login --claims-challenge \S+ --scope \S+$/),
      }),
    ]);
    expect(readdirSync(az.tokenDirectory)).toEqual([]);
  });

  it('is void after signing in as another account, and so is what that account saw', async () => {
    const scene = await startScene({ machines: 2 });
    const az = installAz(scene);
    await scene.list({}, az.options);
    const [before] = readdirSync(az.tokenDirectory);
    const first = readFileSync(join(az.tokenDirectory, before ?? ''), 'utf8');
    az.signIn('bob@example.com');
    expect((await scene.list({ mode: 'offline' }, az.options)).vms).toEqual([]);
    await scene.list(refresh, az.options);
    expect(az.runs()).toBe(2);
    const kept = readdirSync(az.tokenDirectory).map((name) => readFileSync(join(az.tokenDirectory, name), 'utf8'));
    expect(kept).toHaveLength(1);
    expect(kept[0]).toContain('bob@example.com');
    expect(kept[0]).not.toBe(first);
  });

  it('is kept under the default chain too, where az answered', async () => {
    const scene = await startScene({ machines: 1 });
    const az = installAz(scene, 'default');
    expect((await scene.list(refresh, az.options)).vms).toHaveLength(1);
    await scene.list(refresh, az.options);
    expect(az.runs()).toBe(1);
  });

  it('is left alone when the environment points to another credential', async () => {
    const scene = await startScene({ machines: 1 });
    const az = installAz(scene, 'default');
    await scene.list(refresh, az.options);
    const env = { ...process.env, AZURE_TOKEN_CREDENTIALS: '', AZURE_CLIENT_SECRET: 'x', AZURE_CLIENT_ID: 'y' };
    await scene.list(refresh, { ...az.options, connection: { ...az.connection, env } });
    expect(az.runs()).toBe(2);
  });

  it('is not kept when that is turned off, or when nobody knows whose it is', async () => {
    const scene = await startScene({ machines: 1 });
    const az = installAz(scene);
    await scene.list(refresh, { connection: az.connection });
    await scene.list(refresh, { connection: az.connection });
    expect(az.runs()).toBe(2);
    az.signOut();
    await scene.list(refresh, az.options);
    await scene.list(refresh, az.options);
    expect(az.runs()).toBe(4);
    expect(() => readdirSync(az.tokenDirectory)).toThrow('ENOENT');
  });

  it("is asked for again when its file is damaged, another's, or cannot be written", async () => {
    const scene = await startScene({ machines: 1 });
    const az = installAz(scene);
    await scene.list(refresh, az.options);
    const file = join(az.tokenDirectory, readdirSync(az.tokenDirectory)[0] ?? '');
    writeFileSync(file, '{"key":');
    expect((await scene.list(refresh, az.options)).errors).toEqual([]);
    writeFileSync(file, JSON.stringify({ ...(JSON.parse(readFileSync(file, 'utf8')) as object), key: 'other' }));
    expect((await scene.list(refresh, az.options)).errors).toEqual([]);
    chmodSync(file, 0o666);
    expect((await scene.list(refresh, az.options)).errors).toEqual([]);
    expect(az.runs()).toBe(4);
    writeFileSync(join(scene.directory, 'no-directory'), '');
    const { createTokenFiles } = await import('../src/index.ts');
    const tokens = createTokenFiles(join(scene.directory, 'no-directory'));
    expect((await scene.list(refresh, { ...az.options, tokens })).errors).toEqual([]);
  });

  it('is kept when it is refused for a subscription of another tenant, which a new one would not change', async () => {
    const scene = await startScene({ machines: 1, subscriptions: 2, tenants: 2 });
    const az = installAz(scene);
    const subscriptions = scene.sim.subscriptions.map(({ id }) => id);
    const fleet = await scene.list({ subscriptions, mode: 'refresh' }, az.options);
    expect(fleet.vms).toHaveLength(1);
    expect(fleet.errors).toEqual([
      expect.objectContaining({
        subscriptionId: subscriptions[1],
        category: 'authentication',
        code: 'InvalidAuthenticationTokenTenant',
        hint: expect.stringContaining('az login --tenant'),
      }),
    ]);
    expect(fleet.azureCalls).toBe(8);
    await scene.list(refresh, az.options);
    expect(az.runs()).toBe(1);
  });

  it('is had once however many calls wait for it', async () => {
    const scene = await startScene({ machines: 1, subscriptions: 3 });
    const az = installAz(scene);
    const subscriptions = scene.sim.subscriptions.map(({ id }) => id);
    expect((await scene.list({ subscriptions }, { connection: az.connection })).azureCalls).toBe(12);
    expect(az.runs()).toBe(1);
  });
});

describe.skipIf(process.platform === 'win32')('without a token', () => {
  it('says that nobody is signed in, once, and how to', async () => {
    const scene = await startScene({ machines: 1 });
    const az = installAz(scene);
    az.failWith("ERROR: Please run 'az login' to setup account.\n");
    const fleet = await scene.list({}, az.options);
    expect(fleet.errors).toEqual([
      {
        subscriptionId: scene.subscription,
        kind: 'vm-list',
        category: 'authentication',
        code: 'NOT_SIGNED_IN',
        message: expect.stringMatching(/^Not signed in to Azure: Please run 'az login'/),
        hint: 'Sign in with: az login',
      },
    ]);
    expect(az.runs()).toBe(1);
    expect(scene.sim.stats().arm).toBe(0);
  });

  it('does so under the default chain, whose other links are not to blame', async () => {
    const scene = await startScene({ machines: 1 });
    const az = installAz(scene, 'default');
    az.failWith(
      'ERROR: AADSTS70043: The refresh token has expired.\nInteractive authentication is needed. Please run:\naz login --scope x\n',
    );
    const [error] = (await scene.list({}, az.options)).errors;
    expect(error).toMatchObject({ category: 'authentication', message: expect.stringContaining('AADSTS70043') });
    expect(error?.message).not.toContain('\n');
  });

  it('tells a sign-in service that cannot be reached from one that says no', async () => {
    const scene = await startScene({ machines: 1 });
    const az = installAz(scene);
    az.failWith('HTTPSConnectionPool(host=login.example): Max retries exceeded with url: /common');
    expect((await scene.list({}, az.options)).errors[0]).toMatchObject({
      category: 'network',
      code: 'SIGN_IN_UNREACHABLE',
    });
  });

  it('does not show what was seen while somebody was', async () => {
    const scene = await startScene({ machines: 1 });
    const az = installAz(scene);
    await scene.list({}, { connection: az.connection });
    scene.clock.advance(2 * 60 * MINUTE);
    az.failWith("ERROR: Please run 'az login' to setup account.");
    const fleet = await scene.list({}, { connection: az.connection });
    expect(fleet).toMatchObject({ vms: [], errors: [{ category: 'authentication' }] });
  });

  it('shows the last answer, marked, when the sign-in service cannot be reached', async () => {
    const scene = await startScene({ machines: 1 });
    const az = installAz(scene);
    await scene.list({}, { connection: az.connection });
    scene.clock.advance(2 * 60 * MINUTE);
    az.failWith('Failed to establish a new connection: [Errno -3] Temporary failure in name resolution');
    const fleet = await scene.list({}, { connection: az.connection });
    expect(fleet).toMatchObject({ stale: true, vms: [expect.anything()], errors: [{ category: 'network' }] });
  });

  it('hints at the right remedy for each credential', async () => {
    const scene = await startScene({ machines: 1 });
    const restore = setEnvironment({
      IDENTITY_ENDPOINT: undefined,
      AZURE_CLIENT_ID: undefined,
      AZURE_FEDERATED_TOKEN_FILE: undefined,
    });
    const hintFor = async (credential: 'environment' | 'workload-identity'): Promise<string | undefined> => {
      const fleet = await scene.list({ mode: 'bypass' }, { connection: { ...scene.connection, credential } });
      return fleet.errors[0]?.hint;
    };
    expect(await hintFor('environment')).toContain('AZURE_CLIENT_ID');
    expect(await hintFor('workload-identity')).toContain('AZURE_FEDERATED_TOKEN_FILE');
    restore();
  });
});
