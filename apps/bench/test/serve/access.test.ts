import { request, type IncomingMessage, type RequestOptions } from 'node:http';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { LiveServer } from '../../src/serve/live-server.ts';

async function started(): Promise<URL> {
  const server = await LiveServer.start({ page: '<p>the page', policy: "default-src 'none'", present: () => [] });
  onTestFinished(() => server[Symbol.asyncDispose]());
  return new URL(server.url);
}

async function answer(url: URL, options: RequestOptions = {}): Promise<IncomingMessage & { text: string }> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request(url, options, resolve).on('error', reject).end();
  });
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) text += String(chunk);
  return Object.assign(response, { text });
}

test('the page, with a policy that no header of the page could loosen', async () => {
  const { statusCode, headers, text } = await answer(await started());
  expect({ statusCode, text }).toEqual({ statusCode: 200, text: '<p>the page' });
  expect(headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
  });
});

test('only under its own name: another site cannot give its name this address', async () => {
  const url = await started();
  for (const host of ['evil.example', `evil.example:${url.port}`, '127.0.0.1', `127.0.0.1:${Number(url.port) + 1}`]) {
    const { statusCode } = await answer(url, { headers: { host } });
    expect({ host, statusCode }).toEqual({ host, statusCode: 403 });
  }
  expect(await answer(url, { headers: { host: `localhost:${url.port}` } })).toMatchObject({ statusCode: 200 });
});

test('nothing without the random part of the address, and no hint of it', async () => {
  const url = await started();
  const token = url.pathname.split('/')[1]!;
  const wrong = token.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'));
  for (const path of [
    '/',
    '/events',
    `/${wrong}/`,
    `/${wrong}/events`,
    `/${token}`,
    `/${token}/other`,
    `/${token}/a/events`,
    `//${token}/`,
  ]) {
    const { statusCode, text } = await answer(url, { path });
    expect({ path, statusCode, text }).toEqual({ path, statusCode: 404, text: 'nothing here\n' });
  }
});

test('the random part is another one each time, and long', async () => {
  const [one, other] = [(await started()).pathname, (await started()).pathname];
  expect(one).not.toBe(other);
  expect(one).toMatch(/^\/[\w-]{32}\/$/);
});

test('nothing can be sent to it', async () => {
  const url = await started();
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS'])
    expect(await answer(url, { method })).toMatchObject({ statusCode: 405 });
  expect(await answer(url, { method: 'HEAD' })).toMatchObject({ statusCode: 200, text: '' });
  expect(await answer(new URL('events', url), { method: 'HEAD' })).toMatchObject({ statusCode: 200, text: '' });
});

test('it listens on the loopback interface and nowhere else', async () => {
  const { port, hostname } = await started();
  expect(hostname).toBe('127.0.0.1');
  // 127.0.0.2 is this machine too: a server on all interfaces would answer there.
  const refused = await new Promise<string>((resolve) => {
    const socket = connect({ host: '127.0.0.2', port: Number(port) });
    socket.on('connect', () => resolve('connected')).on('error', ({ message }) => resolve(message));
    onTestFinished(() => void socket.destroy());
  });
  expect(refused).not.toBe('connected');
});

test('a port that is taken is told in one line', async () => {
  const { port } = await started();
  const options = { page: '', policy: '', present: () => [], port: Number(port) };
  await expect(LiveServer.start(options)).rejects.toMatchObject({
    message: `port ${port} is in use`,
    hint: expect.any(String),
  });
});
