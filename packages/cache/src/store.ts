import type { CachePolicy } from './freshness.ts';

/** A namespace, as stores know it. */
export interface NamespaceId {
  readonly kind: string;
  readonly scope: readonly string[];
  /** `kind:scope/joined/by/slash` */
  readonly name: string;
}

/** An entry, as stores keep it. */
export interface StoredEntry {
  readonly key: string;
  readonly generation: number;
  readonly fetchedAt: number;
  /** The limits it was kept under: an entry past all of them goes first when space is short. */
  readonly policy: CachePolicy;
  readonly etag?: string;
  /** The value as JSON text. */
  readonly body: string;
}

/** The right to ask the origin for a key. */
export interface Lease {
  /** False when the lease was taken over, because its owner was thought dead. */
  isHeld(): boolean;
  release(): Promise<void>;
}

export type LeaseAttempt =
  | { readonly status: 'taken'; readonly lease: Lease }
  /** `token` changes when the lease changes hands. */
  | { readonly status: 'held'; readonly token: number | undefined }
  /** There can be no lease here; the origin is asked without. */
  | { readonly status: 'unavailable'; readonly cause: unknown };

/** Something that cost the caching, never the caller. */
export interface StoreProblem {
  readonly code: 'untrusted-entry' | 'corrupt-entry' | 'not-kept' | 'not-invalidated';
  /** One line for the person: what happened, to which file, what to do. */
  readonly message: string;
  readonly path?: string;
  readonly cause?: unknown;
}

export interface Size {
  readonly entries: number;
  /** What they take on the disk. */
  readonly bytes: number;
}

export interface Sweep {
  /** Entries past all their grace periods, of a former generation, or unreadable. */
  readonly expired: number;
  /** Entries that went because space was short, least recently used first. */
  readonly evicted: number;
  /** Temporary files and locks of processes that crashed. */
  readonly orphans: number;
  /** What is left. */
  readonly bytes: number;
}

/**
 * Where the bytes are. What to keep, for how long, and who may ask the origin is decided above it. No method rejects or
 * throws because of the medium: a read that fails is a miss, a write that fails returns false, both are told to the
 * observer.
 */
export interface Store {
  readSync(namespace: NamespaceId, key: string): StoredEntry | undefined;
  read(namespace: NamespaceId, key: string): Promise<StoredEntry | undefined>;
  /** Keeps the entry if the namespace's generation is still the entry's; whether it did. */
  writeIfGeneration(namespace: NamespaceId, entry: StoredEntry): Promise<boolean>;
  delete(namespace: NamespaceId, key: string): Promise<void>;
  generationSync(namespace: NamespaceId): number;
  /** Makes the namespace known, so that a pattern finds it from now on, even if nothing is kept in it yet. */
  registerSync(namespace: NamespaceId): void;
  /** Every namespace that was ever registered or written to. */
  known(): Promise<NamespaceId[]>;
  /** Moves the generation on. Costs the same however many entries there are. */
  bump(namespace: NamespaceId): Promise<void>;
  lease(namespace: NamespaceId, key: string): Promise<LeaseAttempt>;
  size(namespace: NamespaceId): Promise<Size>;
  /** Removes all entries; what they were. */
  clear(namespace: NamespaceId): Promise<Size>;
  sweep(): Promise<Sweep>;
  observe(observer: (problem: StoreProblem) => void): void;
  /** Waits for what runs in the background. */
  close(): Promise<void>;
}
