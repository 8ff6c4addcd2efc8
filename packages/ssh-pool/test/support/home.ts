import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { SshPool, type SshPoolOptions, type Target } from '../../src/index.ts';
import { type TestKey, makeKey, writeKey } from './keys.ts';
import { Machine, type MachineOptions } from './machine.ts';

const userKey = makeKey();

/** A user's home directory for one test, with a key; gone afterwards. Nothing of the real user's is touched. */
export class Home {
  readonly path: string;
  readonly key: TestKey = userKey;

  constructor() {
    this.path = mkdtempSync(join(tmpdir(), 'azfleet-ssh-'));
    mkdirSync(join(this.path, '.ssh'), { mode: 0o700 });
    writeKey(join(this.path, '.ssh/id_ecdsa'), userKey);
    onTestFinished(() => rmSync(this.path, { recursive: true, force: true }));
  }

  file(name: string): string {
    return join(this.path, name);
  }

  write(name: string, text: string, mode = 0o600): string {
    const path = this.file(name);
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(path, text, { mode });
    return path;
  }

  read(name: string): string {
    return readFileSync(this.file(name), 'utf8');
  }

  knows(...machines: Machine[]): void {
    this.write('.ssh/known_hosts', machines.map((machine) => machine.knownHostsLine()).join(''));
  }

  /** A pool of this user. It is closed after the test, if the test has not done so. */
  pool(options: SshPoolOptions = {}): SshPool {
    const pool = new SshPool({
      homeDirectory: this.path,
      env: {},
      ...options,
      knownHosts: { own: this.file('own/known_hosts'), system: [], ...options.knownHosts },
      configFiles: options.configFiles ?? [this.file('.ssh/config')],
    });
    onTestFinished(() => pool.close());
    return pool;
  }
}

export async function startMachine(options: MachineOptions = {}): Promise<Machine> {
  const machine = await Machine.start(options);
  onTestFinished(() => machine.close());
  return machine;
}

export function targetOf(machine: Machine, more: Partial<Target> = {}): Target {
  return { host: '127.0.0.1', port: machine.port, user: 'ops', ...more };
}

export async function textOf(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
