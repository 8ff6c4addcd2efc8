import { expect, test } from 'vitest';
import { numbers, statuses, virtual } from './support.ts';

test('so many hand-shakes at once, however many commands run', async () => {
  const { executor, drain, sleep } = virtual();
  let handshakes = 0;
  let most = 0;
  let running = 0;
  let mostRunning = 0;
  await drain(
    executor.map(
      numbers(60),
      async (_item, context) => {
        most = Math.max(most, (handshakes += 1));
        await sleep(50);
        handshakes -= 1;
        context.established();
        mostRunning = Math.max(mostRunning, (running += 1));
        await sleep(5000);
        running -= 1;
      },
      { gateHandshakes: true },
    ),
  );
  expect(most).toBeGreaterThanOrEqual(8);
  expect(most).toBeLessThan(16);
  expect(mostRunning).toBe(60);
});

test('a refusal narrows the gate, and it is remembered', async () => {
  const { executor, drain, sleep } = virtual();
  const results = await drain(
    executor.map(
      numbers(200),
      async (item, context) => {
        await sleep(10);
        if (item < 8 && context.attempt === 1) throw new Error('refused');
        context.established();
        await sleep(10);
      },
      { gateHandshakes: true, retry: { retries: 1 }, lane: () => 'jump' },
    ),
  );
  expect(statuses(results)).toEqual({ ok: 200 });
  const [lane] = executor.lanes();
  expect(lane?.handshakes).toBeLessThan(30);
  expect(lane?.width).toBeGreaterThanOrEqual(64);
  expect(executor.state().lanes['jump']?.handshakes).toBe(lane?.handshakes);
  const { executor: next } = virtual({ state: executor.state() });
  await drain(next.map([], () => 1));
  expect(next.state().lanes['jump']?.handshakes).toBe(lane?.handshakes);
});

test('one that fails for its own reasons, or is aborted, opens the gate for the next', async () => {
  const { executor, drain, sleep } = virtual();
  const results = await drain(
    executor.map(
      numbers(40),
      async (item, { signal }) => {
        await sleep(item % 2 === 0 ? 10 : 1000, signal);
        throw new Error('no such user');
      },
      { gateHandshakes: true, timeouts: { runMs: 100 } },
    ),
  );
  expect(statuses(results)).toEqual({ failed: 20, timeout: 20 });
  expect(executor.lanes()[0]?.handshakes).toBe(8);
});
