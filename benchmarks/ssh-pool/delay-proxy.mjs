// delay-proxy.mjs PORT COUNT DELAY_MS: COUNT ports that lead to PORT, every piece of data DELAY_MS later. Prints them.
import { connect, createServer } from 'node:net';

const [port, count, delayMs] = process.argv.slice(2).map(Number);

function later(action) {
  if (delayMs === 0) action();
  else setTimeout(() => action(), delayMs);
}

function pass(from, to) {
  from.on('data', (data) => later(() => to.write(data)));
  from.on('end', () => later(() => to.end()));
  from.on('error', () => to.destroy());
}

const ports = await Promise.all(
  Array.from(
    { length: count },
    () =>
      new Promise((resolve) => {
        const server = createServer({ noDelay: true, allowHalfOpen: true }, (client) => {
          const upstream = connect({ port, host: '127.0.0.1', noDelay: true, allowHalfOpen: true });
          pass(client, upstream);
          pass(upstream, client);
        });
        server.listen(0, '127.0.0.1', 1024, () => resolve(server.address().port));
      }),
  ),
);
process.stdout.write(JSON.stringify(ports));
