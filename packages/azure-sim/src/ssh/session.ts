import type { ServerChannel, ServerSession } from 'ssh2';
import type { SimMachine } from '../fleet/machine.ts';
import type { HostContext } from './host.ts';
import { runScript } from './shell/run-script.ts';

export interface SessionContext extends Pick<HostContext, 'clock' | 'stats' | 'startedAtMs'> {
  readonly machine: SimMachine;
  /** Aborted when the session or its connection is closed. */
  readonly closed: AbortSignal;
}

/** Runs the command of a session; a signal from the client ends it. Shells and subsystems are refused. */
export function serveSession(session: ServerSession, context: SessionContext): void {
  const killed = new AbortController();
  session.on('signal', (_accept, _reject, { name }) => killed.abort(name));
  session.on('exec', (accept, _reject, { command }) => {
    context.stats.count('commands');
    const channel = accept();
    // A client may go away at any time, and in any way.
    channel.on('error', () => {});
    channel.stderr.on('error', () => {});
    void run(channel, command, killed.signal, context);
  });
}

async function run(
  channel: ServerChannel,
  command: string,
  killed: AbortSignal,
  { machine, clock, closed, startedAtMs }: SessionContext,
): Promise<void> {
  const signal = AbortSignal.any([killed, closed]);
  const streams = { stdin: channel, stdout: channel, stderr: channel.stderr };
  const code = await runScript(command, { ...streams, machine, clock, signal, startedAtMs, env: {} });
  if (closed.aborted) return;
  channel.exit(killed.aborted ? String(killed.reason) : code);
  channel.end();
  // What the client still sends is not wanted any more, and must not hold up the end.
  channel.resume();
}
