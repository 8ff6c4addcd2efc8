import type { FlagTable } from './arguments.ts';

/** Understood by every command, before or after its name. */
export const globalFlags: FlagTable = {
  context: { value: 'NAME', help: 'the context of the configuration to use (AZFLEET_CONTEXT)' },
  color: { value: 'WHEN', choices: ['auto', 'always', 'never'], help: 'auto (default), always or never (NO_COLOR)' },
  explain: { help: 'tell on stderr what was done: calls, cache hits, the time of each phase' },
  help: { short: 'h', help: 'this text' },
};

/** Which machines. */
export const selectionFlags: FlagTable = {
  'resource-group': { short: 'g', value: 'GROUP', many: true, help: 'only this resource group (a glob works)' },
  subscription: { short: 's', value: 'ID|NAME|*', many: true, help: 'this subscription, or all of them (*)' },
  tag: { value: 'KEY[=VALUE]', many: true, help: 'only with this tag; all that are given must hold' },
  state: { value: 'STATE', many: true, help: 'running, stopped, deallocated, starting, … or unknown' },
  location: { value: 'REGION', many: true, help: 'only in this region' },
  all: { help: 'every machine, said in so many words' },
  exclude: { value: 'NAME', many: true, help: 'all but these (names and globs, as for NAME)' },
  'targets-from': { value: 'FILE', help: 'read names from a file, one a line; - is stdin' },
};

/** How old an answer may be. */
export const freshnessFlags: FlagTable = {
  refresh: { help: 'ask Azure now' },
  'max-age': { value: 'AGE', help: 'an answer up to this old is good enough (30s, 10m, 2h)' },
  offline: { help: 'the cache only, however old' },
  'no-cache': { help: 'ask Azure, and neither read nor write the cache' },
};

/** In what form. */
export const outputFlags: FlagTable = {
  output: {
    short: 'o',
    value: 'FORMAT',
    choices: ['table', 'json', 'ndjson', 'csv', 'tsv'],
    help: 'table (default), json, ndjson, csv or tsv',
  },
  query: { value: 'JMESPATH', help: "pick from the JSON, as in az: vms[?os=='Linux'].name" },
  columns: { value: 'LIST', help: 'columns of table, csv and tsv: name,state,tag:env,…' },
};
