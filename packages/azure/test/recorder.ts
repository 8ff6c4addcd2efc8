import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { onTestFinished } from 'vitest';

/** A self-signed certificate for loopback and its throw-away key: nothing but these tests trusts it. */
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBpDCCAUmgAwIBAgIUQVbRQRkalm6+dJCOhDVUSlrJfMUwCgYIKoZIzj0EAwIw
GDEWMBQGA1UEAwwNYXpmbGVldCB0ZXN0czAgFw0yNjExMjMxMzA5NDRaGA8yMTI2
MTAzMDEzMDk0NFowGDEWMBQGA1UEAwwNYXpmbGVldCB0ZXN0czBZMBMGByqGSM49
AgEGCCqGSM49AwEHA0IABHlmYnpswK7REPH4hnYqRH8fjevBTTXNd9S553s/RSYG
Budv6Y7Ud7QGTdUZ5gG5qyeDgqrw23s5ErSusbdCtdmjbzBtMB0GA1UdDgQWBBTk
4DyxzFbO0xIee1DGXfTarGKFmzAfBgNVHSMEGDAWgBTk4DyxzFbO0xIee1DGXfTa
rGKFmzAPBgNVHRMBAf8EBTADAQH/MBoGA1UdEQQTMBGHBH8AAAGCCWxvY2FsaG9z
dDAKBggqhkjOPQQDAgNJADBGAiEAkXpZDKDfsjqQFD45cbEGm7JP2D4mh2Wq4w2G
TUSRbBACIQC7bH6E0qwymUD+Kg/St10zKAiGFvhdJ7ElwC7BEsnYvQ==
-----END CERTIFICATE-----`;
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgHQR4XlA4XRmp7nz7
ZXZmBAa5BlPC+IgvYtjTdojHpOahRANCAAR5ZmJ6bMCu0RDx+IZ2KkR/H43rwU01
zXfUued7P0UmBgbnb+mO1He0Bk3VGeYBuasng4Kq8Nt7ORK0rrG3QrXZ
-----END PRIVATE KEY-----`;

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
  writeFileSync(caFile, CERTIFICATE);
  const seen: Recorder['seen'] = [];
  const server = createServer({ key: KEY, cert: CERTIFICATE }, (request, response) => {
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
