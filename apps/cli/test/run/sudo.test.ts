import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { TestFleet } from '../support/cli.ts';
import { fleetOnSshd } from '../support/machines.ts';
import { withoutSshd } from '../support/sshd.ts';

/** A machine whose `sudo` wants to be called as ours is, and runs what it is given. */
async function fleetWithSudo(): Promise<TestFleet> {
  const directory = mkdtempSync(join(tmpdir(), 'azfleet-sudo-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const sudo = join(directory, 'sudo');
  writeFileSync(sudo, '#!/bin/sh\n[ "$1 $2" = "-n --" ] || exit 99\nshift 2\nAS_ROOT=yes exec "$@"\n');
  chmodSync(sudo, 0o755);
  return await fleetOnSshd(['real-01'], { sshd: [`SetEnv PATH=${directory}:/usr/local/bin:/usr/bin:/bin`] });
}

test.skipIf(withoutSshd)('the whole command is run as root, whatever is quoted in it', async () => {
  const { azfleet } = await fleetWithSudo();
  const words = ['echo', `"it's $AS_ROOT"`, "'$AS_ROOT'", '&& echo "$AS_ROOT; \\"and so on\\"" | cat; exit 4'];
  const { exitCode, stdout, stderr } = await azfleet(['run', 'real-01', '--sudo', '--', ...words]);
  expect([exitCode, stdout, stderr]).toEqual([4, `it's yes $AS_ROOT\nyes; "and so on"\n`, '']);
});

test.skipIf(withoutSshd)('a script, too', async () => {
  const fleet = await fleetWithSudo();
  const script = join(fleet.sandbox.directory, 'it.sh');
  writeFileSync(script, 'echo "$AS_ROOT $1"\n');
  const { exitCode, stdout } = await fleet.azfleet(['run', 'real-01', '--sudo', '--script', script, '--', 'a b']);
  expect([exitCode, stdout]).toEqual([0, 'yes a b\n']);
});
