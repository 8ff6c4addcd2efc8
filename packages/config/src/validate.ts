import { nearest } from './nearest.ts';
import { childOf, choicesOf, type ConfigSchema, isTable, type SchemaNode, schemaTree } from './schema.ts';

/** What a schema finds wrong with one value. */
export interface Finding {
  readonly path: readonly (string | number)[];
  /** A phrase: `a whole number from 1 to 65535`. */
  readonly expected: string;
  readonly input: unknown;
  readonly isMissing: boolean;
}

/** The properties of valibot's issues that this module reads. */
interface Issue {
  readonly message: string;
  readonly expected: string | null;
  readonly received: string;
  readonly input: unknown;
  readonly path?: readonly { readonly key: string | number }[];
}

type Validation =
  | { readonly value: unknown; readonly findings?: undefined }
  | { readonly findings: readonly Finding[]; readonly value?: undefined };

/** Validates a value: what the schema makes of it, or everything that is wrong with it. */
export function validate(schema: ConfigSchema, value: unknown): Validation {
  const misplaced = [...misplacedTables(schemaTree(schema), value, [])];
  const result = schema['~standard'].validate(value);
  if (result instanceof Promise) throw new TypeError('Expected a schema without asynchronous validation');
  if (result.issues === undefined && misplaced.length === 0) return { value: result.value };
  const findings = ((result.issues ?? []) as readonly Issue[]).map((issue): Finding => ({
    path: (issue.path ?? []).map((item) => item.key),
    expected: expectation(issue),
    input: issue.input,
    isMissing: issue.received === 'undefined',
  }));
  return { findings: withoutRepetition([...misplaced, ...findings]) };
}

/** Several checks of one value may expect the same. */
function withoutRepetition(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((finding) => [JSON.stringify([finding.path, finding.expected]), finding])).values()];
}

/** Valibot takes lists and dates for tables, as JavaScript does. */
function* misplacedTables(schema: SchemaNode, value: unknown, path: readonly (string | number)[]): Generator<Finding> {
  if (typeof value !== 'object' || value === null) return;
  if (isTable(schema) && (Array.isArray(value) || value instanceof Date)) {
    yield { path, expected: 'a table', input: value, isMissing: false };
    return;
  }
  for (const [name, member] of Object.entries(value)) {
    const key = Array.isArray(value) ? Number(name) : name;
    const child = childOf(schema, key);
    if (typeof child !== 'string') yield* misplacedTables(child, member, [...path, key]);
  }
}

const articles: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  boolean: 'true or false',
  Object: 'a table',
  Array: 'a list',
  Date: 'a date',
};

/**
 * A message given in the schema is the phrase for what is expected. Valibot's own message is "Invalid type: Expected x
 * but received y": of that, x.
 */
function expectation({ message, expected }: Issue): string {
  if (!message.startsWith('Invalid ') || expected === null) return message;
  return articles[expected] ?? expected.replace(/^\((.*)\)$/, '$1').replaceAll(' | ', ' or ');
}

/** The choice of the schema that a text was most likely meant to be. */
export function nearestChoice(node: SchemaNode | undefined, input: unknown): string | undefined {
  return node === undefined || typeof input !== 'string' ? undefined : nearest(input, choicesOf(node));
}

/** `expected a number, got "x"; did you mean …?` */
export function mismatch(expected: string, text: string, near: string | undefined): string {
  return `expected ${expected}, got ${text}${near === undefined ? '' : `; did you mean ${JSON.stringify(near)}?`}`;
}
