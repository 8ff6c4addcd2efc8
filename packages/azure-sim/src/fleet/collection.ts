import { idKey } from './ids.ts';

/** A resource in a list. `sequence` is its place in every list, and stays while it lives. */
export interface Listed {
  readonly id: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly sequence: number;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Where the next page starts: after this sequence. `undefined`: there is none. */
  readonly next: number | undefined;
}

/**
 * Resources of one type, in order, by subscription and by group. A page is found by binary search, so that walking a
 * list is linear, and resources that come and go between two pages neither repeat nor hide another one.
 */
export class Collection<T extends Listed> {
  readonly #byId = new Map<string, T>();
  readonly #lists = new Map<string, T[]>();

  get(id: string): T | undefined {
    return this.#byId.get(idKey(id));
  }

  insert(item: T): void {
    this.#byId.set(idKey(item.id), item);
    for (const list of this.#listsOf(item)) {
      const last = list.at(-1);
      if (last === undefined || last.sequence < item.sequence) list.push(item);
      else list.splice(firstAfter(list, item.sequence), 0, item);
    }
  }

  remove(item: T): void {
    this.#byId.delete(idKey(item.id));
    for (const list of this.#listsOf(item)) list.splice(firstAfter(list, item.sequence) - 1, 1);
  }

  all(subscriptionId: string, resourceGroup?: string): readonly T[] {
    return this.#lists.get(listKey(subscriptionId, resourceGroup)) ?? [];
  }

  page(scope: { subscriptionId: string; resourceGroup?: string | undefined }, after: number, size: number): Page<T> {
    const list = this.all(scope.subscriptionId, scope.resourceGroup);
    const start = firstAfter(list, after);
    const items = list.slice(start, start + size);
    return { items, next: start + size < list.length ? items.at(-1)?.sequence : undefined };
  }

  #listsOf(item: T): T[][] {
    return [listKey(item.subscriptionId), listKey(item.subscriptionId, item.resourceGroup)].map((key) => {
      const list = this.#lists.get(key) ?? [];
      this.#lists.set(key, list);
      return list;
    });
  }
}

function listKey(subscriptionId: string, resourceGroup?: string): string {
  return resourceGroup === undefined ? subscriptionId : `${subscriptionId}/${resourceGroup.toLowerCase()}`;
}

function firstAfter(list: readonly Listed[], sequence: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle]?.sequence ?? 0) <= sequence) low = middle + 1;
    else high = middle;
  }
  return low;
}
