// The process of one suite. Started by suite-worker.ts with the suite's file and, for another build, its checkout.
import { oneLine } from '../errors.ts';
import type { FromWorker, ToWorker } from './protocol.ts';
import { type Redirection, redirectImports } from './redirect-imports.ts';
import { SuiteSession } from './suite-session.ts';

const [file = '', redirection = '{}'] = process.argv.slice(2);
redirectImports(JSON.parse(redirection) as Redirection);
const session = new SuiteSession(file);

// Where there are no process groups Ctrl-C reaches this process too; the runner decides what becomes of it.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
process.on('disconnect', endWithAllChildren);
process.on('uncaughtException', broken);
process.on('unhandledRejection', broken);
process.on('message', (message: ToWorker) => {
  if (message.type === 'ask') void answer(message);
  else if (message.type === 'abort') session.abort();
  else process.exit(0);
});

async function answer({ id, method, args }: ToWorker & { type: 'ask' }): Promise<void> {
  try {
    const ask = session[method] as (...args: unknown[]) => unknown;
    send({ type: 'answer', id, value: await ask.apply(session, [...args]) });
  } catch (error) {
    send({ type: 'failure', id, message: oneLine(error) });
  }
}

/** The runner is gone. */
function endWithAllChildren(): void {
  if (process.platform !== 'win32') process.kill(-process.pid, 'SIGKILL');
  process.exit(1);
}

function broken(error: unknown): void {
  send({ type: 'broken', message: oneLine(error) }, () => process.exit(1));
}

function send(message: FromWorker, sent?: () => void): void {
  process.send?.(message, undefined, undefined, sent);
}
