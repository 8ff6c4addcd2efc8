import type { MissingSide, SuiteContext } from '@azfleet/bench';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { peerAddress } from '../support/peer-address.ts';

/** A store as its adapter in `stores/` opens it. */
export interface Store {
  get(key: string): unknown;
  /** Where it has a way that blocks. */
  getSync?(key: string): unknown;
  set(key: string, value: unknown): unknown;
  close(): unknown;
}

/** A store that is installed. */
export interface StoreKind {
  readonly name: string;
  /** Of the modules that it is made of: child processes import them by these. */
  readonly addresses: readonly string[];
}

export type Stores = readonly (StoreKind | MissingSide)[];

/** Those that can be had elsewhere, and the packages that they are made of. */
const modules: Readonly<Record<string, readonly string[]>> = {
  sqlite: ['node:sqlite'],
  cacache: ['cacache'],
  'keyv-file': ['keyv', 'keyv-file'],
  'flat-cache': ['flat-cache'],
  lmdb: ['lmdb'],
};

/** azfleet's, what there is to do without any, and the others. */
export async function findStores(context: SuiteContext): Promise<Stores> {
  const peers = Object.entries(modules).map(([name, packages]) => findPeer(context, name, packages));
  const azfleet = { name: 'azfleet', addresses: [import.meta.resolve('@azfleet/cache')] };
  return [azfleet, { name: 'plain', addresses: [] }, ...(await Promise.all(peers))];
}

async function findPeer(
  context: SuiteContext,
  name: string,
  packages: readonly string[],
): Promise<StoreKind | MissingSide> {
  const addresses = await Promise.all(packages.map((wanted) => addressOf(context, wanted)));
  const isHere = addresses.every((address) => address !== undefined);
  if (isHere) return { name, addresses };
  const remedy = name === 'sqlite' ? 'needs Node 22.13 or later' : `not installed (npm install ${packages.join(' ')})`;
  return { name, missing: remedy };
}

async function addressOf(context: SuiteContext, name: string): Promise<string | undefined> {
  if (!name.startsWith('node:')) return await peerAddress(context, name);
  return await import(name).then(
    () => name,
    () => undefined,
  );
}

/** Opens a store in this process. It is at home in a folder below `directory`. */
export async function openStore(directory: string, { name, addresses }: StoreKind, entries: number): Promise<Store> {
  const adapter = pathToFileURL(join(import.meta.dirname, `stores/${name}.mjs`)).href;
  const { open } = (await import(adapter)) as { open: (where: object) => Promise<Store> };
  return await open({ directory: join(directory, name), entries, addresses });
}
