// node append-records.mjs PATH WHO COUNT MAXBYTES
import { appendRecordSync } from '../../dist/index.js';

const [path, who, count, maxBytes] = process.argv.slice(2);
for (let number = 0; number < Number(count); number += 1) {
  appendRecordSync(path, JSON.stringify({ who, number, filling: 'x'.repeat(number % 300) }), {
    maxBytes: Number(maxBytes),
  });
}
