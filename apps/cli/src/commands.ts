import type { Command } from './command.ts';
import { list } from './commands/list.ts';

interface CommandEntry {
  readonly summary: string;
  load(): Command | Promise<Command>;
}

/** Every command, in the order of `--help`. `list` is at hand; the others are loaded when they are called. */
export const commands: Readonly<Record<string, CommandEntry>> = {
  list: { summary: 'the fleet: name, state, addresses, size, location, tags', load: () => list },
  status: {
    summary: 'one machine or a few, in detail',
    load: async () => (await import('./commands/status.ts')).status,
  },
  run: {
    summary: 'run a command on many machines',
    load: async () => (await import('./commands/run.ts')).run,
  },
  w: {
    summary: 'who is on, on many machines',
    load: async () => (await import('./commands/w.ts')).w,
  },
  ps: {
    summary: 'what runs, on many machines',
    load: async () => (await import('./commands/ps.ts')).ps,
  },
  cache: {
    summary: 'what is kept on disk: stats, clear, path, warm',
    load: async () => (await import('./commands/cache.ts')).cache,
  },
  session: {
    summary: 'names of your own for machines: list, set, unset',
    load: async () => (await import('./commands/session.ts')).session,
  },
  context: {
    summary: 'subscriptions with their credentials and SSH settings: list, use, show, set, delete',
    load: async () => (await import('./commands/context.ts')).context,
  },
  config: {
    summary: 'the configuration: path, get, set, unset, edit, validate',
    load: async () => (await import('./commands/config.ts')).config,
  },
  sim: {
    summary: 'a local Azure to play with',
    load: async () => (await import('./commands/sim.ts')).sim,
  },
  demo: {
    summary: 'a guided tour on that local Azure',
    load: async () => (await import('./commands/demo.ts')).demo,
  },
};
