import type { SimIpConfiguration, SimNic, SimPublicIp } from './machine.ts';

/**
 * Addresses of the `number`-th resource of a subscription. Public ones come from 198.18.0.0/15, which is set aside for
 * benchmarks (RFC 2544), and 2001:db8::/32, set aside for documentation (RFC 3849): no client can ever reach someone
 * else's machine with them.
 */
export function publicIpv4(number: number): string {
  return `198.${18 + ((number >>> 16) & 1)}.${(number >>> 8) & 0xff}.${number & 0xff}`;
}

export function publicIpv6(number: number): string {
  return `2001:db8::${number.toString(16)}`;
}

export function privateIpv4(number: number): string {
  return `10.${(number >>> 16) & 0xff}.${(number >>> 8) & 0xff}.${number & 0xff}`;
}

export function privateIpv6(number: number): string {
  return `fd00:db8::${number.toString(16)}`;
}

/** One interface with one IPv4 configuration, named as `az vm create` names them. */
export function plainNic(machine: string, number: number, allocation: SimPublicIp['allocation'] | 'none'): SimNic {
  const configuration = { name: `ipconfig${machine}`, privateIp: privateIpv4(number), version: 'IPv4' } as const;
  if (allocation === 'none') return { name: `${machine}VMNic`, ipConfigurations: [configuration] };
  const publicIp = { name: `${machine}PublicIP`, address: publicIpv4(number), allocation };
  return { name: `${machine}VMNic`, ipConfigurations: [{ ...configuration, publicIp }] };
}

/** The interfaces with static `addresses` on the first one, and no other public address. */
export function withPublicIps(
  machine: string,
  number: number,
  nics: readonly SimNic[],
  addresses: readonly string[],
): readonly SimNic[] {
  const [first = plainNic(machine, number, 'none'), ...others] = nics.map(withoutPublicIps);
  const configurations = Array.from(
    { length: Math.max(first.ipConfigurations.length, addresses.length) },
    (_, index): SimIpConfiguration => {
      const address = addresses[index];
      const present = first.ipConfigurations[index] ?? extraConfiguration(machine, number, index, address);
      if (address === undefined) return present;
      const name = `${machine}PublicIP${index === 0 ? '' : index + 1}`;
      return { ...present, publicIp: { name, address, allocation: 'Static' } };
    },
  );
  return [{ ...first, ipConfigurations: configurations }, ...others];
}

function extraConfiguration(machine: string, number: number, index: number, address = ''): SimIpConfiguration {
  const name = `ipconfig${machine}${index + 1}`;
  return address.includes(':')
    ? { name, privateIp: privateIpv6(number), version: 'IPv6' }
    : { name, privateIp: privateIpv4(number + (index << 16)), version: 'IPv4' };
}

function withoutPublicIps(nic: SimNic): SimNic {
  const ipConfigurations = nic.ipConfigurations.map(({ name, privateIp, version }) => ({ name, privateIp, version }));
  return { ...nic, ipConfigurations };
}

/** The interfaces with each address put through `placed`. */
export function withAddresses(nics: readonly SimNic[], placed: (address: string) => string): readonly SimNic[] {
  return nics.map((nic) => ({
    ...nic,
    ipConfigurations: nic.ipConfigurations.map(({ publicIp, ...configuration }) => ({
      ...configuration,
      privateIp: placed(configuration.privateIp),
      ...(publicIp === undefined ? {} : { publicIp: { ...publicIp, address: placed(publicIp.address) } }),
    })),
  }));
}

/** Two machines' interfaces, each with the other one's primary addresses. A public one stays where the other has none. */
export function swappedAddresses(
  first: readonly SimNic[],
  second: readonly SimNic[],
): readonly [readonly SimNic[], readonly SimNic[]] {
  const [one, other] = [first[0]?.ipConfigurations[0], second[0]?.ipConfigurations[0]];
  const others = new Map<string, string>();
  const pair = (address: string | undefined, otherAddress: string | undefined): void => {
    if (address === undefined || otherAddress === undefined) return;
    others.set(address, otherAddress).set(otherAddress, address);
  };
  pair(one?.privateIp, other?.privateIp);
  pair(one?.publicIp?.address, other?.publicIp?.address);
  const swap = (address: string): string => others.get(address) ?? address;
  return [withAddresses(first, swap), withAddresses(second, swap)];
}
