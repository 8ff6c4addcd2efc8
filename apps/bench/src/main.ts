#!/usr/bin/env node
import { run } from './cli.ts';
import { processIo } from './process-io.ts';

// Set, not called: what is still being written gets out, and a handle that was left open shows as a hang in the tests.
process.exitCode = await run(process.argv.slice(2), processIo());
