import type { RawChannel } from '../ssh2/raw-channel.ts';
import type { ExecOptions } from './request.ts';

/**
 * Gives the command its input: what is there at once goes out with the command, a stream as fast as the remote reads it.
 *
 * @returns Stops reading the stream, whose end is then not waited for.
 */
export function feed(session: RawChannel, stdin: ExecOptions['stdin'], onError: (error: unknown) => void): () => void {
  if (stdin !== undefined && typeof stdin !== 'string' && !(stdin instanceof Uint8Array)) {
    return pump(session, stdin, onError);
  }
  let isStopped = false;
  if (stdin === undefined) session.end();
  else void write(session, bytesOf(stdin), () => isStopped).then(() => session.end());
  return () => (isStopped = true);
}

function pump(session: RawChannel, source: AsyncIterable<Uint8Array>, onError: (error: unknown) => void): () => void {
  const iterator = source[Symbol.asyncIterator]();
  let isStopped = false;
  void (async () => {
    try {
      for (;;) {
        const step = await iterator.next();
        if (isStopped) return;
        if (step.done === true) break;
        await write(session, bytesOf(step.value), () => isStopped);
      }
      session.end();
    } catch (error) {
      if (!isStopped) onError(error);
    }
  })();
  return () => {
    if (isStopped) return;
    isStopped = true;
    // The source may be waiting for something that never comes; telling it is all that can be done.
    iterator.return?.().catch(() => {});
  };
}

async function write(session: RawChannel, bytes: Buffer, isStopped: () => boolean): Promise<void> {
  let rest = session.write(bytes);
  while (rest.length > 0 && !isStopped()) {
    await new Promise<void>((resolve) => session.whenWritable(resolve));
    rest = session.write(rest);
  }
}

function bytesOf(data: string | Uint8Array): Buffer {
  if (typeof data === 'string') return Buffer.from(data);
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
}
