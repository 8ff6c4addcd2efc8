// The least that a listing takes any Node program: where to sign in, a token, then the lists, all at once, every page.
// `node bare-client.mjs ENDPOINT CA-FILE SUBSCRIPTION LIST…` prints how many items each list has. No cache, no retries.
import { readFileSync } from 'node:fs';
import { get as getPlain } from 'node:http';
import { Agent, get as getSecure } from 'node:https';

const LISTS = {
  machines: 'Microsoft.Compute/virtualMachines?api-version=2024-07-01',
  states: 'Microsoft.Compute/virtualMachines?api-version=2024-07-01&statusOnly=true',
  interfaces: 'Microsoft.Network/networkInterfaces?api-version=2024-05-01',
  addresses: 'Microsoft.Network/publicIPAddresses?api-version=2024-05-01',
};

const [endpoint, caFile, subscription, ...lists] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true, ca: readFileSync(caFile) });

const [cloud] = await answer(`${endpoint}/metadata/endpoints?api-version=2022-09-01`);
const { IDENTITY_ENDPOINT, IDENTITY_HEADER } = process.env;
const audience = encodeURIComponent(cloud.authentication.audiences[0]);
const { access_token: token } = await answer(`${IDENTITY_ENDPOINT}?api-version=2019-08-01&resource=${audience}`, {
  'x-identity-header': IDENTITY_HEADER,
});
const counts = await Promise.all(lists.map((list) => countItems(LISTS[list])));
process.stdout.write(`${counts.join(' ')}\n`);
agent.destroy();

async function countItems(list) {
  let url = `${endpoint}/subscriptions/${subscription}/providers/${list}`;
  let count = 0;
  while (url !== undefined) {
    const page = await answer(url, { authorization: `Bearer ${token}` });
    count += page.value.length;
    url = page.nextLink;
  }
  return count;
}

function answer(url, headers = {}) {
  return new Promise((resolve, reject) => {
    const request = url.startsWith('https:') ? getSecure(url, { agent, headers }) : getPlain(url, { headers });
    request.on('error', reject).on('response', (response) => {
      const pieces = [];
      response.on('data', (piece) => pieces.push(piece)).on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(pieces).toString();
        if (response.statusCode === 200) resolve(JSON.parse(text));
        else reject(new Error(`${url} answered ${response.statusCode}: ${text}`));
      });
    });
  });
}
