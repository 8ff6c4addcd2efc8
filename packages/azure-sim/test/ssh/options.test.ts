import { expect, test } from 'vitest';
import { startAzureSim, type SimSshOptions } from '../../src/index.ts';

test.each<[SimSshOptions, RegExp]>([
  [{ port: -1 }, /`ssh.port` to be a whole number from 0 to 65535, got `-1`/],
  [{ roundTripMs: -1 }, /`ssh.roundTripMs`/],
  [{ maxSessions: 1.5 }, /`ssh.maxSessions`/],
  [{ maxStartups: Number.NaN }, /`ssh.maxStartups`/],
])('%o is refused', async (ssh, message) => {
  const failure = await startAzureSim({ ssh }).catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: 'INVALID_OPTION', message: expect.stringMatching(message) });
});
