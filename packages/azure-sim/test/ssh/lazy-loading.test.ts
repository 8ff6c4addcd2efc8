import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const script = `
  import { createRequire } from 'node:module';
  const { startAzureSim } = await import(process.argv[1]);
  const loaded = () => Object.keys(createRequire(process.argv[1]).cache).some((path) => /[\\\\/]ssh2[\\\\/]/.test(path));
  const sim = await startAzureSim({ machines: 1 });
  await sim.close();
  const without = loaded();
  const other = await startAzureSim({ machines: 1, ssh: true });
  await other.close();
  console.log(JSON.stringify([without, loaded()]));
`;

test('ssh2 is loaded by those only who ask for SSH', async () => {
  const module = new URL('../../dist/index.js', import.meta.url).href;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script, module]);
  expect(JSON.parse(stdout)).toEqual([false, true]);
});
