import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { onTestFinished } from 'vitest';

import { createServerIdentity } from '../../azure-sim/src/tls/certificate.ts';

/** Made anew for each process; all its recorders have it, so that a client that trusts one would talk to the others. */
const { ca, certificate, privateKey } = createServerIdentity(['127.0.0.1']);

interface Reply {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
}

export interface Recorder {
  endpoint: string;
  caFile: string;
  /** What it was sent, in order. */
  seen: { path: string; authorization: string | undefined }[];
}

/** An https server that answers as the test says and records what it was sent, until the test ends. */
export async function startRecorder(answer: (path: string, origin: string) => Reply): Promise<Recorder> {
  const directory = mkdtempSync(join(tmpdir(), 'azfleet-azure-'));
  const caFile = join(directory, 'ca.pem');
  writeFileSync(caFile, ca);
  const seen: Recorder['seen'] = [];
  const server = createServer({ key: privateKey, cert: certificate }, (request, response) => {
    const path = request.url ?? '';
    seen.push({ path, authorization: request.headers.authorization });
    const { status = 200, headers, body = {} } = answer(path, originOf());
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  });
  const originOf = (): string => `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
    rmSync(directory, { recursive: true });
  });
  return { endpoint: originOf(), caFile, seen };
}

/** The answer of `/metadata/endpoints`. */
export function metadataOf(origin: string, audience = origin): unknown {
  return [{ resourceManager: `${origin}/`, authentication: { audiences: [audience] } }];
}
