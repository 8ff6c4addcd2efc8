// A fresh process reads one plain file: node fresh-plain.mjs PATH
import { readFileSync } from 'node:fs';

const value = JSON.parse(readFileSync(process.argv[2], 'utf8'));
if (value.length !== 50) process.exitCode = 1;
