import type { TomlPath } from './scan.ts';

/** What can be written as a TOML value. */
export type TomlValue = string | number | boolean | readonly TomlValue[] | { readonly [key: string]: TomlValue };

/** A path as it is written in TOML: `contexts."my work".subscriptions[0]`. */
export function formatPath(path: TomlPath): string {
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`;
    else text += `${text === '' ? '' : '.'}${formatKey(part)}`;
  }
  return text;
}

/** A key, quoted if it has to be. */
export function formatKey(name: string): string {
  return /^[A-Za-z0-9_-]+$/.test(name) ? name : formatString(name);
}

/** A value on one line. */
export function formatValue(value: TomlValue): string {
  if (typeof value === 'string') return formatString(value);
  if (typeof value === 'number') return formatNumber(value);
  if (typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return `[${(value as readonly TomlValue[]).map(formatValue).join(', ')}]`;
  const members = Object.entries(value).map(([key, member]) => `${formatKey(key)} = ${formatValue(member)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

function formatString(text: string): string {
  // JSON's escapes are TOML's, but for DEL, which TOML wants escaped too.
  return JSON.stringify(text).replaceAll('\u007F', String.raw`\u007F`);
}

function formatNumber(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  return Number.isFinite(value) ? String(value) : `${value < 0 ? '-' : ''}inf`;
}
