import type { SimMachine } from '../../fleet/machine.ts';
import { Random } from '../../random.ts';
import type { CommandContext } from '../shell/command.ts';

/** What the commands tell of a machine: drawn from its vmId, and so the same every time. */
export interface Facts {
  readonly cpus: number;
  readonly memoryKiB: number;
  readonly memoryAvailableKiB: number;
  /** Over 1, 5 and 15 minutes. */
  readonly load: readonly [number, number, number];
  readonly upSeconds: number;
  readonly now: Date;
  readonly logins: readonly Login[];
  /** What `uname -r` says: most machines are up to date. */
  readonly kernel: string;
}

interface Login {
  readonly user: string;
  readonly terminal: string;
  readonly from: string;
  readonly at: string;
  readonly idle: string;
  readonly what: string;
}

export function factsOf({ machine, clock, startedAtMs }: CommandContext): Facts {
  const random = new Random('facts', machine.vmId);
  const cpus = cpusOf(machine);
  const memoryKiB = cpus * 4 * 1024 * 1024;
  const base = random.next() * cpus;
  const bootSeconds = 3_600 + random.below(60 * 86_400);
  const memoryAvailableKiB = Math.floor(memoryKiB * (0.2 + 0.6 * random.next()));
  return {
    cpus,
    memoryKiB,
    memoryAvailableKiB,
    load: [base, base * (0.8 + 0.3 * random.next()), base * (0.7 + 0.4 * random.next())],
    upSeconds: bootSeconds + Math.floor((clock.now() - startedAtMs) / 1_000),
    now: new Date(clock.now()),
    logins: Array.from({ length: random.below(3) }, (_, index) => login(machine, random, index)),
    kernel: new Random('patched', machine.vmId).chance(0.75) ? '6.8.0-1021-azure' : '6.8.0-1017-azure',
  };
}

/** `Standard_D4s_v5` has four. */
function cpusOf({ size }: SimMachine): number {
  return Number(/_[A-Z]+(\d+)/.exec(size)?.[1] ?? 2);
}

function login({ adminUsername }: SimMachine, random: Random, index: number): Login {
  return {
    user: adminUsername,
    terminal: `pts/${index}`,
    from: `10.255.0.${2 + random.below(200)}`,
    at: `${two(random.below(24))}:${two(random.below(60))}`,
    idle: `${1 + random.below(59)}:${two(random.below(60))}m`,
    what: random.pick(['-bash', 'less /var/log/syslog', 'vim notes.txt', 'top']),
  };
}

export function two(number: number): string {
  return String(number).padStart(2, '0');
}
