// One load in a process of its own: `fresh-load.mjs PARSER ADDRESS DIRECTORY SETTING NAME` looks up a setting, a session
// name, or both (`-` is none), and prints the milliseconds from before the first access to a file to the values. The
// modules are loaded before: what they cost, the start-up suite measures.
import { subscribe } from 'node:diagnostics_channel';
import { readFileSync } from 'node:fs';
import { configRequest, createConfiguration, createNames } from './settings.mjs';

const [parser, address, directory, setting, name] = process.argv.slice(2);
const loader = await import(address);
const from = new Set();
subscribe('azfleet:config:load', (event) => from.add(event.from));

const lookups = {
  azfleet: {
    setting: () => createConfiguration(loader).load(configRequest(directory)).values[setting],
    name: () => createNames(loader, directory).load().get(name),
  },
  'smol-toml': {
    setting: () => valueAt(parse('config.toml'), setting.split('.')),
    name: () => parse('sessions.toml')[name],
  },
};
const wanted = [...(setting === '-' ? [] : ['setting']), ...(name === '-' ? [] : ['name'])];
const lookUp = lookups[parser];

const started = performance.now();
const values = wanted.map((what) => lookUp[what]());
const elapsedMs = performance.now() - started;

if (values.includes(undefined)) throw new Error(`${parser} did not find ${setting} or ${name} in ${directory}`);
if (parser === 'azfleet' && [...from].join() !== 'compiled') throw new Error(`${directory} is not compiled`);
process.stdout.write(String(elapsedMs));

function parse(file) {
  return loader.parse(readFileSync(`${directory}/${file}`, 'utf8'));
}

function valueAt(table, path) {
  return path.reduce((value, key) => value?.[key], table);
}
