import { oneLine } from '../errors.ts';
import type { SuiteFile } from '../suite/find-suites.ts';
import type { RunPlan } from './plan.ts';
import type { SuiteFacts } from './suite-session.ts';
import { SuiteWorker } from './suite-worker.ts';

export interface DescribedSuite {
  readonly suite: SuiteFile;
  readonly facts: SuiteFacts | undefined;
  /** Why there are no facts. */
  readonly error: string | undefined;
}

/** What suites say of themselves. Each is loaded in a process of its own, as when it is run. */
export async function describeSuites(
  suites: readonly SuiteFile[],
  { env, cwd, limits, signal }: Pick<RunPlan, 'env' | 'cwd' | 'limits' | 'signal'>,
): Promise<readonly DescribedSuite[]> {
  const described: DescribedSuite[] = [];
  for (const suite of suites) {
    const worker = new SuiteWorker({ file: suite.file, redirection: {}, env, cwd, onLine: () => {} });
    try {
      const facts = await worker.ask('describe', [], { limitMs: limits.closeMs, signal });
      described.push({ suite, facts, error: undefined });
    } catch (error) {
      described.push({ suite, facts: undefined, error: oneLine(error) });
    } finally {
      await worker.exit(limits.closeMs);
    }
  }
  return described;
}
