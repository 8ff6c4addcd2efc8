/** Parsing and validation. This module loads the TOML parser: import it only when a file has to be parsed. */
import { invalidConfig } from './errors.ts';
import { nearestKey, schemaAt } from './known-key.ts';
import type { Problem } from './problem.ts';
import { childOf, type ConfigSchema, isTable, type SchemaNode, schemaTree } from './schema.ts';
import { formatPath } from './toml/format.ts';
import { Locator } from './toml/locate.ts';
import type { TomlPath } from './toml/scan.ts';
import { readToml } from './toml/syntax.ts';
import { type Finding, mismatch, nearestChoice, validate } from './validate.ts';

/** A document that is valid, and what is odd about it all the same. */
export interface ParsedConfig {
  /** What the schema made of the document. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Keys that the schema does not know. */
  readonly warnings: readonly Problem[];
  /** Where its keys stand. */
  readonly locator: Locator;
}

/** A document with everything that is wrong and odd about it, in its order. */
export interface JudgedConfig {
  /** What could be read of the document. */
  readonly data: Readonly<Record<string, unknown>>;
  /** What the schema made of the document; empty where there are problems. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Lines that are not TOML. Nothing is certain of a document that has any. */
  readonly syntax: readonly Problem[];
  /** All that makes the document invalid, `syntax` included. */
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
  readonly locator: Locator;
}

/**
 * Parses and validates a configuration.
 *
 * @param source - what to call the document in problems: its path
 * @throws {@link ConfigError} `CONFIG_INVALID` with every problem there is, unknown keys too
 */
export function parseConfig(text: string, source: string, schema: ConfigSchema): ParsedConfig {
  const { values, problems, warnings, locator } = judgeConfig(text, source, schema);
  assertValid(problems, warnings);
  return { values, warnings, locator };
}

/** @throws {@link ConfigError} `CONFIG_INVALID` with the warnings among the problems, if there is a problem */
export function assertValid(problems: readonly Problem[], warnings: readonly Problem[]): void {
  if (problems.length > 0) throw invalidConfig([...problems, ...warnings].toSorted(byPlace));
}

/** Finds everything that is wrong and odd about a configuration. */
export function judgeConfig(text: string, source: string, schema: ConfigSchema): JudgedConfig {
  const { data, text: readable, problems: syntax } = readToml(text, source);
  const locator = new Locator(readable);
  if (data === undefined) return { data: {}, values: {}, syntax, problems: syntax, warnings: [], locator };

  const document: Document = { source, locator, root: schemaTree(schema) };
  const result = validate(schema, data);
  // A key that is missing may be the one that could not be read.
  const findings = (result.findings ?? []).filter((finding) => syntax.length === 0 || !finding.isMissing);
  const problems = [...syntax, ...findings.map((finding) => problemOf(finding, document))].toSorted(byPlace);
  const warnings = unknownKeys(data, document.root, [], document).toSorted(byPlace);
  return { data, values: (result.value ?? {}) as JudgedConfig['values'], syntax, problems, warnings, locator };
}

interface Document {
  readonly source: string;
  readonly locator: Locator;
  readonly root: SchemaNode;
}

function byPlace(a: Problem, b: Problem): number {
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}

function problemOf({ path, expected, input }: Finding, { source, locator, root }: Document): Problem {
  const key = formatPath(path);
  if (!locator.has(path)) {
    const { line, column } = locator.key(path);
    return { source, line, column, key, expected, message: `expected ${expected}, but it is missing` };
  }
  const place = locator.value(path);
  const near = nearestChoice(schemaAt(root, path), input);
  return { source, ...place, key, expected, nearest: near, message: mismatch(expected, place.text, near) };
}

function unknownKeys(data: unknown, schema: SchemaNode, path: TomlPath, document: Document): Problem[] {
  if (typeof data !== 'object' || data === null || data instanceof Date) return [];
  if (Array.isArray(data) && isTable(schema)) return []; // A problem already.
  return Object.entries(data).flatMap(([name, value]) => {
    const key = Array.isArray(data) ? Number(name) : name;
    const child = childOf(schema, key);
    if (child === 'any') return [];
    const childPath = [...path, key];
    return child === 'unknown'
      ? [unknownKey(childPath, schema, document)]
      : unknownKeys(value, child, childPath, document);
  });
}

function unknownKey(path: TomlPath, table: SchemaNode, { source, locator, root }: Document): Problem {
  const near = nearestKey(root, table, path);
  const message = `unknown key${near === undefined ? '' : `; did you mean ${near}?`}`;
  return { source, ...locator.key(path), key: formatPath(path), nearest: near, message };
}

/** Whether a value is the same after it was written as JSON and read again: no dates, no infinities, no instances. */
export function isPlain(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object') return typeof value === 'string' || typeof value === 'boolean';
  const prototype: unknown = Object.getPrototypeOf(value);
  const isPlainObject = prototype === null || prototype === Object.prototype || Array.isArray(value);
  return isPlainObject && Object.values(value).every(isPlain);
}
