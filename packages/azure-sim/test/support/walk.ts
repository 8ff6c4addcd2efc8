import type { AzureSim } from '../../src/index.ts';
import { ask, tokenOf } from './http.ts';

export interface Walk {
  readonly names: readonly string[];
  /** The `nextLink`s, in order. */
  readonly links: readonly string[];
}

/** Follows a list to its end. `between` is called after each page. */
export async function walk(sim: AzureSim, first: string, between: (page: number) => void = () => {}): Promise<Walk> {
  const token = await tokenOf(sim);
  const names: string[] = [];
  const links: string[] = [];
  let next: string | undefined = first;
  while (next !== undefined) {
    const { status, body, text } = await ask(sim, next, { token });
    if (status !== 200) throw new Error(`${status} ${text}`);
    names.push(...(body.value as { name: string }[]).map(({ name }) => name));
    next = body.nextLink as string | undefined;
    if (next !== undefined) links.push(next);
    between(links.length);
  }
  return { names, links };
}
