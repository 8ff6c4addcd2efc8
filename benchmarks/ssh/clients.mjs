// SSH clients that are Node programs: `openClient(KIND, ADDRESS, LIST)`, where KIND is `azfleet` (@azfleet/ssh-pool) or
// `ssh2` (as it comes), ADDRESS is where it is imported from, and LIST is the file that machines.ts writes.
import { readFileSync } from 'node:fs';

/** Fewer than the connections that anybody has by default. */
const AT_ONCE = 64;

export async function openClient(kind, address, list) {
  const loaded = await import(address);
  const { machines, ...files } = JSON.parse(readFileSync(list, 'utf8'));
  const client = kind === 'azfleet' ? poolClient(loaded, files) : ssh2Client(loaded.default, files);
  return { runOnAll: () => onAll(machines, (machine) => client.runTrue(machine)), close: () => client.close() };
}

function poolClient({ SshPool }, { home, identityFile, knownHosts }) {
  const pool = new SshPool({
    homeDirectory: home,
    env: {},
    configFiles: [],
    knownHosts: { user: [knownHosts], system: [] },
    maxConnections: 256,
  });
  return {
    async runTrue({ host, port, user }) {
      const target = { host, port, user, identityFiles: [identityFile] };
      const { exitCode } = await pool.exec(target, { command: 'true' }).result;
      checkExit(exitCode);
    },
    close: () => pool.close(),
  };
}

function ssh2Client({ Client }, { identityFile }) {
  const privateKey = readFileSync(identityFile);
  const clients = new Map();
  const connect = ({ host, port, user }) =>
    new Promise((resolve, reject) => {
      const client = new Client();
      client.on('ready', () => resolve(client)).on('error', reject);
      client.connect({ host, port, username: user, privateKey });
    });
  return {
    async runTrue(machine) {
      const client = clients.get(machine.name) ?? (await connect(machine));
      clients.set(machine.name, client);
      await new Promise((resolve, reject) => {
        client.exec('true', (error, channel) => {
          if (error) return reject(error);
          let exitCode;
          channel.on('exit', (code) => (exitCode = code)).on('close', () => resolve(checkExit(exitCode)));
          channel.resume();
        });
      });
    },
    close: () => clients.forEach((client) => client.end()),
  };
}

async function onAll(machines, runTrue) {
  const waiting = machines.values();
  const worker = async () => {
    for (const machine of waiting) await runTrue(machine);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

function checkExit(exitCode) {
  if (exitCode !== 0) throw new Error(`true ended with exit code ${exitCode}`);
}
