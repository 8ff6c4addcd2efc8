import type { Fleet, Vm } from '@azfleet/azure';
import type { Names } from '@azfleet/config';
import { didYouMean } from '../did-you-mean.ts';
import { usageError, withHint } from '../errors.ts';
import type { Settings } from '../settings/settings.ts';
import type { ListedVm } from './columns.ts';

/** The records themselves, with one member more: a thousand copies would cost a warm listing milliseconds. */
export function withSessions(vms: Vm[], sessions?: Names): ListedVm[] {
  const named = sessions === undefined || sessions.isEmpty ? undefined : sessions;
  for (const vm of vms as (Vm & { session: string | null })[]) vm.session = named?.namesOf(vm.id)[0] ?? null;
  return vms as ListedVm[];
}

/** What the user typed, with session names replaced by the ids of their machines. */
export interface ResolvedSelectors {
  readonly selectors: readonly string[];
  /** The session names that were replaced, by id. */
  readonly names: ReadonlyMap<string, string>;
}

/** @throws CliError (exit code 2) where a word is both a machine's name and a session for another machine */
export function resolveSessions(words: readonly string[], sessions: Names, vms: readonly Vm[]): ResolvedSelectors {
  const names = new Map<string, string>();
  const selectors = words.map((word) => {
    const id = sessions.get(word);
    if (id === undefined) return word;
    const namesake = vms.find((vm) => sameText(vm.name, word) && !sameText(vm.id, id));
    if (namesake !== undefined) throw ambiguous(word, namesake, id);
    names.set(id, word);
    return id;
  });
  return { selectors, names };
}

function ambiguous(word: string, { id, resourceGroup, name }: Vm, sessionId: string): Error {
  const session = machineOfId(sessionId);
  const candidates = `the machine ${resourceGroup}/${name} and the session for ${session.resourceGroup}/${session.name}`;
  return usageError(`'${word}' is two things: ${candidates}`, `name one of them by GROUP/NAME or id (${id})`);
}

/** What is known of a machine that was named and is not there. */
export interface MissingMachine {
  readonly fleet: Fleet;
  readonly all: readonly ListedVm[];
  readonly settings: Settings;
  readonly sessionNames: ReadonlyMap<string, string>;
}

/** Why a selector names no machine, and what to do about it. */
export function explainMissing(selector: string, found: MissingMachine): { message: string; hint: string | undefined } {
  const session = found.sessionNames.get(selector);
  if (session === undefined) {
    const near = didYouMean(selector, [...new Set(found.all.map((vm) => vm.name))]);
    return { message: `no machine is called '${selector}'`, hint: near };
  }
  const { name, resourceGroup } = machineOfId(selector);
  const machine = `the machine ${resourceGroup}/${name} of session '${session}'`;
  if (!isGone(selector, found))
    return { message: `${machine} is not in what was listed`, hint: 'name its subscription with -s' };
  return { message: `${machine} is gone`, hint: `remove the name with: azfleet session unset ${session}` };
}

/** {@link explainMissing} in one line. */
export function missingLine(selector: string, found: MissingMachine): string {
  const { message, hint } = explainMissing(selector, found);
  return withHint(message, hint ?? "see 'azfleet list', or ask Azure now with --refresh");
}

/** Whether a machine would be in the listing if it existed: its whole subscription was listed. */
export function isGone(id: string, { fleet, settings, all }: Omit<MissingMachine, 'sessionNames'>): boolean {
  const subscription = id.split('/')[2] ?? '';
  const isListed = fleet.parts.some((part) => part.kind === 'vm-list' && sameText(part.subscriptionId, subscription));
  const failed = fleet.errors.some((error) => error.kind === 'vm-list' && sameText(error.subscriptionId, subscription));
  const { resourceGroup } = settings;
  const isOtherGroup = resourceGroup !== undefined && !sameText(resourceGroup, machineOfId(id).resourceGroup);
  return isListed && !failed && !isOtherGroup && !all.some((vm) => sameText(vm.id, id));
}

/** The parts of `/subscriptions/S/resourceGroups/G/providers/Microsoft.Compute/virtualMachines/N`. */
export function machineOfId(id: string): { resourceGroup: string; name: string } {
  const segments = id.split('/');
  return { resourceGroup: segments[4] ?? '', name: segments[8] ?? '' };
}

function sameText(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
