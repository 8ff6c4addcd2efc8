// One command on many machines: this pool beside ssh2 as it comes, ssh under xargs, clush, pdsh and pssh, in the same run,
// at 0 and at 50 ms round trip, against OpenSSH's sshd. Cold is the whole process, from its start to its end; warm is a
// further round on open connections. (The proxies that make the distance accept at once: TCP's own round trip is missing
// for everybody.) Contenders take turns, and the median counts. What is not installed is left out.
// Bounds, from ten machines on: cold, faster than clush, pdsh and pssh; warm, faster than ssh with a ControlMaster.
import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { type Fleet, findProgram, startFleet } from './ssh-pool/fleet.ts';

const ROUNDS = Number(process.env['ROUNDS'] ?? 5);
const WARM_ROUNDS = 5;
const OURS = 'ssh-pool';
const mustBeat = ['clush', 'pdsh', 'pssh', 'ssh, ControlMaster'];

type Contender = (fleet: Fleet) => number;

let holds = true;
for (const roundTripMs of [0, 50]) {
  for (const machines of [1, 10, 50]) {
    const fleet = await startFleet(machines, roundTripMs);
    if (fleet === undefined) {
      console.log('left out: there is no sshd here (Debian: openssh-server)');
      process.exit();
    }
    try {
      console.log(`\n${machines} machines, ${roundTripMs} ms round trip, Node ${process.version}, median of ${ROUNDS}`);
      report('cold', takeTurns(cold(), fleet), machines);
      report('warm', takeTurns(warm(), fleet), machines);
    } finally {
      await fleet.close();
    }
  }
}
console.log(`\n${holds ? 'holds' : 'DOES NOT HOLD'}: faster than ${mustBeat.join(', ')}`);
if (!holds) process.exitCode = 1;

function cold(): Map<string, Contender> {
  const contenders = new Map<string, Contender>([
    [OURS, (fleet) => wallMs(process.execPath, nodeChild('pool-child.mjs', fleet, 1))],
    ['ssh2 as it comes', (fleet) => wallMs(process.execPath, nodeChild('ssh2-child.mjs', fleet, 1))],
    ['ssh under xargs', (fleet) => wallMs('xargs', xargs(fleet), hosts(fleet).join('\n'))],
  ]);
  const clush = findProgram('clush');
  if (clush !== undefined) contenders.set('clush', (fleet) => wallMs(clush, clushArguments(fleet)));
  const pdsh = findProgram('pdsh');
  if (pdsh !== undefined)
    contenders.set('pdsh', (fleet) => wallMs(pdsh, pdshArguments(fleet), '', pdshEnvironment(fleet)));
  const pssh = findProgram('parallel-ssh');
  if (pssh !== undefined) contenders.set('pssh', (fleet) => wallMs(pssh, psshArguments(fleet)));
  return contenders;
}

function clushArguments(fleet: Fleet): string[] {
  return ['-f', '64', '-o', `-F ${fleet.sshConfig}`, '-w', hosts(fleet).join(','), 'true'];
}

function pdshArguments(fleet: Fleet): string[] {
  return ['-R', 'ssh', '-f', '64', '-w', hosts(fleet).join(','), 'true'];
}

function pdshEnvironment({ sshConfig }: Fleet): Record<string, string> {
  return { PDSH_SSH_ARGS_APPEND: `-F ${sshConfig}` };
}

function psshArguments(fleet: Fleet): string[] {
  return ['-p', '64', '-x', `-F ${fleet.sshConfig}`, '-H', hosts(fleet).join(' '), 'true'];
}

function warm(): Map<string, Contender> {
  return new Map<string, Contender>([
    [OURS, (fleet) => warmMs('pool-child.mjs', fleet)],
    ['ssh2 as it comes', (fleet) => warmMs('ssh2-child.mjs', fleet)],
    ['ssh, ControlMaster', controlMasterMs],
  ]);
}

function takeTurns(contenders: Map<string, Contender>, fleet: Fleet): Map<string, number> {
  const times = new Map([...contenders.keys()].map((name) => [name, [] as number[]]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, run] of contenders) times.get(name)?.push(run(fleet));
  }
  return new Map([...times].map(([name, values]) => [name, median(values)]));
}

function report(kind: string, medians: Map<string, number>, machines: number): void {
  const ours = medians.get(OURS) ?? Number.NaN;
  for (const [name, ms] of medians) {
    const ratio = `ours ÷ it ${(ours / ms).toFixed(2)}`;
    const isBound = machines >= 10 && mustBeat.includes(name);
    if (isBound && ours >= ms) holds = false;
    console.log(`  ${kind}  ${name.padEnd(20)}${ms.toFixed(0).padStart(6)} ms   ${name === OURS ? '' : ratio}`);
  }
}

function hosts({ ports }: Fleet): string[] {
  return ports.map((_, index) => `m${index}`);
}

function nodeChild(script: string, { home, ports }: Fleet, rounds: number): string[] {
  return [join(import.meta.dirname, 'ssh-pool', script), home, String(rounds), ...ports.map(String)];
}

function xargs({ sshConfig }: Fleet, ...options: string[]): string[] {
  return ['-P', '64', '-I', '{}', 'ssh', '-F', sshConfig, ...options, '{}', 'true'];
}

function wallMs(command: string, args: string[], input = '', env: Record<string, string> = {}): number {
  const startedAt = performance.now();
  const { status, stderr, error } = spawnSync(command, args, {
    input,
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
  if (error !== undefined || status !== 0)
    throw new Error(`${command} ended with ${status}: ${stderr}`, { cause: error });
  return performance.now() - startedAt;
}

function warmMs(script: string, fleet: Fleet): number {
  const output = execFileSync(process.execPath, nodeChild(script, fleet, WARM_ROUNDS + 1), { encoding: 'utf8' });
  return median((JSON.parse(output) as number[]).slice(1));
}

function controlMasterMs(fleet: Fleet): number {
  const path = ['-o', `ControlPath=${fleet.home}/%n`];
  const list = hosts(fleet).join('\n');
  wallMs('xargs', xargs(fleet, ...path, '-o', 'ControlMaster=auto', '-o', 'ControlPersist=60', '-n'), list);
  const times = Array.from({ length: WARM_ROUNDS }, () => wallMs('xargs', xargs(fleet, ...path, '-n'), list));
  for (const host of hosts(fleet))
    spawnSync('ssh', ['-F', fleet.sshConfig, ...path, '-O', 'exit', host], { stdio: 'ignore' });
  return median(times);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
