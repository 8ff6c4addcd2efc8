/** What `runProcess` is to find out about the processes of this repetition, besides their time. */
export interface Observation {
  /** Peak memory and CPU time. Never in a repetition that is timed. */
  probing: boolean;
  /** Profiles of the processes, beginning with this path. */
  profile: ProfilePlan | undefined;
  /** Processes that were started since it was last set to 0. */
  processes: number;
}

interface ProfilePlan {
  readonly directory: string;
  /** Of the file, without its extension. */
  readonly name: string;
  readonly cpu: boolean;
  readonly heap: boolean;
}

const KEY = Symbol.for('@azfleet/bench.observation');

/** The one of this process: the runner sets it, and `runProcess` reads it, from whichever copy of the package. */
export function observation(): Observation {
  const holder = globalThis as { [KEY]?: Observation };
  holder[KEY] ??= { probing: false, profile: undefined, processes: 0 };
  return holder[KEY];
}
