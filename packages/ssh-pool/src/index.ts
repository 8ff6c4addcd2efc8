export type { Clock } from './clock.ts';
export type { ByteStream, Connector } from './connection/connector.ts';
export { type HostKeyProblem, SshPoolError, type SshPoolErrorCode } from './errors.ts';
export type { ExecOptions, ExecRequest, ExecResult, ExecTimings, Execution } from './exec/request.ts';
export type { PassphrasePrompt, PassphraseQuestion } from './identities/prompt.ts';
export type { SshPoolOptions, TimeLimits } from './pool/options.ts';
export { SshPool, type SshPoolStats } from './pool/ssh-pool.ts';
export type { HostKeyPolicy, Target } from './target.ts';
