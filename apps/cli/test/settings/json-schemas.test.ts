import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { jsonSchemas } from '../../src/settings/json-schemas.ts';
import { settingsRevision } from '../../src/settings/settings.ts';

const committed = join(import.meta.dirname, '../../schemas');

test.each(Object.entries(jsonSchemas()))('%s is what the schema says (pnpm build writes it)', (name, text) => {
  expect(readFileSync(join(committed, name), 'utf8')).toBe(text);
});

test('editors complete choices and mark unknown keys', () => {
  const { properties } = JSON.parse(jsonSchemas()['config.schema.json'] ?? '') as {
    properties: { ssh: { additionalProperties: unknown; properties: Record<string, object> } };
  };
  expect(properties.ssh.additionalProperties).toBe(false);
  expect(properties.ssh.properties['host_key_policy']).toMatchObject({ enum: ['accept-new', 'strict'] });
  expect(properties.ssh.properties['idle_timeout']).toMatchObject({ type: 'string', pattern: expect.any(String) });
});

test('a change of the schema comes with a new revision, so that what was compiled before is void', () => {
  const said = (jsonSchemas()['config.schema.json'] ?? '').replaceAll(/"description": "[^\n]*"/g, '');
  const fingerprint = createHash('sha256').update(said).digest('hex').slice(0, 12);
  expect({ settingsRevision, fingerprint }).toMatchInlineSnapshot(`
    {
      "fingerprint": "999fddca0c07",
      "settingsRevision": "1",
    }
  `);
});
