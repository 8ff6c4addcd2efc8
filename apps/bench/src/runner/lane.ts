import { oneLine } from '../errors.ts';
import { profileFlags } from '../suite/process.ts';
import type { BuildRecord } from './build-record.ts';
import type { BuildPlan, RunPlan } from './plan.ts';
import type { Method } from './protocol.ts';
import type { SuiteSession } from './suite-session.ts';
import { SuiteWorker } from './suite-worker.ts';

interface LaneOptions {
  readonly suite: { readonly name: string; readonly file: string };
  readonly build: BuildPlan;
  readonly record: BuildRecord;
  readonly plan: RunPlan;
  /** A folder of its own. */
  readonly directory: string;
  /** What the suite prints. */
  readonly onLine: (line: string) => void;
  /** `called`: the suite, and the build where it is not the new one. */
  readonly onFailure: (called: string, reason: string) => void;
}

/** One suite on one build, in one process. */
export class Lane {
  readonly record: BuildRecord;
  readonly #options: LaneOptions;
  readonly #worker: SuiteWorker;

  constructor(options: LaneOptions) {
    const { suite, build, record, plan, onLine } = options;
    this.#options = options;
    this.record = record;
    this.#worker = new SuiteWorker({
      file: suite.file,
      redirection: build.redirection,
      env: plan.env,
      cwd: plan.cwd,
      nodeFlags: plan.profiles === undefined ? [] : profileFlags({ ...plan.profiles, name: this.#called(suite.name) }),
      onLine: (line) => onLine(`${this.#called(suite.name)}: ${line}`),
    });
  }

  get isAlive(): boolean {
    return this.#worker.isAlive;
  }

  /** The number of comparisons, or `undefined` where the suite cannot be opened. */
  async open(): Promise<number | undefined> {
    const { plan, directory } = this.#options;
    if ((await this.ask('describe')) === undefined) return undefined;
    return await this.ask('open', { live: plan.live, directory });
  }

  /** The answer, or `undefined` where there is none, because of a failure or of Ctrl-C. */
  async ask<M extends Method>(
    method: M,
    ...args: Parameters<SuiteSession[M]>
  ): Promise<Awaited<ReturnType<SuiteSession[M]>> | undefined> {
    const { plan } = this.#options;
    try {
      return await this.#worker.ask(method, args, { limitMs: plan.limits.answerMs, signal: plan.signal });
    } catch (error) {
      this.#fail(oneLine(error));
      return undefined;
    }
  }

  /** One repetition with profiles of the processes that the side starts. */
  async profile(side: number, name: string): Promise<true | undefined> {
    const { directory, cpu, heap } = this.#options.plan.profiles!;
    return await this.ask('profile', side, directory, this.#called(name), cpu, heap);
  }

  /** Lets the suite close what it has opened, and ends its process. */
  async close(): Promise<void> {
    const { limits, signal } = this.#options.plan;
    if (signal.aborted) this.#worker.abort();
    if (this.isAlive) {
      try {
        this.#noteVersions(await this.#worker.ask('versions', [], { limitMs: limits.closeMs }));
        await this.#worker.ask('close', [], { limitMs: limits.closeMs });
      } catch (error) {
        this.#fail(`not closed: ${oneLine(error)}`);
      }
    }
    await this.#worker.exit(limits.closeMs);
  }

  #fail(reason: string): void {
    const { plan, suite, onFailure } = this.#options;
    // What goes wrong after Ctrl-C went wrong because of it.
    if (!plan.signal.aborted) onFailure(this.#called(suite.name), reason);
  }

  #noteVersions(found: Readonly<Record<string, string>>): void {
    const { versions = {} } = this.#options.build;
    const own = Object.entries(versions).filter(([name]) => Object.hasOwn(found, name));
    this.record.noteVersions({ ...found, ...Object.fromEntries(own) });
  }

  /** `start-up`, and of another build than the first `start-up.base`. */
  #called(name: string): string {
    const { plan, build } = this.#options;
    return build === plan.builds[0] ? name : `${name}.${build.build.name}`;
  }
}
