import type { CachePolicy } from './freshness.ts';
import type { StoredEntry } from './store.ts';

/*
 * An entry's file: one line of JSON that says everything but the value, then the value as JSON. Sweeping reads the
 * first line only, and a file that is shorter or longer than the line says was not written to its end.
 */

const format = 1;
const newline = 10;

interface Header {
  format: number;
  key: string;
  generation: number;
  fetchedAt: number;
  policy: CachePolicy;
  etag?: string;
  bytes: number;
}

export type EntryHeader = Omit<StoredEntry, 'body'>;

export function formatEntry(entry: StoredEntry): { text: string; bytes: number } {
  const bodyBytes = Buffer.byteLength(entry.body);
  const header: Header = {
    format,
    key: entry.key,
    generation: entry.generation,
    fetchedAt: entry.fetchedAt,
    policy: entry.policy,
    ...(entry.etag === undefined ? {} : { etag: entry.etag }),
    bytes: bodyBytes,
  };
  const line = `${JSON.stringify(header)}\n`;
  return { text: line + entry.body, bytes: Buffer.byteLength(line) + bodyBytes };
}

/** Undefined for anything but a whole entry. The body is not parsed. */
export function parseEntry(bytes: Uint8Array): StoredEntry | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = buffer.indexOf(newline);
  const header = end < 0 ? undefined : parseLine(buffer.toString('utf8', 0, end));
  if (header === undefined || header.bytes !== buffer.length - end - 1) return undefined;
  return { ...known(header), body: buffer.toString('utf8', end + 1) };
}

/** The header of a file of `size` bytes that begins with `bytes`; undefined when it does not check out. */
export function parseHeader(bytes: Uint8Array, size: number): EntryHeader | undefined {
  const end = bytes.indexOf(newline);
  const header = end < 0 ? undefined : parseLine(Buffer.from(bytes.subarray(0, end)).toString('utf8'));
  return header === undefined || header.bytes !== size - end - 1 ? undefined : known(header);
}

function parseLine(line: string): Header | undefined {
  try {
    const header = JSON.parse(line) as Partial<Header> | null;
    const valid =
      header?.format === format &&
      typeof header.key === 'string' &&
      isFinite(header.generation) &&
      isFinite(header.fetchedAt) &&
      isPolicy(header.policy) &&
      isFinite(header.bytes) &&
      (header.etag === undefined || typeof header.etag === 'string');
    return valid ? (header as Header) : undefined;
  } catch {
    return undefined;
  }
}

function isFinite(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isPolicy(value: unknown): value is CachePolicy {
  const policy = value as Partial<CachePolicy> | null | undefined;
  return [policy?.freshMs, policy?.staleWhileRevalidateMs ?? 0, policy?.staleIfErrorMs ?? 0].every(isFinite);
}

function known(header: Header): EntryHeader {
  const { key, generation, fetchedAt, policy, etag } = header;
  return { key, generation, fetchedAt, policy, ...(etag === undefined ? {} : { etag }) };
}
