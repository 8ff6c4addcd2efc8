export type { Clock } from './clock.ts';
export type { CallContext, TaskContext } from './context.ts';
export { ExecutorError, type ExecutorErrorCode } from './errors.ts';
export type { ExecutorEvent, Progress } from './events.ts';
export { Executor, type Results } from './executor.ts';
export type { LaneView } from './lane.ts';
export type { Task } from './map-run.ts';
export type {
  ExecutorOptions,
  HaltOptions,
  MapOptions,
  RetryOptions,
  RunOptions,
  Share,
  TimeoutOptions,
} from './options.ts';
export type { Result, Status } from './result.ts';
export type { Input } from './source.ts';
export type { ExecutorState, LaneState } from './state.ts';
