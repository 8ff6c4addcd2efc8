import { Transform, type Duplex } from 'node:stream';
import { farEnd } from './far-end.ts';

/** The far end of a line that breaks off after so many bytes, of both directions together. Those before get through. */
export function droppedEnd(client: Duplex, bytes: number): Duplex {
  let left = bytes;
  const meter = (): Transform =>
    new Transform({
      transform(chunk: Buffer, _encoding, done) {
        const part = chunk.subarray(0, left);
        left -= part.length;
        if (part.length > 0) this.push(part);
        // What comes afterwards is still read: what is not, would make the system take back what was sent.
        if (left === 0) back.push(null);
        done();
      },
    });
  const back = meter();
  const far = farEnd(client, meter(), back);
  if (bytes === 0) back.push(null);
  return far;
}
