// Prints the modules of Node that importing the package loads, besides the three that any such package needs.
for (const name of ['node:diagnostics_channel', 'node:fs', 'node:path']) await import(name);

const before = new Set(process.moduleLoadList);
await import('../../dist/index.js');
const loaded = process.moduleLoadList.filter((name) => !before.has(name));
process.stdout.write(JSON.stringify(loaded));
