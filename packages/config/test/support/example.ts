import * as v from 'valibot';
import { type ConfigDefinition, durationPattern, parseDuration } from '../../src/index.ts';

const duration = v.pipe(
  v.string('a duration such as "5m"'),
  v.regex(durationPattern, 'a duration such as "5m"'),
  v.transform((text) => parseDuration(text) ?? Number.NaN),
);

const server = v.object({
  host: v.optional(v.string()),
  port: v.optional(v.pipe(v.number('a port'), v.integer('a port'), v.minValue(1, 'a port'))),
  mode: v.optional(v.picklist(['fast', 'careful'])),
  limit: v.optional(v.union([v.number(), v.literal('auto')], 'a number or "auto"')),
  files: v.optional(v.array(v.string())),
  ports: v.optional(v.record(v.string(), v.number('a port'))),
  timeout: v.optional(duration),
  secure: v.optional(v.boolean()),
});

/** The schema of the tool that the tests configure. */
export const schema = v.object({
  default_context: v.optional(v.string()),
  contexts: v.optional(v.record(v.string(), v.object({ region: v.optional(v.string()), server: v.optional(server) }))),
  server: v.optional(server),
});

export interface Values {
  region: string | undefined;
  'server.host': string;
  'server.port': number;
  'server.timeout': number;
  'server.ports': Readonly<Record<string, number>>;
}

export const definition: ConfigDefinition<Values> = {
  defaults: {
    region: undefined,
    'server.host': 'localhost',
    'server.port': 80,
    'server.timeout': 5000,
    'server.ports': {},
  },
  schema: async () => schema,
  revision: '1',
  environment: { 'server.port': { variable: 'TOOL_PORT', parse: Number } },
  contextVariable: 'TOOL_CONTEXT',
};
