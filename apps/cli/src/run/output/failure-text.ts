import type { MachineResult, MachineStatus } from '../machine-result.ts';

/** How a command ended, as a header says it: `exit 2`, `signal TERM`, `timed out`; nothing where all went well. */
export function outcomeText({ status, exitCode, signal }: MachineResult): string | undefined {
  if (status === 'failed') return signal === undefined ? `exit ${exitCode ?? 'unknown'}` : `signal ${signal}`;
  return OUTCOMES[status];
}

const OUTCOMES: Readonly<Record<Exclude<MachineStatus, 'failed'>, string | undefined>> = {
  ok: undefined,
  timeout: 'timed out',
  unreachable: 'cannot connect',
  aborted: 'aborted',
  skipped: 'skipped',
};

/** What the person is told of a machine on which the command failed: what happened, and what to do about it. */
export interface Failure {
  readonly text: string;
  /** Its address, where that is told: what is different for each of several machines that failed alike. */
  readonly where: string | undefined;
  readonly hint: string | undefined;
}

/** `undefined` where nothing failed, and for what was skipped. */
export function failureOf(result: MachineResult): Failure | undefined {
  const { machine, address, status, error } = result;
  if (status === 'ok' || status === 'skipped') return undefined;
  if (error === undefined) return { text: outcomeText(result)!, where: undefined, hint: undefined };
  // The messages of ssh-pool begin with the machine's name, which stands at the beginning of the line anyway.
  const own = `${machine.name}: `;
  const message = error.message.startsWith(own) ? error.message.slice(own.length) : error.message;
  const whole = message.replace(/[.\s]+$/, '');
  const [, where] = / \(([^()]+)\)$/.exec(whole) ?? [];
  const isAddress = where !== undefined && address !== undefined && where.includes(address);
  const text = isAddress ? whole.slice(0, -where.length - ' ()'.length) : whole;
  return { text: `${kindOf(status, error.code, text)}${text}`, where: isAddress ? where : undefined, hint: error.hint };
}

/** What the messages do not say themselves. */
function kindOf(status: MachineStatus, code: string, text: string): string {
  if (status === 'timeout' && !text.startsWith('timed out')) return 'timed out: ';
  return status === 'unreachable' && CONNECTING.has(code) ? 'cannot connect: ' : '';
}

/** Errors whose message says only what went wrong while connecting. */
const CONNECTING: ReadonlySet<string> = new Set(['SSH_CONNECT_FAILED', 'SSH_HANDSHAKE_FAILED']);
