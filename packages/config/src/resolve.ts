import { ConfigError } from './errors.ts';
import { nearest } from './nearest.ts';
import { formatKey } from './toml/format.ts';

/**
 * Where a value came from. Precedence: flag > environment > context > file > default. `path` is that of the key in the
 * file.
 */
export type Origin =
  | { readonly source: 'flag' }
  | { readonly source: 'environment'; readonly variable: string }
  | { readonly source: 'context'; readonly context: string; readonly path: readonly string[] }
  | { readonly source: 'file'; readonly path: readonly string[] }
  | { readonly source: 'default' };

/** Environment variables; `process.env` is one. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** An environment variable that sets a value. An empty one counts as unset. */
export interface EnvironmentBinding<Value> {
  readonly variable: string;
  /** Reads the variable's text. */
  readonly parse: (text: string) => Value;
  /**
   * The variable only takes the place of the default: what a context or the file says stands before it.
   *
   * @default false
   */
  readonly asDefault?: boolean;
}

/** Values by dotted key, each with its origin. */
export interface Resolved<Values> {
  readonly values: Values;
  readonly origins: { readonly [Key in keyof Values]: Origin };
  /** The context in use. */
  readonly context: string | undefined;
  /** The names of all contexts. */
  readonly contexts: readonly string[];
}

/** Values by dotted key. */
export type FlatValues = Readonly<Record<string, unknown>>;

/** A validated file with its values by dotted key: what it says itself, and what each context says. */
export interface FlatFile {
  readonly defaultContext?: string | undefined;
  /** The line that says so, from 1. */
  readonly defaultContextLine?: number | undefined;
  readonly values: FlatValues;
  readonly contexts: Readonly<Record<string, FlatValues>>;
}

/** The layers, from strongest to weakest. */
export interface Layers {
  readonly overrides: FlatValues;
  readonly env: Environment;
  readonly environment: Readonly<Record<string, EnvironmentBinding<unknown> | undefined>>;
  /** The context that a flag names; null for none, whatever the variable and the file say. */
  readonly context: string | null | undefined;
  readonly contextVariable: string | undefined;
  readonly file: FlatFile;
  /** What to call the file in errors. */
  readonly path: string;
  readonly defaults: FlatValues;
}

/**
 * Decides every value. A context is an overlay of the file: `contexts.work.ssh.port` stands before `ssh.port`.
 *
 * The values are spread over each other, weakest first: a fresh process runs this in the interpreter, where a look at
 * each key would take longer than reading the file. Origins are worked out when they are asked for.
 *
 * @throws {@link ConfigError} `CONFIG_UNKNOWN_CONTEXT`
 */
export function resolve(layers: Layers): Resolved<FlatValues> {
  const { file, defaults } = layers;
  const contexts = Object.keys(file.contexts);
  const context = selectContext(layers, contexts);
  const ofContext = context === undefined ? {} : (file.contexts[context] ?? {});
  const overrides = defined(layers.overrides);
  const variables = environmentValues(layers, false);
  const variableDefaults = environmentValues(layers, true);
  return {
    values: { ...defaults, ...variableDefaults, ...file.values, ...ofContext, ...variables, ...overrides },
    get origins() {
      return originsOf(layers, context, { ofContext, overrides, variables, variableDefaults });
    },
    context,
    contexts,
  };
}

function originsOf(
  { file, environment, defaults }: Layers,
  context: string | undefined,
  { ofContext, overrides, variables, variableDefaults }: Readonly<Record<string, FlatValues>>,
): Readonly<Record<string, Origin>> {
  const has = (values: FlatValues | undefined, key: string): boolean =>
    values !== undefined && Object.hasOwn(values, key);
  const originOf = (key: string): Origin => {
    const path = key.split('.');
    const variable = environment[key]?.variable ?? '';
    if (has(overrides, key)) return { source: 'flag' };
    if (has(variables, key)) return { source: 'environment', variable };
    if (context !== undefined && has(ofContext, key)) {
      return { source: 'context', context, path: [contextsKey, context, ...path] };
    }
    if (has(file.values, key)) return { source: 'file', path };
    return has(variableDefaults, key) ? { source: 'environment', variable } : { source: 'default' };
  };
  return Object.fromEntries(Object.keys(defaults).map((key) => [key, originOf(key)]));
}

function defined(values: FlatValues): FlatValues {
  const given: Record<string, unknown> = {};
  for (const key of Object.keys(values)) if (values[key] !== undefined) given[key] = values[key];
  return given;
}

function environmentValues({ environment, env }: Layers, asDefault: boolean): FlatValues {
  const values: Record<string, unknown> = {};
  for (const key of Object.keys(environment)) {
    const binding = environment[key];
    const text = binding === undefined ? undefined : env[binding.variable];
    if (binding === undefined || text === undefined || text === '') continue;
    if ((binding.asDefault ?? false) === asDefault) values[key] = binding.parse(text);
  }
  return values;
}

function selectContext(
  { context, contextVariable = '', env, file, path }: Layers,
  known: readonly string[],
): string | undefined {
  // An empty variable is one that is not set.
  const name = context === null ? undefined : (context ?? (env[contextVariable] || file.defaultContext));
  if (name === undefined || known.includes(name)) return name;
  const line = file.defaultContextLine === undefined ? path : `${path}:${file.defaultContextLine}`;
  const fromVariable = env[contextVariable] ? `$${contextVariable}` : `${line}: ${defaultContextKey}`;
  throw unknownContext(name, context === undefined ? fromVariable : '--context', path, known);
}

function unknownContext(name: string, from: string, path: string, known: readonly string[]): ConfigError {
  const { message, nearest: near } = absentContext(name, known);
  return new ConfigError(`${from}: ${message}`, {
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
export function flatten(file: FlatValues, keys: readonly string[]): FlatFile {
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
