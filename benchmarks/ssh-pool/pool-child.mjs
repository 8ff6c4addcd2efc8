// pool-child.mjs HOME ROUNDS PORT…: runs `true` on every port at once, ROUNDS times over; prints the milliseconds of each.
import { SshPool } from '@azfleet/ssh-pool';

const [homeDirectory, rounds, ...ports] = process.argv.slice(2);
const knownHosts = { system: [] };
const pool = new SshPool({ homeDirectory, env: {}, configFiles: [], knownHosts, maxConnections: 256 });
const times = [];
for (let round = 0; round < Number(rounds); round += 1) {
  const startedAt = performance.now();
  await Promise.all(
    ports.map((port) => pool.exec({ host: '127.0.0.1', port: Number(port) }, { command: 'true' }).result),
  );
  times.push(performance.now() - startedAt);
}
await pool.close();
console.log(JSON.stringify(times));
