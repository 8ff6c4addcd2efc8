/**
 * The schema of a configuration file: a valibot 1.x schema of an object.
 *
 * Only this much of it is part of the types, so that nothing depends on valibot's own types. Its validation goes through
 * the Standard Schema interface (standardschema.dev); which keys it knows is read from valibot's documented properties
 * (`entries`, `wrapped`, `value`, `item`, `options`).
 */
export interface ConfigSchema<Output = unknown> {
  readonly '~standard': {
    readonly vendor: string;
    readonly validate: (value: unknown) => SchemaResult<Output> | Promise<SchemaResult<Output>>;
  };
}

type SchemaResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly { readonly message: string }[] };

/** The properties of valibot's schemas that this package reads. */
export interface SchemaNode {
  readonly type: string;
  readonly entries?: Readonly<Record<string, SchemaNode>>;
  readonly rest?: SchemaNode;
  readonly wrapped?: SchemaNode;
  /** Of a record: the schema of its values. */
  readonly value?: SchemaNode;
  readonly item?: SchemaNode;
  /** Of a union: schemas. Of a picklist: the literals themselves. */
  readonly options?: readonly unknown[];
  readonly literal?: unknown;
}

/** The schema as the tree that valibot makes of it. */
export function schemaTree(schema: ConfigSchema): SchemaNode {
  const node = schema as unknown as Partial<SchemaNode>;
  if (schema['~standard'].vendor !== 'valibot' || typeof node.type !== 'string') {
    throw new TypeError(`Expected the schema to be made with valibot, got one of ${schema['~standard'].vendor}`);
  }
  return node as SchemaNode;
}

/** Undoes `optional`, `nullable` and their like. */
function unwrap(node: SchemaNode): SchemaNode {
  return node.wrapped === undefined ? node : unwrap(node.wrapped);
}

/** The schema's alternatives: the options of a union, or the schema itself. */
export function alternatives(node: SchemaNode): readonly SchemaNode[] {
  const plain = unwrap(node);
  const isChoice = plain.type === 'union' || plain.type === 'variant' || plain.type === 'intersect';
  return isChoice ? (plain.options as readonly SchemaNode[]).flatMap(alternatives) : [plain];
}

/** What a schema says about one key: the schema of its value, that any value will do, or that there is no such key. */
export function childOf(node: SchemaNode, key: string | number): SchemaNode | 'any' | 'unknown' {
  let isTable = false;
  for (const alternative of alternatives(node)) {
    const { entries, item, rest, value, type } = alternative;
    if (entries !== undefined && Object.hasOwn(entries, key)) return entries[key] as SchemaNode;
    if (type === 'record' && value !== undefined) return value;
    if (item !== undefined && typeof key === 'number') return item;
    if (rest !== undefined) return rest;
    if (type === 'loose_object') return 'any';
    isTable ||= entries !== undefined;
  }
  return isTable ? 'unknown' : 'any';
}

/** The keys that a table of this schema can have; a record's names are not known. */
export function keysOf(node: SchemaNode): string[] {
  return alternatives(node).flatMap((alternative) => Object.keys(alternative.entries ?? {}));
}

/** The texts that a value of this schema can be, where they are listed: of a picklist, or of literals in a union. */
export function choicesOf(node: SchemaNode): string[] {
  return alternatives(node)
    .flatMap((alternative) => (alternative.type === 'picklist' ? (alternative.options ?? []) : [alternative.literal]))
    .filter((choice): choice is string => typeof choice === 'string');
}

/** Whether all that the schema takes are tables. */
export function isTable(node: SchemaNode): boolean {
  return alternatives(node).every((alternative) => alternative.entries !== undefined || alternative.type === 'record');
}
