export { BenchError, type BenchErrorCode } from '../errors.ts';
export { parseResult, readResult } from './read-result.ts';
export type { BenchmarkResult, Build, Environment, ResultFile, SuiteOutcome } from './result.ts';
export { writeResult } from './write-result.ts';
