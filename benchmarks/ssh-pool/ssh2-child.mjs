// ssh2-child.mjs HOME ROUNDS PORT…: the same with ssh2 as it comes, connections kept between the rounds.
import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import ssh2 from 'ssh2';

const [home, rounds, ...ports] = process.argv.slice(2);
const privateKey = readFileSync(join(home, '.ssh/id_ed25519'));
const clients = new Map();

function connect(port) {
  return new Promise((resolve, reject) => {
    const client = new ssh2.Client();
    client.on('ready', () => resolve(client)).on('error', reject);
    client.connect({ host: '127.0.0.1', port: Number(port), username: userInfo().username, privateKey });
  });
}

async function run(port) {
  const client = clients.get(port) ?? (await connect(port));
  clients.set(port, client);
  await new Promise((resolve, reject) => {
    client.exec('true', (error, channel) => {
      if (error) reject(error);
      else channel.on('close', resolve).resume();
    });
  });
}

const times = [];
for (let round = 0; round < Number(rounds); round += 1) {
  const startedAt = performance.now();
  await Promise.all(ports.map(run));
  times.push(performance.now() - startedAt);
}
for (const client of clients.values()) client.end();
console.log(JSON.stringify(times));
