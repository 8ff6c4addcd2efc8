import { Random } from '../../random.ts';
import type { CommandContext } from '../shell/command.ts';
import { factsOf } from './facts.ts';

export interface Process {
  readonly pid: number;
  readonly ppid: number;
  readonly user: string;
  readonly cpuPercent: number;
  readonly rssKiB: number;
  readonly upSeconds: number;
  readonly command: string;
  readonly args: string;
}

const everywhere = [
  ['root', 'systemd', '/sbin/init'],
  ['root', 'systemd-journal', '/lib/systemd/systemd-journald'],
  ['root', 'cron', '/usr/sbin/cron -f'],
  ['root', 'sshd', 'sshd: /usr/sbin/sshd -D [listener] 0 of 10-100 startups'],
  ['root', 'python3', 'python3 -u /usr/sbin/waagent -daemon'],
] as const;

const byRole: Readonly<Record<string, readonly [user: string, command: string, args: string]>> = {
  web: ['www-data', 'nginx', 'nginx: worker process'],
  api: ['app', 'node', 'node /srv/api/server.js'],
  db: ['postgres', 'postgres', 'postgres: checkpointer'],
  cache: ['redis', 'redis-server', '/usr/bin/redis-server 127.0.0.1:6379'],
};

/** The machine's processes, by pid; the last one is the `ps` that asks. */
export function processesOf(context: CommandContext, asking: string): Process[] {
  const { machine } = context;
  const { upSeconds, cpus, load, memoryKiB } = factsOf(context);
  const random = new Random('processes', machine.vmId);
  const [, role = ''] = /([a-z]+)-\d+$/.exec(machine.name) ?? [];
  const work = byRole[role] ?? (['app', 'python3', 'python3 /srv/worker/main.py'] as const);
  let pid = 0;
  const list = [...everywhere, ...Array.from({ length: cpus }, () => work)].map(
    ([user, command, args], index): Process => {
      const works = index >= everywhere.length;
      pid += 1 + (index === 0 ? 0 : random.below(300));
      const share = works ? (load[0] / cpus) * (0.5 + random.next() / 2) : random.next() / 100;
      const rssKiB = Math.floor((memoryKiB / (works ? 4 * cpus : 400)) * (0.5 + random.next() / 2));
      const ppid = index === 0 ? 0 : 1;
      return { pid, ppid, user, command, args, cpuPercent: share * 100, rssKiB, upSeconds: upSeconds - index };
    },
  );
  const ps = { pid: pid + 7, ppid: pid + 6, user: machine.adminUsername, cpuPercent: 0, rssKiB: 4_096, upSeconds: 0 };
  return [...list, { ...ps, command: 'ps', args: asking }];
}
