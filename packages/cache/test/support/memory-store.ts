import type { LeaseAttempt, NamespaceId, Size, Store, StoredEntry, Sweep } from '../../src/index.ts';

/** A store in memory, which caches of one process can share: the least that a {@link Store} has to do. */
export class MemoryStore implements Store {
  readonly #namespaces = new Map<string, { id: NamespaceId; generation: number; entries: Map<string, StoredEntry> }>();
  readonly #leases = new Set<string>();

  readSync(namespace: NamespaceId, key: string): StoredEntry | undefined {
    return this.#of(namespace).entries.get(key);
  }

  async read(namespace: NamespaceId, key: string): Promise<StoredEntry | undefined> {
    return this.readSync(namespace, key);
  }

  async writeIfGeneration(namespace: NamespaceId, entry: StoredEntry): Promise<boolean> {
    const { generation, entries } = this.#of(namespace);
    if (generation !== entry.generation) return false;
    entries.set(entry.key, entry);
    return true;
  }

  async delete(namespace: NamespaceId, key: string): Promise<void> {
    this.#of(namespace).entries.delete(key);
  }

  generationSync(namespace: NamespaceId): number {
    return this.#of(namespace).generation;
  }

  registerSync(namespace: NamespaceId): void {
    this.#of(namespace);
  }

  async known(): Promise<NamespaceId[]> {
    return [...this.#namespaces.values()].map(({ id }) => id);
  }

  async bump(namespace: NamespaceId): Promise<void> {
    this.#of(namespace).generation += 1;
  }

  async lease(namespace: NamespaceId, key: string): Promise<LeaseAttempt> {
    const name = `${namespace.name} ${key}`;
    if (this.#leases.has(name)) return { status: 'held', token: undefined };
    this.#leases.add(name);
    const release = async (): Promise<void> => void this.#leases.delete(name);
    return { status: 'taken', lease: { isHeld: () => this.#leases.has(name), release } };
  }

  async size(namespace: NamespaceId): Promise<Size> {
    const { entries } = this.#of(namespace);
    return { entries: entries.size, bytes: [...entries.values()].reduce((sum, { body }) => sum + body.length, 0) };
  }

  async clear(namespace: NamespaceId): Promise<Size> {
    const size = await this.size(namespace);
    await this.bump(namespace);
    this.#of(namespace).entries.clear();
    return size;
  }

  async sweep(): Promise<Sweep> {
    return { expired: 0, evicted: 0, orphans: 0, bytes: 0 };
  }

  observe(): void {
    // Memory has no problems.
  }

  async close(): Promise<void> {
    // Nothing runs in the background.
  }

  #of(id: NamespaceId): { id: NamespaceId; generation: number; entries: Map<string, StoredEntry> } {
    let namespace = this.#namespaces.get(id.name);
    if (namespace === undefined) {
      namespace = { id, generation: 0, entries: new Map() };
      this.#namespaces.set(id.name, namespace);
    }
    return namespace;
  }
}
