import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { createTokenFiles } from '../src/index.ts';
import { type Credential, TokenSource, type TokenRequest } from '../src/token-source.ts';
import { TestClock } from './clock.ts';

const HOUR = 3_600_000;

function jwt(claims: object): string {
  return `eyJ0.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.signature`;
}

/** A source over real token files and a credential that counts. */
function sourceOf(
  give: (number: number, request: TokenRequest) => string | null,
  options: { always?: boolean; lifeMs?: number } = {},
) {
  const directory = mkdtempSync(join(tmpdir(), 'azfleet-azure-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const clock = new TestClock();
  const store = createTokenFiles(directory);
  const asked: TokenRequest[] = [];
  const credential: Credential = {
    getToken: async (_scope, request) => {
      const token = give(asked.push(request), request);
      return token === null ? null : { token, expiresOnTimestamp: clock.now() + (options.lifeMs ?? HOUR) };
    },
  };
  const source = new TokenSource({
    scope: 'https://arm.example/.default',
    createCredential: async () => credential,
    stored: {
      store,
      key: 'key',
      owner: { account: 'Alice@example.com', tenant: 't' },
      always: options.always ?? false,
    },
    clock,
    onEvent: () => {},
  });
  return { source, clock, asked, kept: () => store.read('key')?.token };
}

describe('a token of the default chain', () => {
  it.each([
    ['names the Azure CLI', { appid: '04b07795-8ddb-461a-bbee-02f9e1bf7b46' }],
    ['names the user who is signed in', { appid: 'other', upn: 'alice@EXAMPLE.com' }],
    ['names that user in the older way', { unique_name: 'alice@example.com' }],
    ['names the service principal that is signed in', { appid: 'alice@example.com' }],
  ])('is kept when it %s', async (_, claims) => {
    const { source, kept } = sourceOf(() => jwt(claims));
    const { token } = await source.getToken();
    expect(kept()).toBe(token);
  });

  it.each([
    ['another application', jwt({ appid: 'managed-identity' })],
    ['nobody', jwt({})],
    ['nothing that can be read', 'opaque'],
  ])('is not kept when it names %s', async (_, text) => {
    const { source, kept } = sourceOf(() => text);
    expect((await source.getToken()).token).toBe(text);
    expect(kept()).toBeUndefined();
  });
});

describe('a token in hand', () => {
  it('is given to everyone until shortly before it expires', async () => {
    const { source, clock, asked } = sourceOf((number) => `token-${number}`);
    const tokens = await Promise.all([source.getToken(), source.getToken(), source.getToken()]);
    expect(new Set(tokens.map(({ token }) => token))).toEqual(new Set(['token-1']));
    clock.advance(HOUR - 31_000);
    expect((await source.getToken()).token).toBe('token-1');
    clock.advance(2000);
    expect((await source.getToken()).token).toBe('token-2');
    expect(asked).toHaveLength(2);
  });

  it('is used although it came with few minutes left, but is not taken up again', async () => {
    const { source, asked, kept } = sourceOf((number) => `token-${number}`, { always: true, lifeMs: 4 * 60_000 });
    await source.getToken();
    expect((await source.getToken()).token).toBe('token-1');
    expect(asked).toHaveLength(1);
    expect(kept()).toBe('token-1');
    source.reject('token-1');
    expect(kept()).toBeUndefined();
  });

  it('is replaced when it is refused, but not when a request that was sent before is', async () => {
    const { source, asked } = sourceOf((number) => `token-${number}`);
    await source.getToken();
    source.reject('token-1');
    expect((await source.getToken()).token).toBe('token-2');
    source.reject('token-1');
    expect((await source.getToken()).token).toBe('token-2');
    expect(asked).toHaveLength(2);
  });

  it('is replaced once for requests that are challenged together', async () => {
    const { source, asked } = sourceOf((number) => `token-${number}`);
    await source.getToken();
    const claims = '{"access_token":{"nbf":{"essential":true}}}';
    expect((await source.getToken({ claims })).token).toBe('token-2');
    expect((await source.getToken({ claims })).token).toBe('token-2');
    expect((await source.getToken()).token).toBe('token-2');
    expect(asked).toEqual([{ enableCae: true }, { enableCae: true, claims }]);
  });
});

describe('a credential that fails', () => {
  it('is not asked again by the calls that started with the one that failed', async () => {
    const { source, clock, asked } = sourceOf(() => null);
    await expect(source.getToken()).rejects.toThrow('no token');
    await expect(source.getToken()).rejects.toThrow('no token');
    expect(asked).toHaveLength(1);
    clock.advance(1000);
    await expect(source.getToken()).rejects.toThrow('no token');
    expect(asked).toHaveLength(2);
  });
});
