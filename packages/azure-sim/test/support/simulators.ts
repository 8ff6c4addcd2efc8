import { afterEach } from 'vitest';
import { startAzureSim, type AzureSim, type AzureSimOptions } from '../../src/index.ts';

const running: AzureSim[] = [];

/** A simulator that is closed when the test is over. */
export async function start(options?: AzureSimOptions): Promise<AzureSim> {
  const sim = await startAzureSim(options);
  running.push(sim);
  return sim;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((sim) => sim.close()));
});
