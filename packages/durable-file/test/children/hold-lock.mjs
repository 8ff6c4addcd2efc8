// Takes a lock and holds it until it is killed: node hold-lock.mjs PATH
import { tryLock } from '../../dist/index.js';

const attempt = tryLock(process.argv[2]);
process.stdout.write(attempt.ok ? `token ${attempt.lock.token}\n` : `${attempt.reason}\n`);
setInterval(() => undefined, 1000);
