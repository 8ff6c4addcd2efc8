export { BenchError, type BenchErrorCode } from './errors.ts';
export { type ProcessOptions, type ProcessRun, runProcess } from './suite/process.ts';
export type {
  Comparison,
  Counts,
  Measured,
  MissingSide,
  OpenComparison,
  OpenSuite,
  OperationSide,
  Side,
  Suite,
  SuiteContext,
  WholeSide,
} from './suite/suite.ts';
export { suite } from './suite/suite.ts';
