/**
 * The schema of config.toml. Messages are phrases that follow "expected"; descriptions are what an editor shows. This
 * module loads valibot: import it only when a file has to be parsed. A change here needs a new `settingsRevision`.
 */
import { durationPattern, parseDuration, parseSize, sizePattern } from '@azfleet/config';
import * as v from 'valibot';

const text = (phrase: string) => v.pipe(v.string(phrase), v.regex(/^\S(?:[\s\S]*\S)?$/, phrase));

const parsed = (pattern: RegExp, parse: (text: string) => number | undefined, phrase: string) =>
  v.pipe(
    v.string(phrase),
    v.regex(pattern, phrase),
    v.transform((text) => parse(text) ?? Number.NaN),
    v.number(phrase),
  );

const duration = parsed(durationPattern, parseDuration, 'a duration such as "5m" or "1h30m"');
const size = parsed(sizePattern, parseSize, 'a size such as "64MB" or "1GiB"');

const whole = (least: number, most: number) => {
  const phrase = `a whole number from ${least} to ${most}`;
  return v.pipe(v.number(phrase), v.integer(phrase), v.minValue(least, phrase), v.maxValue(most, phrase));
};

const oneOf = <const Choices extends readonly string[]>(...choices: Choices) =>
  v.picklist(choices, choices.map((choice) => JSON.stringify(choice)).join(' or '));

const httpsUrl = v.pipe(
  v.string('an https:// address'),
  v.startsWith('https://', 'an https:// address'),
  v.check((address) => URL.canParse(address), 'an https:// address'),
);

const port = whole(1, 65_535);
const path = text('a path');

/** A key that may be left out, and what to tell of it. */
const key = <Schema extends v.GenericSchema>(schema: Schema, description: string) =>
  v.optional(v.pipe(schema, v.description<v.InferOutput<Schema>, string>(description)));

const ssh = v.object({
  user: key(text('a user name'), "Default: the machine's own adminUsername."),
  identity_files: key(v.array(path, 'a list of paths'), 'Private keys, tried in this order.'),
  port: key(port, 'Default: 22.'),
  address: key(oneOf('auto', 'public', 'private'), 'Which address of a machine to use. Default: auto.'),
  jump: key(text('a host such as "ops@bastion.example.com:22"'), '[user@]host[:port] to go through, as ProxyJump.'),
  known_hosts: key(path, 'Default: ~/.ssh/known_hosts.'),
  host_key_policy: key(oneOf('accept-new', 'strict'), 'Whether unknown host keys are added or refused.'),
  max_connections: key(
    v.union([whole(1, 10_000), v.literal('auto')], 'a whole number from 1 to 10000, or "auto"'),
    'Connections open at once. Default: auto, what descriptors allow, at most 256.',
  ),
  max_idle: key(whole(0, 10_000), 'Connections kept open. Default: 20.'),
  idle_timeout: key(duration, 'How long an unused connection is kept open. Default: 5m.'),
  agent: key(oneOf('auto', 'off'), 'Whether connections are kept open between commands. Default: auto.'),
  ports: key(v.record(v.string(), port, 'a table of ports by machine name'), 'Ports of single machines, by name.'),
});

const context = v.object({
  subscriptions: key(
    v.array(text('a subscription id or name'), 'a list of subscription ids or names'),
    "Ids, names or *. Default: AZURE_SUBSCRIPTION_ID, else az's current one.",
  ),
  resource_group: key(text('the name of a resource group'), 'Only machines of this group.'),
  cloud: key(oneOf('AzurePublic', 'AzureUSGovernment', 'AzureChina'), 'Default: AzurePublic.'),
  endpoint: key(httpsUrl, 'A Resource Manager endpoint, instead of a cloud.'),
  audience: key(text('the audience of a token'), 'Default: what the endpoint tells of itself.'),
  ca_file: key(path, 'Certificate authorities to trust besides the usual ones (PEM).'),
  credential: key(
    oneOf('default', 'cli', 'environment', 'managed-identity', 'workload-identity'),
    'How to sign in. Default: what is there, in the usual order.',
  ),
  tenant: key(text('a tenant id or domain'), 'The tenant to sign in to.'),
  client_id: key(text('a client id'), 'Of a user-assigned managed identity, or of an application.'),
  ssh: key(ssh, 'Anything of [ssh], for this context.'),
});

/** config.toml. */
export const schema = v.object({
  default_context: key(text('the name of a context'), 'The context to use when none is named.'),
  contexts: key(
    v.record(v.string(), context, 'a table of contexts'),
    'Subscriptions with the credentials and SSH settings that go with them, by name.',
  ),
  auth: key(
    v.object({ token_cache: key(v.boolean(), "Keep az's access tokens until they expire. Default: true.") }),
    'Signing in.',
  ),
  ssh: key(ssh, 'Connections to machines.'),
  cache: key(
    v.object({
      vm_list: key(duration, 'How long the list of machines is fresh. Default: 5m.'),
      vm_status: key(duration, 'How long the states of machines are fresh. Default: 1m.'),
      public_ip: key(duration, 'How long addresses are fresh. Default: 10m.'),
      resource: key(duration, 'How long everything else is fresh. Default: 30m.'),
      stale_while_revalidate: key(duration, 'How long after that a terminal gets the old answer at once. Default: 1h.'),
      stale_if_error: key(duration, 'How long after that the old answer stands in for Azure. Default: 7d.'),
      max_size: key(size, 'The most that is kept on disk. Default: 64MB.'),
    }),
    'How long answers of Azure are kept.',
  ),
});
