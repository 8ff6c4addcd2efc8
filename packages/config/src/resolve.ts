import type { ConfigDefinition, ConfigRequest, LoadedConfig, Origin } from './definition.ts';
import type { Eager } from './eager.ts';
import { ConfigError } from './errors.ts';
import { nearest } from './nearest.ts';
import type { Problem } from './problem.ts';
import { formatKey } from './toml/format.ts';

/** Values by dotted key. */
type FlatValues = Readonly<Record<string, unknown>>;

/** A validated file with its values by dotted key: what it says itself, and what each context says. */
export interface FlatFile {
  readonly defaultContext?: string | undefined;
  /** The line that says so, from 1. */
  readonly defaultContextLine?: number | undefined;
  readonly values: FlatValues;
  readonly contexts: Readonly<Record<string, FlatValues>>;
  readonly warnings: readonly Problem[];
}

/**
 * Decides every value. A context is an overlay of the file: `contexts.work.ssh.port` stands before `ssh.port`.
 *
 * The values are spread over each other, weakest first: a fresh process runs this in the interpreter, where a look at
 * each key would take longer than reading the file. Origins are worked out when they are asked for.
 *
 * @throws {@link ConfigError} `CONFIG_UNKNOWN_CONTEXT`
 */
export const resolve = (<Values extends object>(
  definition: ConfigDefinition<Values>,
  request: ConfigRequest<Values>,
  file: FlatFile,
): LoadedConfig<Values> => {
  const { environment, contextVariable = '' } = definition;
  const { path, env, overrides } = request;
  // An empty variable is one that is not set.
  const fallback = env[contextVariable] || file.defaultContext;
  const context = request.context === null ? undefined : (request.context ?? fallback);
  if (context !== undefined && !Object.hasOwn(file.contexts, context)) {
    throw unknownContext(context, definition, request, file);
  }
  const ofContext = context === undefined ? undefined : file.contexts[context];
  const aboveFile: Record<string, unknown> = {};
  const belowFile: Record<string, unknown> = {};
  for (const key in environment) {
    const binding = environment[key];
    const text = binding && env[binding.variable];
    if (text) (binding.asDefault ? belowFile : aboveFile)[key] = binding.parse(text);
  }
  for (const key in overrides) if (overrides[key] !== undefined) aboveFile[key] = overrides[key];
  const values = { ...definition.defaults, ...belowFile, ...file.values, ...ofContext, ...aboveFile };
  return {
    values,
    get origins() {
      const layers = { overrides, aboveFile, context, ofContext, file: file.values, belowFile };
      return originsOf(definition, layers);
    },
    context,
    contexts: Object.keys(file.contexts),
    path,
    warnings: file.warnings,
  };
}) satisfies Eager;

/** What each layer says, from strongest to weakest. */
interface Layers<Values> {
  readonly overrides: { readonly [Key in keyof Values]?: Values[Key] | undefined } | undefined;
  /** The overrides are among these. */
  readonly aboveFile: FlatValues;
  readonly context: string | undefined;
  readonly ofContext: FlatValues | undefined;
  readonly file: FlatValues;
  readonly belowFile: FlatValues;
}

function originsOf<Values extends object>(
  { defaults, environment }: ConfigDefinition<Values>,
  { overrides, aboveFile, context, ofContext, file, belowFile }: Layers<Values>,
): LoadedConfig<Values>['origins'] {
  const originOf = (key: Extract<keyof Values, string>): Origin => {
    const path = key.split('.');
    const variable = environment?.[key]?.variable ?? '';
    if (overrides?.[key] !== undefined) return { source: 'flag' };
    if (Object.hasOwn(aboveFile, key)) return { source: 'environment', variable };
    if (context !== undefined && ofContext !== undefined && Object.hasOwn(ofContext, key)) {
      return { source: 'context', context, path: [contextsKey, context, ...path] };
    }
    if (Object.hasOwn(file, key)) return { source: 'file', path };
    return Object.hasOwn(belowFile, key) ? { source: 'environment', variable } : { source: 'default' };
  };
  const keys = Object.keys(defaults) as Extract<keyof Values, string>[];
  return Object.fromEntries(keys.map((key) => [key, originOf(key)])) as LoadedConfig<Values>['origins'];
}

function unknownContext(
  name: string,
  { contextVariable = '' }: ConfigDefinition<object>,
  { context, env, path }: ConfigRequest<object>,
  { contexts, defaultContextLine }: FlatFile,
): ConfigError {
  const line = defaultContextLine === undefined ? path : `${path}:${defaultContextLine}`;
  const fromVariable = env[contextVariable] ? `$${contextVariable}` : `${line}: ${defaultContextKey}`;
  const { message, nearest: near } = absentContext(name, Object.keys(contexts));
  return new ConfigError(`${context === undefined ? fromVariable : '--context'}: ${message}`, {
    code: 'CONFIG_UNKNOWN_CONTEXT',
    hint:
      near === undefined ? `Define [contexts.${formatKey(name)}] in ${path}, or name one of its contexts.` : undefined,
  });
}

/** That a context is not there, and the one that was most likely meant. */
export function absentContext(
  name: string,
  known: readonly string[],
): { readonly message: string; readonly nearest: string | undefined } {
  const near = nearest(name, known);
  const others = known.length === 0 ? 'there is none' : `known: ${known.map(formatKey).join(', ')}`;
  const help = near === undefined ? others : `did you mean ${JSON.stringify(near)}?`;
  return { message: `no context named ${JSON.stringify(name)}; ${help}`, nearest: near };
}

/** The names of the tables and keys that make contexts: `default_context = "a"` and `[contexts.a]`. */
export const contextsKey = 'contexts';
export const defaultContextKey = 'default_context';

/** Takes the values of `keys` out of a validated file, and out of each of its contexts. */
export function flatten(
  file: FlatValues,
  keys: readonly string[],
): Pick<FlatFile, 'defaultContext' | 'values' | 'contexts'> {
  const contexts = Object.entries((file[contextsKey] ?? {}) as Readonly<Record<string, FlatValues>>);
  const defaultContext = file[defaultContextKey];
  return {
    ...(typeof defaultContext === 'string' ? { defaultContext } : {}),
    values: valuesOf(file, keys),
    contexts: Object.fromEntries(contexts.map(([name, context]) => [name, valuesOf(context, keys)])),
  };
}

function valuesOf(table: FlatValues, keys: readonly string[]): FlatValues {
  const values: Record<string, unknown> = {};
  for (const key of keys) {
    const value = valueAt(table, key.split('.'));
    if (value !== undefined) values[key] = value;
  }
  return values;
}

function valueAt(table: FlatValues, path: readonly string[]): unknown {
  let value: unknown = table;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as FlatValues)[key];
  }
  return value;
}
