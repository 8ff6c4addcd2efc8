import { expect, test } from 'vitest';
import { SshPool, SshPoolError, type SshPoolOptions, type Target } from '../src/index.ts';
import { Home } from './support/home.ts';

test.each([
  [{ maxConnections: 0 }, 'Expected `maxConnections` to be a whole number of at least 1, got 0.'],
  [{ maxConnections: 1.5 }, 'Expected `maxConnections` to be a whole number of at least 1, got 1.5.'],
  [{ maxIdle: -1 }, 'Expected `maxIdle` to be a whole number of at least 0, got -1.'],
  [{ idleTimeoutMs: 0 }, 'Expected `idleTimeoutMs` to be a number of milliseconds above 0, got 0.'],
  [{ limits: { connectMs: Number.NaN } }, 'Expected `connectMs` to be a number of milliseconds above 0, got NaN.'],
  [{ keepAliveMaxMissed: 0 }, 'Expected `keepAliveMaxMissed` to be a whole number of at least 1, got 0.'],
] satisfies [SshPoolOptions, string][])('the options %j', (options, message) => {
  expect(() => new SshPool(options)).toThrow(expect.objectContaining({ code: 'SSH_INVALID_OPTION', message }));
});

test.each([
  [{ host: '' }, '`host`'],
  [{ host: 'a b' }, '`host`'],
  [{ host: 'a\nb' }, '`host`'],
  [{ host: '*' }, '`host`'],
  [{ host: 'h', name: '@revoked' }, '`name`'],
  [{ host: 'h', port: 0 }, '`port`'],
  [{ host: 'h', port: 65_536 }, '`port`'],
  [{ host: 'h', hostKeyAlias: 'a b' }, '`hostKeyAlias`'],
  [{ host: 'h', hostKeyPolicy: 'ask' as 'strict' }, '`hostKeyPolicy`'],
] satisfies [Target, string][])('the target %j', async (target, name) => {
  const { result, stdout } = new Home().pool().exec(target, { command: 'true' });
  await expect(result).rejects.toMatchObject({ code: 'SSH_INVALID_OPTION', message: expect.stringContaining(name) });
  const reading = (async () => {
    for await (const chunk of stdout) expect.unreachable(String(chunk));
  })();
  await expect(reading).rejects.toMatchObject({ code: 'SSH_INVALID_OPTION' });
});

test.each([
  [{ command: '' }, '`command`'],
  [{ command: 'true', collect: { maxBytes: -1 } }, '`collect.maxBytes`'],
  [{ command: 'true', limits: { waitMs: 0 } }, '`waitMs`'],
])('the request %j', async (request, name) => {
  const { result } = new Home().pool().exec({ host: 'h' }, request);
  await expect(result).rejects.toMatchObject({ code: 'SSH_INVALID_OPTION', message: expect.stringContaining(name) });
});

test('the process’s own home, environment and files are the default', async () => {
  const pool = new SshPool();
  expect(pool.stats()).toEqual({
    connections: 0,
    connecting: 0,
    idle: 0,
    channels: 0,
    waiting: 0,
    reused: 0,
    handshakes: 0,
  });
  await pool.close();
});

test('errors of another copy of this package are known', () => {
  const other: unknown = Object.defineProperty(new Error('x'), Symbol.for('azfleet.ssh-pool.error'), { value: true });
  expect(other instanceof SshPoolError).toBe(true);
  expect(new Error('x') instanceof SshPoolError).toBe(false);
  const nothing: unknown = null;
  expect(nothing instanceof SshPoolError).toBe(false);
});

test('a broken ssh_config is told by the result, and names the line', async () => {
  const home = new Home();
  const config = home.write('.ssh/config', 'Host *\n Port many\n');
  const { result } = home.pool().exec({ host: 'h' }, { command: 'true' });
  await expect(result).rejects.toMatchObject({
    code: 'SSH_CONFIG_INVALID',
    message: `${config}:2: expected a port from 1 to 65535.`,
  });
});
