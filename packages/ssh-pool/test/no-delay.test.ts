import { Socket } from 'node:net';
import { expect, test, vi } from 'vitest';
import { tcpConnector } from '../src/connection/connector.ts';
import { startDeadHost } from './support/dead-host.ts';

test('Nagle’s algorithm is off before the socket connects', async () => {
  const { port } = await startDeadHost();
  const order: string[] = [];
  const setNoDelay = vi.spyOn(Socket.prototype, 'setNoDelay').mockImplementation(function spy(this: Socket, on) {
    order.push(`noDelay ${on}`);
    setNoDelay.mockRestore();
    return this.setNoDelay(on);
  });
  const socket = await tcpConnector({ host: '127.0.0.1', port }, { signal: new AbortController().signal });
  order.push('connected');
  socket.destroy();
  expect(order).toEqual(['noDelay true', 'connected']);
});

test('a connector whose signal is aborted opens nothing, or closes what it opened', async () => {
  const { port } = await startDeadHost();
  const early = tcpConnector({ host: '127.0.0.1', port }, { signal: AbortSignal.abort(new Error('early')) });
  await expect(early).rejects.toThrow('early');
  const stop = new AbortController();
  const connecting = tcpConnector({ host: '127.0.0.1', port }, { signal: stop.signal });
  stop.abort(new Error('midway'));
  await expect(connecting).rejects.toThrow('midway');
});
