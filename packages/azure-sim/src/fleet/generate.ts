import { Buffer } from 'node:buffer';
import { Random } from '../random.ts';
import { plainNic, privateIpv4, privateIpv6, publicIpv4, publicIpv6 } from './addresses.ts';
import type { Estate } from './estate.ts';
import type { SimMachineSpec, SimNic, SimPowerState } from './machine.ts';
import { cycle, locations, roles, type RoleName, type Trait } from './roles.ts';

const epoch = Date.UTC(2024, 0, 8, 9);
const eighteenMonthsMs = 548 * 86_400_000;

/** The first `count` machines of an estate. A larger count adds machines at the end and changes none. */
export function* generateMachines(estate: Estate, count: number): Generator<SimMachineSpec> {
  const numbers = new Map<RoleName, number>();
  for (let index = 0; index < count; index += 1) {
    const [role, trait] = cycle[index % cycle.length] ?? ['web', 'plain'];
    const number = (numbers.get(role) ?? 0) + 1;
    numbers.set(role, number);
    const name = `${estate.namePrefix}${role}-${String(number).padStart(2, '0')}`;
    yield generateMachine(estate, index, { name, role, trait });
  }
}

/** An ordinary machine: Linux, running, one interface with one static public address. */
export function plainMachine(estate: Estate, index: number, name: string): SimMachineSpec {
  return generateMachine(estate, index, { name, role: 'web', trait: 'plain', ordinary: true });
}

interface Part {
  readonly name: string;
  readonly role: RoleName;
  readonly trait: Trait;
  readonly ordinary?: true;
}

function generateMachine(estate: Estate, index: number, { name, role, trait, ordinary }: Part): SimMachineSpec {
  const random = new Random(estate.seed, estate.subscriptionId, index, name);
  const { group, os, sizes, owner } = roles[role];
  const adminUsername = os === 'Windows' ? 'winadmin' : random.chance(0.9) ? 'azureuser' : 'ops';
  const location = random.chance(0.7) ? locations[0] : random.pick(locations);
  const dynamic = random.chance(0.2) && ordinary === undefined;
  return {
    name,
    subscriptionId: estate.subscriptionId,
    resourceGroup: `${group}-${estate.environment}`,
    location,
    size: random.pick(sizes),
    os,
    powerState: powerStates[trait] ?? 'running',
    provisioningState: trait === 'failed' ? 'Failed' : 'Succeeded',
    zones: random.chance(0.6) ? [String(1 + random.below(3))] : [],
    tags: trait === 'untagged' ? undefined : { environment: estate.environment, role, owner },
    timeCreated: new Date(epoch + random.below(eighteenMonthsMs)).toISOString(),
    vmId: random.uuid(),
    adminUsername,
    sshPublicKeys: os === 'Windows' ? [] : [sshPublicKey(random, adminUsername)],
    userData: `#cloud-config\nhostname: ${name}\n`,
    nics: interfaces(name, estate.firstAddress + index, trait, dynamic),
  };
}

const powerStates: Partial<Record<Trait, SimPowerState>> = {
  'deallocated-dynamic': 'deallocated',
  'deallocated-private': 'deallocated',
  stopped: 'stopped',
  starting: 'starting',
  failed: 'unknown',
};

function interfaces(name: string, number: number, trait: Trait, dynamic: boolean): readonly SimNic[] {
  const first = plainNic(name, number, allocation(trait, dynamic));
  const second = { ...plainNic(name, number + (1 << 16), 'none'), name: `${name}VMNic2` };
  if (trait === 'several-nics') return [first, second];
  return [{ ...first, ipConfigurations: [...first.ipConfigurations, ...furtherConfigurations(name, number, trait)] }];
}

function allocation(trait: Trait, dynamic: boolean): 'Static' | 'Dynamic' | 'none' {
  if (trait === 'private' || trait === 'untagged' || trait === 'deallocated-private') return 'none';
  return dynamic || trait === 'deallocated-dynamic' ? 'Dynamic' : 'Static';
}

function furtherConfigurations(name: string, number: number, trait: Trait): SimNic['ipConfigurations'] {
  if (trait === 'dual-stack') {
    const publicIp = { name: `${name}PublicIPv6`, address: publicIpv6(number), allocation: 'Static' } as const;
    return [{ name: `ipconfig${name}v6`, privateIp: privateIpv6(number), version: 'IPv6', publicIp }];
  }
  if (trait !== 'several-configurations') return [];
  const address = publicIpv4(number + (1 << 16));
  const publicIp = { name: `${name}PublicIP2`, address, allocation: 'Static' } as const;
  return [
    { name: `ipconfig${name}2`, privateIp: privateIpv4(number + (2 << 16)), version: 'IPv4', publicIp },
    { name: `ipconfig${name}3`, privateIp: privateIpv4(number + (3 << 16)), version: 'IPv4' },
  ];
}

/** A well-formed Ed25519 public key (RFC 8709) that nobody has the private key of. */
function sshPublicKey(random: Random, user: string): string {
  const type = Buffer.from('ssh-ed25519');
  const blob = Buffer.concat([Uint8Array.of(0, 0, 0, type.length), type, Uint8Array.of(0, 0, 0, 32), random.bytes(32)]);
  return `ssh-ed25519 ${blob.toString('base64')} ${user}@workstation`;
}
