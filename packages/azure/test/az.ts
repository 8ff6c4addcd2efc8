import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { onTestFinished } from 'vitest';

import { createTokenFiles, type AzureConnection, type InventoryOptions } from '../src/index.ts';
import { type Scene, setEnvironment } from './scene.ts';

/** The Azure CLI's own application id. */
const AZ_CLIENT_ID = '04b07795-8ddb-461a-bbee-02f9e1bf7b46';

/** A program named `az` on PATH: it counts its runs, and gets its tokens from the simulator. */
export interface Az {
  readonly connection: AzureConnection;
  readonly tokenDirectory: string;
  /** Connection and token files, as the command line gives them. */
  readonly options: Pick<InventoryOptions, 'connection' | 'tokens'>;
  /** Times it was run. */
  runs(): number;
  /** What `az login` leaves behind. */
  signIn(account: string, tenantId?: string): void;
  signOut(): void;
  /** Makes it fail with this on stderr. */
  failWith(message: string): void;
}

export function installAz(scene: Scene, credential: AzureConnection['credential'] = 'cli'): Az {
  const directory = join(scene.directory, 'az');
  const log = join(directory, 'runs');
  const failure = join(directory, 'failure');
  const profile = join(directory, 'azureProfile.json');
  const tokenDirectory = join(scene.directory, 'tokens');
  mkdirSync(directory);
  writeFileSync(log, '');
  writeFileSync(join(directory, 'az'), script({ log, failure, ...identityOf(scene) }));
  chmodSync(join(directory, 'az'), 0o755);
  const restore = setEnvironment({
    PATH: `${directory}${delimiter}${process.env['PATH']}`,
    AZURE_CONFIG_DIR: directory,
    AZURE_TOKEN_CREDENTIALS: credential === 'default' ? 'dev' : undefined,
    IDENTITY_ENDPOINT: undefined,
    IDENTITY_HEADER: undefined,
    MSI_ENDPOINT: undefined,
    MSI_SECRET: undefined,
    AZURE_TENANT_ID: undefined,
  });
  onTestFinished(restore);
  const connection: AzureConnection = { ...scene.connection, credential, env: process.env };
  const az: Az = {
    connection,
    tokenDirectory,
    options: { connection, tokens: createTokenFiles(tokenDirectory) },
    runs: () => readFileSync(log, 'utf8').length,
    signIn(account, tenantId = scene.sim.subscriptions[0]?.tenantId ?? '') {
      const subscription = { id: scene.subscription, name: 'Production', tenantId, isDefault: true };
      const text = JSON.stringify({ subscriptions: [{ ...subscription, user: { name: account, type: 'user' } }] });
      writeFileSync(profile, `\uFEFF${text}`);
    },
    signOut: () => rmSync(profile),
    failWith: (message) => writeFileSync(failure, message),
  };
  az.signIn('alice@example.com');
  return az;
}

function identityOf({ sim }: Scene): { endpoint: string; secret: string } {
  return { endpoint: sim.env['IDENTITY_ENDPOINT'] ?? '', secret: sim.env['IDENTITY_HEADER'] ?? '' };
}

function script(values: { log: string; failure: string; endpoint: string; secret: string }): string {
  return `#!${process.execPath}
const { appendFileSync, existsSync, readFileSync } = require('node:fs');
const { log, failure, endpoint, secret } = ${JSON.stringify(values)};
appendFileSync(log, '.');
if (existsSync(failure)) {
  process.stderr.write(readFileSync(failure));
  process.exit(1);
}
const resource = process.argv[process.argv.indexOf('--resource') + 1];
const query = new URLSearchParams({ 'api-version': '2019-08-01', client_id: '${AZ_CLIENT_ID}', resource });
fetch(endpoint + '?' + query, { headers: { 'x-identity-header': secret } })
  .then((response) => response.json())
  .then((body) => console.log(JSON.stringify({ accessToken: body.access_token, expires_on: Number(body.expires_on), tokenType: 'Bearer' })));
`;
}
