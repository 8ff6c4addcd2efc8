// Takes and gives back a lock many times, and dies holding it if it is told to. While it owns the lock it creates a
// file exclusively: that this fails would mean that there are two owners.
// node fight-for-lock.mjs DIRECTORY ROUNDS keep|forget [die]
import { closeSync, openSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { lock } from '../../dist/index.js';

const [directory, rounds, ending, die] = process.argv.slice(2);
const marker = join(directory, 'owner');
const tokens = openSync(join(directory, 'tokens'), 'a');

for (let round = 0; round < Number(rounds); round += 1) {
  const attempt = await lock(join(directory, 'lock'), { forget: ending === 'forget' });
  if (!attempt.ok) throw new Error(attempt.reason, { cause: attempt.cause });
  closeSync(openSync(marker, 'wx'));
  writeSync(tokens, `${attempt.lock.token}\n`);
  if (!attempt.lock.isHeld()) throw new Error('the lock was lost');
  unlinkSync(marker);
  if (die === 'die' && round === Number(rounds) - 1) process.kill(process.pid, 'SIGKILL');
  attempt.lock.release();
}
