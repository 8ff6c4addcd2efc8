import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Executor, type TaskContext } from '../src/index.ts';
import { collect, numbers, statuses } from './support.ts';

const sockets = new Set<Socket>();
let server: Server;
let most = 0;

// Answers a line with its double; answers nothing to `dead`, and hangs up on the first `busy` of each number.
beforeEach(async () => {
  const seen = new Set<string>();
  server = createServer((socket) => {
    sockets.add(socket);
    most = Math.max(most, sockets.size);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      const [word = '', value = ''] = data.toString().trim().split(' ');
      if (word === 'dead') return;
      if (word === 'busy' && !seen.has(value)) {
        seen.add(value);
        socket.destroy();
        return;
      }
      setImmediate(() => socket.end(`${Number(value) * 2}\n`));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  server.close();
  await once(server, 'close');
});

test('five hundred real connections, some dead, some refused: all accounted for, none left open', async () => {
  const executor = new Executor();
  const results = await collect(
    executor.map(
      numbers(500),
      (item, context) => ask(item % 100 === 0 ? 'dead' : item % 10 === 5 ? 'busy' : 'ok', item, context),
      {
        timeouts: { connectMs: 30_000, runMs: 5000 },
        retry: { retries: 3, baseMs: 1, when: (error) => (error as Error).message === 'hung up' },
      },
    ),
  );
  expect(statuses(results)).toEqual({ ok: 495, timeout: 5 });
  for (const { status, item, value, attempts } of results) {
    expect(value).toBe(status === 'ok' ? item * 2 : undefined);
    expect(attempts).toBe(status === 'ok' && item % 10 === 5 ? 2 : 1);
  }
  expect(most).toBeLessThanOrEqual(256);
  while (sockets.size > 0) await new Promise(setImmediate);
  expect(executor.inFlight + executor.queued).toBe(0);
});

function ask(word: string, value: number, context: TaskContext): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    let answer = '';
    context.signal.addEventListener('abort', () => socket.destroy(context.signal.reason as Error), { once: true });
    socket.on('connect', () => {
      context.established();
      socket.write(`${word} ${value}\n`);
    });
    socket.on('data', (data) => (answer += data.toString()));
    socket.on('error', reject);
    socket.on('close', () => (answer === '' ? reject(new Error('hung up')) : resolve(Number(answer))));
  });
}
