// `cold-run.mjs KIND ADDRESS LIST` connects to all machines and runs `true` there.
import { openClient } from './clients.mjs';

const { runOnAll, close } = await openClient(...process.argv.slice(2));
await runOnAll();
await close();
