import type { SimMachine } from '@azfleet/azure-sim';

/** A command of the hour: the seconds since it began, and what was typed. */
export interface Typed {
  readonly second: number;
  readonly words: readonly string[];
}

/**
 * An hour of someone who looks after 20 machines, and of the scripts that they start: six sittings, some minutes apart, in
 * which commands follow each other every few seconds. All of them go into pipes, which get fresh answers only.
 */
export const workingHour: readonly Typed[] = [
  // What is there, and what is not running?
  ...sitting('00:00', 6, [
    'list',
    'list --state deallocated',
    'list --state stopped',
    'list --state starting',
    'status worker-02',
    'list --tag role=db',
    'status db-01',
    'status db-02',
  ]),
  // Web servers, then API servers, are replaced by a script that looks at one after another.
  ...sitting('08:00', 3, [
    'list web-* -o tsv --columns name',
    ...each(['web-01', 'web-02', 'web-03', 'web-04', 'web-05', 'web-06']),
    'list web-* --state running',
    'list api-* -o tsv --columns name',
    ...each(['api-01', 'api-02', 'api-03', 'api-04']),
    'list api-* --state running',
  ]),
  // A list for somebody else, tried until it is right.
  ...sitting('19:00', 5, [
    'list --tag owner=platform',
    'list --tag owner=platform -o csv',
    'list --tag owner=platform --columns name,size,location -o csv',
    'list --tag owner=platform --columns name,size,location,private-ip -o csv',
    'list --tag owner=analytics --columns name,size,location,private-ip -o csv',
    'list -g rg-data-prod --columns name,size,location,private-ip -o csv',
    "list --query vms[?os=='Windows'].name -o json",
    'list -o json',
  ]),
  // Something is slow: two minutes of looking at this and that.
  ...sitting('31:00', 9, [
    'list',
    'list --tag role=worker',
    'status worker-01',
    'status worker-02',
    'status cache-01',
    'status db-01',
    'list -g rg-data-prod',
    'status db-02',
    'status api-01',
    'status api-02',
    'list api-* --columns name,state,private-ip',
    'status worker-02',
    'status cache-01 -o json',
    'list --state unknown',
  ]),
  // The same script as before, for the rest of the fleet.
  ...sitting('44:00', 3, [
    'list worker-* -o tsv --columns name',
    ...each(['worker-01', 'worker-02']),
    'list db-* -o tsv --columns name',
    ...each(['db-01', 'db-02']),
    'list batch-* -o tsv --columns name',
    ...each(['batch-01', 'batch-02', 'batch-03']),
    'list sql-* -o tsv --columns name',
    ...each(['sql-01', 'sql-02']),
    'list --state running -o tsv --columns name',
  ]),
  // Is all as it should be?
  ...sitting('56:00', 6, [
    'list',
    'list web-*',
    'list api-*',
    'list --tag role=worker',
    'status worker-02',
    'list --state stopped',
    'list --state deallocated',
    'list -o json',
  ]),
];

/** Machines of the simulated fleet that the commands name. */
export const MACHINES = 20;

function sitting(begin: string, everySeconds: number, commands: readonly string[]): readonly Typed[] {
  const [minutes = 0, seconds = 0] = begin.split(':').map(Number);
  return commands.map((command, index) => ({
    second: minutes * 60 + seconds + index * everySeconds,
    words: command.split(' '),
  }));
}

function each(names: readonly string[]): string[] {
  return names.map((name) => `status ${name} --query vms[0].powerState -o tsv`);
}

/** What has to be typed to learn the same from az: its listing with states, or one machine. */
export function hourInAz(machines: readonly SimMachine[]): string[][] {
  return workingHour.map(({ words: [command, name] }) => {
    if (command === 'list') return ['vm', 'list', '-d', '-o', 'json'];
    const machine = machines.find((one) => one.name === name);
    if (machine === undefined) throw new Error(`there is no ${name} in the simulated fleet`);
    return ['vm', 'show', '-d', '-g', machine.resourceGroup, '-n', machine.name, '-o', 'json'];
  });
}
