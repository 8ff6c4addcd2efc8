import { duplexPair, type Duplex, type Transform } from 'node:stream';

/**
 * The far end of a line whose near end is `client`, with something in each direction. What ends at one end, ends at the
 * other behind the last bytes; when the client is gone, so is everything.
 */
export function farEnd(client: Duplex, there: Transform, back: Transform): Duplex {
  const [near, far] = duplexPair();
  client.pipe(there).pipe(near);
  near.pipe(back).pipe(client);
  near.on('error', () => {});
  far.on('error', () => {});
  // Where it is destroyed and not ended, the near end would not hear of it.
  far.once('close', () => near.push(null));
  client.once('close', () => {
    for (const stream of [there, back, near, far]) stream.destroy();
  });
  return far;
}
