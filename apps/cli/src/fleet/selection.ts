import type { Vm } from '@azfleet/azure';
import type { Arguments } from '../arguments.ts';
import { CliError, usageError } from '../errors.ts';
import { ExitCode } from '../exit-codes.ts';
import { isGlob } from '../glob.ts';
import { didYouMean } from '../did-you-mean.ts';
import { tagValue, type ListedVm } from './columns.ts';

/** Which machines a command line asks for. */
export interface Selection {
  /** Names, `GROUP/NAME`, resource ids, globs or session names; none means all. */
  readonly selectors: readonly string[];
  readonly excluded: readonly string[];
  readonly groups: readonly string[];
  readonly tags: readonly (readonly [key: string, value: string | undefined])[];
  readonly states: readonly string[];
  readonly locations: readonly string[];
}

const STATES = ['running', 'stopped', 'deallocated', 'starting', 'stopping', 'deallocating', 'unknown'];

/** Reads the selection of a command line. @throws CliError (exit code 2) on a value that cannot be meant */
export function readSelection(args: Arguments, selectors: readonly string[], resourceGroup?: string): Selection {
  const groups = args.values('resource-group');
  if (args.has('all') && selectors.length > 0) {
    throw usageError(`--all and '${selectors[0]}' contradict each other`, 'give one of them');
  }
  return {
    selectors,
    excluded: args.values('exclude'),
    groups: groups.length === 0 && resourceGroup !== undefined ? [resourceGroup] : groups,
    tags: args.values('tag').map(readTag),
    states: args.values('state').map(readState),
    locations: args.values('location').map((location) => location.replaceAll(' ', '').toLowerCase()),
  };
}

function readTag(text: string): readonly [string, string | undefined] {
  const equals = text.indexOf('=');
  if (equals === 0) throw usageError(`--tag '${text}' has no key`, 'write it as KEY or KEY=VALUE');
  return equals === -1 ? [text, undefined] : [text.slice(0, equals), text.slice(equals + 1)];
}

function readState(text: string): string {
  const state = text.toLowerCase();
  if (STATES.includes(state)) return state;
  throw usageError(`--state '${text}' is not a state`, didYouMean(text, STATES) ?? `one of ${STATES.join(', ')}`);
}

/** What a selection finds. */
export interface Selected {
  readonly vms: readonly ListedVm[];
  /** Literal selectors that name no machine. */
  readonly missing: readonly string[];
}

/**
 * Applies the selection. A literal name that fits several machines is refused, since only one can be meant.
 * @throws CliError (exit code 2) naming the candidates
 */
export function select(vms: readonly ListedVm[], selection: Selection): Selected {
  if (isEverything(selection)) return { vms, missing: [] };
  const chosen = new Set<ListedVm>();
  const missing: string[] = [];
  for (const selector of selection.selectors) {
    const found = matching(vms, selector);
    if (found.length === 0 && !isGlob(selector)) missing.push(selector);
    if (found.length > 1 && !isGlob(selector)) throw ambiguous(selector, found);
    for (const vm of found) chosen.add(vm);
  }
  const excluded = new Set(selection.excluded.flatMap((selector) => matching(vms, selector)));
  const named = selection.selectors.length === 0 ? vms : vms.filter((vm) => chosen.has(vm));
  return { vms: named.filter((vm) => !excluded.has(vm) && passes(vm, selection)), missing };
}

function isEverything(selection: Selection): boolean {
  return Object.values(selection).every((wanted: readonly unknown[]) => wanted.length === 0);
}

function matching(vms: readonly ListedVm[], selector: string): ListedVm[] {
  const wanted = selector.toLowerCase();
  if (wanted.startsWith('/subscriptions/')) return vms.filter((vm) => vm.id.toLowerCase() === wanted);
  const slash = wanted.indexOf('/');
  const group = slash === -1 ? undefined : pattern(wanted.slice(0, slash));
  const name = pattern(wanted.slice(slash + 1));
  return vms.filter(
    (vm) =>
      (group === undefined || group(vm.resourceGroup)) &&
      (name(vm.name) || (group === undefined && vm.session !== null && name(vm.session))),
  );
}

function passes(vm: Vm, selection: Selection): boolean {
  return (
    anyOf(selection.groups, (group) => pattern(group.toLowerCase())(vm.resourceGroup)) &&
    anyOf(selection.states, (state) => vm.powerState === state) &&
    anyOf(selection.locations, (location) => vm.location?.toLowerCase() === location) &&
    selection.tags.every(([key, value]) => {
      const actual = tagValue(vm, key);
      return actual !== undefined && (value === undefined || actual === value);
    })
  );
}

function anyOf(wanted: readonly string[], holds: (one: string) => boolean): boolean {
  return wanted.length === 0 || wanted.some(holds);
}

/** A case-insensitive test for a literal or a glob: `*`, `?`, `[a-c]`, `[!a]`. The pattern is in lower case. */
function pattern(glob: string): (text: string) => boolean {
  if (!isGlob(glob)) return (text) => text.toLowerCase() === glob;
  const source = glob.replace(
    /\[(!?)([^\]]+)\]|[*?]|[^*?[]+|\[/g,
    (part, not: string | undefined, set: string | undefined) => {
      if (set !== undefined) return `[${not === '!' ? '^' : ''}${set.replace(/[\\^]/g, '\\$&')}]`;
      if (part === '*') return '.*';
      if (part === '?') return '.';
      return part.replace(/[.+^${}()|\\[\]]/g, '\\$&');
    },
  );
  const expression = new RegExp(`^${source}$`, 's');
  return (text) => expression.test(text.toLowerCase());
}

function ambiguous(selector: string, found: readonly ListedVm[]): CliError {
  const names = found.slice(0, 5).map((vm) => `${vm.resourceGroup}/${vm.name}`);
  const unique = new Set(names).size === names.length ? names : found.slice(0, 5).map((vm) => vm.id);
  const more = found.length > 5 ? ` and ${found.length - 5} more` : '';
  return new CliError('AMBIGUOUS', `'${selector}' fits ${found.length} machines: ${unique.join(', ')}${more}`, {
    exitCode: ExitCode.usage,
    hint: 'name one of them',
  });
}
