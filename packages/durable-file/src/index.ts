export { type AtomicWriteOptions, writeAtomic, writeAtomicSync } from './atomic-write.ts';
export { type BoundedAppendOptions, appendRecordSync, readRecordsSync } from './bounded-append.ts';
export {
  type BytesRead,
  type CheckedReadOptions,
  type ReadRefusal,
  type Refused,
  type TextRead,
  readCheckedBytes,
  readCheckedBytesSync,
  readCheckedText,
  readCheckedTextSync,
} from './checked-read.ts';
export { type Clock, systemClock } from './clock.ts';
export { DurableFileError, type DurableFileErrorCode } from './errors.ts';
export type { FileLock } from './file-lock.ts';
export { type FileIdentity, fileIdentitySync, isRacy, sameIdentity } from './identity.ts';
export { type LockOptions, type LockWaitOptions, type Locked, type NotLocked, lock, tryLock } from './lock.ts';
export { createPrivateDirectory, createPrivateDirectorySync } from './private-directory.ts';
export { isTemporaryName } from './temporary-name.ts';
