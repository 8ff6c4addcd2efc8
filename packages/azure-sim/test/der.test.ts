import { expect, test } from 'vitest';
import * as der from '../src/tls/der.ts';

const ascii = (bytes: Uint8Array): string => Buffer.from(bytes.subarray(2)).toString();
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

// The expected bytes are those of X.690 and of well-known certificates.
test('integers are minimal and never negative', () => {
  expect(hex(der.integer(Uint8Array.of(0, 0, 5)))).toBe('020105');
  expect(hex(der.integer(Uint8Array.of(0x80)))).toBe('02020080');
  expect(hex(der.integer(Uint8Array.of(0, 0)))).toBe('020100');
});

test('object identifiers use base 128', () => {
  expect(hex(der.objectIdentifier('1.2.840.10045.4.3.2'))).toBe('06082a8648ce3d040302');
  expect(hex(der.objectIdentifier('2.5.29.17'))).toBe('0603551d11');
});

test('lengths grow with the content', () => {
  expect(hex(der.octetString(new Uint8Array(127))).slice(0, 4)).toBe('047f');
  expect(hex(der.octetString(new Uint8Array(128))).slice(0, 6)).toBe('048180');
  expect(hex(der.octetString(new Uint8Array(65_536))).slice(0, 10)).toBe('0483010000');
});

test('times from 2050 on have four digits for the year', () => {
  expect(ascii(der.time(new Date('2049-12-31T23:59:59.999Z')))).toBe('491231235959Z');
  expect(ascii(der.time(new Date('2050-01-01T00:00:00Z')))).toBe('20500101000000Z');
  expect(hex(der.boolean(false))).toBe('010100');
});
