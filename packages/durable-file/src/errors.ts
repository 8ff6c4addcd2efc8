const brand = Symbol.for('azfleet.durable-file.error');

/** What went wrong, as a literal that programs can compare. */
export type DurableFileErrorCode =
  | 'ERR_FILE_BUSY'
  | 'ERR_DISK_FULL'
  | 'ERR_NOT_WRITABLE'
  | 'ERR_NO_DIRECTORY'
  | 'ERR_UNTRUSTED_FILE'
  | 'ERR_INVALID_RECORD'
  | 'ERR_WRITE_FAILED';

const hints: Record<DurableFileErrorCode, string> = {
  ERR_FILE_BUSY: 'Another program has the file open; close it and try again.',
  ERR_DISK_FULL: 'Free some space on the disk, or raise the quota, and try again.',
  ERR_NOT_WRITABLE: 'Check who owns the file and its directory, and whether the file system is mounted read-only.',
  ERR_NO_DIRECTORY: 'Create the directory first.',
  ERR_UNTRUSTED_FILE: 'The file must be a plain file of your own that nobody else can write; move it away.',
  ERR_INVALID_RECORD: 'A record is one line and fits into the file.',
  ERR_WRITE_FAILED: 'See the cause.',
};

/** The one error class of this package. `instanceof` holds for errors of another installed copy, too. */
export class DurableFileError extends Error {
  override readonly name = 'DurableFileError';
  readonly code: DurableFileErrorCode;
  /** What the person can do about it. */
  readonly hint: string;
  /** The file that could not be written. */
  readonly path: string;

  constructor(code: DurableFileErrorCode, message: string, path: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.hint = hints[code];
    this.path = path;
    Object.defineProperty(this, brand, { value: true });
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && brand in value;
  }
}

/** The `code` of a system error, such as ENOENT. */
export function systemCode(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null | undefined)?.code;
  return typeof code === 'string' ? code : undefined;
}

/** A failed write as a {@link DurableFileError} that says why in words. */
export function writeError(path: string, cause: unknown): DurableFileError {
  if (cause instanceof DurableFileError) return cause;
  const code = writeErrorCode(systemCode(cause));
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new DurableFileError(code, `Could not write ${path}: ${reason}`, path, cause);
}

function writeErrorCode(code = ''): DurableFileErrorCode {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'ERR_DISK_FULL';
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return 'ERR_NOT_WRITABLE';
    case 'EBUSY':
      return 'ERR_FILE_BUSY';
    case 'ENOENT':
    case 'ENOTDIR':
      return 'ERR_NO_DIRECTORY';
    default:
      return 'ERR_WRITE_FAILED';
  }
}
